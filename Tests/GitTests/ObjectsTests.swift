// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import FoundationEssentials
import Git
import SystemIO
import TestSupport
import Testing

/// What a commit holds, and the contents of its files, beside what git says of them.
@Suite("The objects of a commit")
struct ObjectsTests {
  private let folder: TemporaryFolder

  init() async throws {
    folder = try TemporaryFolder()
    try await git(["init", "-q", "-b", "main"], in: folder.path)
  }

  private var ours: Git {
    Git(repository: Array(folder(".git").utf8), variables: plainVariables)
  }

  private func commit() async throws {
    try await git(["add", "-A", "-f"], in: folder.path)
    try await git(["commit", "-q", "-m", "x"], in: folder.path)
  }

  private func listing() async throws -> [UInt8] {
    try await git(["ls-tree", "-r", "-t", "-z", "HEAD"], in: folder.path)
  }

  private func tree(_ listing: [UInt8], parts: Int = .max) throws -> CommitTree {
    var tree = CommitTree(digits: 40)
    var rest = listing[...]
    while !rest.isEmpty {
      let part = Array(rest.prefix(parts))
      // SAFETY: bytes have no padding.
      try unsafe tree.append(part.span.bytes)
      rest = rest.dropFirst(parts)
    }
    try tree.finish()
    return tree
  }

  @Test("are the same in whatever parts git's listing comes", arguments: [1, 2, 3, 7, 61, 4096])
  func parts(_ size: Int) async throws {
    let names = [
      "a", "a.b/c/d/e", "a.b/c/d/f", "a.b/c.d", "a.b/c0/d/e", "a0", "b/b/b/b", "b/b/c", "b/bb/b", "c d/é\n",
      "z/a/b",
      "z/c/b",
    ]
    for name in names { try folder.write(name, name) }
    try await commit()
    let tree = try tree(try await listing(), parts: size)
    let found = tree.nodes.indices.map { String(decoding: tree.path(of: Int32($0)), as: UTF8.self) }
    let listed = try await git(["ls-tree", "-r", "-t", "-z", "--name-only", "HEAD"], in: folder.path)
    #expect(found.first == "")
    #expect(
      found.dropFirst().map { Array($0.utf8) } == listed.split(separator: 0).map { Array($0) })
    // Each directory's children are all that name it, in the order of their bytes.
    for index in tree.nodes.indices where tree.nodes[index].kind == .directory {
      let children = tree.children(of: Int32(index)).map { Array(tree.name(of: $0)) }
      #expect(children == children.sorted { $0.lexicographicallyPrecedes($1) })
      #expect(children.count == tree.nodes.indices.dropFirst().count { tree.nodes[$0].parent == index })
    }
  }

  @Test("are refused where the listing ends in an entry")
  func cut() async throws {
    try folder.write("a/b", "x")
    try await commit()
    let listing = try await listing()
    for count in 1..<listing.count where listing[count - 1] != 0 {
      #expect(throws: CommitTree.Malformed.self) { try tree(Array(listing.prefix(count))) }
    }
  }

  @Test("have the contents that git has, of whatever size and number", arguments: [3, 2400])
  func contents(_ count: Int) async throws {
    var generator = SeededGenerator(seed: UInt64(count))
    for index in 0..<count {
      let size = index == 1 ? 3_000_000 : index == 2 ? 0 : Int.random(in: 0..<3000, using: &generator)
      let bytes = (0..<size).map { _ in UInt8.random(in: 0...255, using: &generator) }
      try folder.write("d\(index % 7)/f\(index)", bytes)
    }
    try folder.write("lfs", "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n")
    try folder.write("like-lfs", "version https://git-lfs.github.com/spec/v2\noid sha256:00\nsize 1\n")
    try await commit()
    let tree = try tree(try await listing())
    let ours = ours
    let spool = try await blocking {
      var spool = try BlobSpool(objectCount: tree.objectCount, in: [Array("/tmp".utf8)])
      // What was fetched already is not fetched again.
      try spool.fetch([0, 1], of: tree, ours)
      try spool.fetch((0..<Int32(tree.objectCount)).reversed(), of: tree, ours)
      return spool
    }
    for index in tree.nodes.indices where tree.nodes[index].kind.isFile {
      let path = tree.path(of: Int32(index))
      let file = URL(fileURLWithPath: folder(String(decoding: path, as: UTF8.self)))
      let object = tree.nodes[index].object
      #expect(try spool.bytes(of: object) == [UInt8](Data(contentsOf: file)))
      #expect(spool.location(of: object)?.isLFSPointer == path.elementsEqual("lfs".utf8))
    }
  }

  @Test("that git does not have are named, and those that are no file's content", arguments: [true, false])
  func lost(_ isMissing: Bool) async throws {
    for index in 0..<1200 { try folder.write("f\(index)", "\(index)") }
    try await commit()
    var listing = try await listing()
    let head = try await git(["rev-parse", "HEAD"], in: folder.path).prefix(40)
    let name = isMissing ? Array(repeating: UInt8(ascii: "1"), count: 40) : Array(head)
    // The name of the last file's object.
    let tab = try #require(listing.lastIndex(of: UInt8(ascii: "\t")))
    listing.replaceSubrange((tab - 40)..<tab, with: name)
    let tree = try tree(listing)
    let last = Int32(tree.objectCount - 1)
    let ours = ours
    let failure = await #expect(throws: BlobSpool.Failure.self) {
      try await blocking {
        var spool = try BlobSpool(objectCount: tree.objectCount, in: [Array("/tmp".utf8)])
        try spool.fetch(Array(0...last), of: tree, ours)
      }
    }
    switch failure {
    case .missing(let object): #expect(isMissing && object == last)
    case .notAFile(let object, let kind): #expect(!isMissing && object == last && kind == "commit")
    default: Issue.record("\(String(describing: failure))")
    }
  }

  @Test("are no longer asked for when what they are put into takes no more")
  func endsEarly() async throws {
    let ours = ours
    let read = try await blocking {
      var read = 0
      try ours.read(["cat-file", "--batch"].map { Array($0.utf8) }, input: Array("x\ny\n".utf8)) { part in
        read += part.byteCount
        return false
      }
      return read
    }
    #expect(read > 0)
  }

  @Test("that git fails for are an error, with git's cause")
  func failing() async throws {
    let ours = ours
    let failure = await #expect(throws: Git.Failure.self) {
      try await blocking {
        try ours.read(["ls-tree", "nothing"].map { Array($0.utf8) }) { _ in true }
      }
    }
    guard case .failed(status: 128, let message) = failure else {
      Issue.record("\(String(describing: failure))")
      return
    }
    #expect(message.contains("nothing"))
  }

  @Test("are not waited for once they are called off")
  func calledOff() async throws {
    let flag = CancellationFlag()
    let ours = Git(
      repository: Array(folder(".git").utf8), variables: plainVariables, cancellation: flag)
    flag.cancel()
    await #expect(throws: Git.Failure.interrupted) {
      try await blocking {
        // git waits for its input as long as that is open; here it ends at once, and nothing is said.
        try ours.read(["cat-file", "--batch"].map { Array($0.utf8) }) { _ in true }
      }
    }
  }
}
