// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import SystemIO
import TestSupport
import Testing

@Suite("Names in an open directory")
struct DescriptorNamesTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func root() throws -> Descriptor {
    try Descriptor.open(CString(Array(folder.path.utf8)), as: .directory)
  }

  private func text(_ name: String) -> String? {
    Paths.contents(Array(folder(name).utf8)).map { String(decoding: $0, as: UTF8.self) }
  }

  @Test("are created once, renamed over others, and removed")
  func names() throws {
    let root = try root()
    let file = try root.create(Array("a".utf8), mode: 0o666)
    try Descriptor.write(Array("new".utf8), to: file.rawValue)
    #expect(throws: SystemError(code: EEXIST)) { _ = try root.create(Array("a".utf8), mode: 0o666) }
    try folder.write("b", "old")
    try root.rename(Array("a".utf8), to: Array("b".utf8), in: root)
    #expect(text("b") == "new" && text("a") == nil)
    try root.makeDirectory(Array("d".utf8), mode: 0o777)
    #expect(try root.status(of: Array("d".utf8))?.isDirectory == true)
    #expect(throws: SystemError.self) { try root.remove(Array("d".utf8)) }
    try root.remove(Array("d".utf8), isDirectory: true)
    try root.remove(Array("b".utf8))
    #expect(try root.status(of: Array("d".utf8)) == nil && text("b") == nil)
  }

  @Test("below others are found and made, through no link")
  func descend() throws {
    let root = try root()
    try folder.folder("real/in")
    try folder.write("file", "x")
    try folder.link("link", to: "real")
    try folder.link("dangling", to: "nowhere")
    for path in ["link/in", "link", "dangling", "file", "file/x"] {
      #expect(throws: SystemError.self, "\(path)") { _ = try root.descend(Array(path.utf8)[...]) }
      #expect(throws: SystemError.self, "\(path)") {
        _ = try root.descend(Array(path.utf8)[...], creating: 0o777)
      }
    }
    #expect(throws: SystemError(code: ENOENT)) { _ = try root.descend(Array("x/y".utf8)[...]) }
    var made: [String] = []
    let directory = try root.descend(Array("real/x/y".utf8)[...], creating: 0o777) {
      made.append(String(decoding: $0, as: UTF8.self))
    }
    #expect(made == ["real/x", "real/x/y"])
    _ = try directory.create(Array("z".utf8), mode: 0o644)
    #expect(text("real/x/y/z") == "")
    #expect(try root.descend([]).status(of: Array("file".utf8))?.isRegular == true)
  }

  @Test("have permissions of their own")
  func permissions() throws {
    let root = try root()
    let file = try root.create(Array("a".utf8), mode: 0o600)
    try file.setPermissions(0o751)
    try file.synchronize()
    #expect(try root.status(of: Array("a".utf8)).map { $0.mode & 0o7777 } == 0o751)
  }
}
