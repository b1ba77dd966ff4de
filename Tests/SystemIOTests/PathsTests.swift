// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import SystemIO
import TestSupport
import Testing

@Suite("Paths")
struct PathsTests {
  private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  @Test(
    "join puts one slash between, and an absolute path wins",
    arguments: [
      ("", "a", "a"), ("a", "b", "a/b"), ("a/", "b", "a/b"), ("/", "b", "/b"), ("a", "/b", "/b"),
      ("a", "", "a"),
    ])
  func join(base: String, path: String, expected: String) {
    #expect(Paths.join(bytes(base), bytes(path)) == bytes(expected))
  }

  @Test(
    "parent is what precedes the last slash",
    arguments: [("a/b", "a"), ("/a", "/"), ("/a/b/c", "/a/b"), ("a", nil), ("/", nil), ("", nil)])
  func parent(path: String, expected: String?) {
    #expect(Paths.parent(bytes(path)) == expected.map(bytes))
  }

  @Test(
    "isInside compares whole components, by bytes",
    arguments: [
      ("/a/b", "/a", true), ("/a", "/a", true), ("/ab", "/a", false), ("/a", "/a/b", false),
      ("/a", "/", true),
      ("/a\u{E9}/x", "/ae\u{301}", false), ("/A/x", "/a", false),
    ])
  func inside(path: String, directory: String, expected: Bool) {
    #expect(Paths.isInside(bytes(path), bytes(directory)) == expected)
  }

  @Test(
    "hasComponent matches whole components",
    arguments: [("a/.git/b", true), (".git", true), ("a.git/b", false)])
  func component(path: String, expected: Bool) {
    #expect(Paths.hasComponent(bytes(".git"), in: bytes(path)) == expected)
  }

  @Test("resolved follows every link, and is ELOOP for a circle")
  func resolved() throws {
    let directory = try TemporaryFolder()
    let root = try Paths.resolved(bytes(directory.path))
    try directory.write("real/file")
    try directory.link("link", to: "real/../real")
    try directory.link("circle", to: "circle")
    #expect(try Paths.resolved(bytes(directory("link/./file"))) == root + bytes("/real/file"))
    #expect(throws: SystemError(code: ELOOP)) { try Paths.resolved(bytes(directory("circle"))) }
    let open = try Descriptor.open(CString(directory("link")), as: .directoryThroughLinks)
    #expect(try Paths.current(of: open) == root + bytes("/real"))
  }

  @Test("makeDirectory makes those above too, and minds neither an existing one nor a file in the way")
  func makeDirectory() throws {
    let directory = try TemporaryFolder()
    try Paths.makeDirectory(bytes(directory("a/b/c")), mode: 0o700)
    try Paths.makeDirectory(bytes(directory("a/b")), mode: 0o700)
    #expect(Paths.status(bytes(directory("a/b/c")))?.isDirectory == true)
    try directory.write("file")
    #expect(throws: SystemError(code: EEXIST)) {
      try Paths.makeDirectory(bytes(directory("file")), mode: 0o700)
    }
    #expect(throws: SystemError(code: ENOTDIR)) {
      try Paths.makeDirectory(bytes(directory("file/below")), mode: 0o700)
    }
  }

  @Test("A link's target is read whole, also where it is longer than the first buffer")
  func longLink() throws {
    let directory = try TemporaryFolder()
    let target = String(repeating: "x/", count: 1500)
    try directory.link("link", to: target)
    #expect(try Paths.readLink(directory("link"), in: AT_FDCWD) == bytes(target))
  }

  @Test("A directory is opened however long its path is")
  func longPath() throws {
    let directory = try TemporaryFolder()
    let top = try Descriptor.open(CString(directory.path), as: .directory)
    let name = String(repeating: "n", count: 200)
    var path: [UInt8] = []
    var current = try Descriptor.open(CString("."), in: top.rawValue, as: .directory)
    for _ in 0..<30 {
      #expect(unsafe mkdirat(current.rawValue, name, 0o700) == 0)
      current = try Descriptor.open(CString(name), in: current.rawValue, as: .directory)
      path = Paths.join(path, bytes(name))
    }
    #expect(path.count > 5000)
    #expect(try top.descend(path[...]).status().identity == current.status().identity)
    #expect(throws: SystemError(code: ENOENT)) { _ = try top.descend((path + bytes("/none"))[...]) }
  }

  @Test("contents reads regular files only, through links only where asked")
  func contents() throws {
    let directory = try TemporaryFolder()
    try directory.write("file", "text")
    try directory.link("link", to: "file")
    #expect(Paths.contents(bytes(directory("link"))) == bytes("text"))
    #expect(Paths.contentsOfRegularFile(bytes(directory("link"))) == nil)
    #expect(Paths.contents(bytes(directory.path)) == nil)
    try makeFIFO(directory("fifo"))
    #expect(Paths.contents(bytes(directory("fifo"))) == nil)
  }

  @Test("rename replaces, link gives a second name, remove takes one away")
  func names() throws {
    let directory = try TemporaryFolder()
    try directory.write("a", "new")
    try directory.write("b", "old")
    try Paths.rename(bytes(directory("a")), to: bytes(directory("b")))
    #expect(Paths.contents(bytes(directory("b"))) == bytes("new"))
    try Paths.link(bytes(directory("b")), to: bytes(directory("c")))
    #expect(throws: SystemError(code: EEXIST)) {
      try Paths.link(bytes(directory("b")), to: bytes(directory("c")))
    }
    #expect(Paths.status(bytes(directory("b")))?.identity == Paths.status(bytes(directory("c")))?.identity)
    try Paths.remove(bytes(directory("b")))
    #expect(throws: SystemError(code: ENOENT)) { try Paths.remove(bytes(directory("b"))) }
    #expect(Paths.contents(bytes(directory("c"))) == bytes("new"))
  }
}
