// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import SystemIO
import TestSupport
import Testing

@Suite("Output files")
struct OutputFileTests {
  private let directory: TemporaryFolder

  init() throws { directory = try TemporaryFolder() }

  private func bytes(_ name: String) -> [UInt8] { Array(directory(name).utf8) }

  private func write(_ text: String, to name: String, mode: UInt32 = 0o666) throws {
    let file = try OutputFile.open(bytes(name), mode: mode)
    try Descriptor.write(Array(text.utf8), to: file.descriptor.rawValue)
    try file.commit()
  }

  @Test("Nothing shows before the commit, then everything does")
  func whole() throws {
    let file = try OutputFile.open(bytes("out"))
    try Descriptor.write(Array("text".utf8), to: file.descriptor.rawValue)
    #expect(Paths.status(bytes("out")) == nil)
    try file.commit()
    #expect(Paths.contents(bytes("out")) == Array("text".utf8))
    #expect(try names(in: directory.path) == ["out"])
  }

  @Test("Without a commit the old file stays, and no other is left")
  func abandoned() throws {
    try directory.write("out", "old")
    do {
      let file = try OutputFile.open(bytes("out"))
      try Descriptor.write(Array("new".utf8), to: file.descriptor.rawValue)
    }
    #expect(Paths.contents(bytes("out")) == Array("old".utf8))
    #expect(try names(in: directory.path) == ["out"])
  }

  @Test("A commit replaces the file that a link leads to, not the link")
  func throughLink() throws {
    try directory.write("real", "old")
    try directory.link("out", to: "real")
    try write("new", to: "out")
    #expect(Paths.contents(bytes("real")) == Array("new".utf8))
    #expect(try Paths.readLink(directory("out"), in: AT_FDCWD) == Array("real".utf8))
  }

  @Test("A new file has the mode that was asked for")
  func mode() throws {
    try write("secret", to: "out", mode: 0o600)
    #expect(try #require(Paths.status(bytes("out"))).mode & 0o777 == 0o600)
  }

  @Test("A directory that does not exist is ENOENT, a directory as the file EISDIR")
  func refusals() throws {
    #expect(throws: SystemError(code: ENOENT)) { _ = try OutputFile.open(bytes("none/out")) }
    #expect(throws: SystemError(code: EISDIR)) { _ = try OutputFile.open(Array(directory.path.utf8)) }
  }

  @Test("A FIFO is written directly")
  func fifo() async throws {
    try makeFIFO(directory("out"))
    let path = bytes("out")
    // Opened for reading first: writing to a FIFO without a reader would block.
    let reader = try Descriptor.open(CString(path), as: .file)
    let file = try OutputFile.open(path)
    try Descriptor.write(Array("text".utf8), to: file.descriptor.rawValue)
    try file.commit()
    #expect(try reader.readAll() == Array("text".utf8))
    #expect(try names(in: directory.path) == ["out"])
  }

  @Test("An unnamed file is written and read, and has no name")
  func unnamed() throws {
    let file = try SharedFile.unnamed(in: [bytes("none"), Array(directory.path.utf8)])
    try Descriptor.write(Array("text".utf8), to: file.descriptor.rawValue)
    #expect(try file.byteCount() == 4 && file.descriptor.bytes(at: 1, count: 9) == Array("ext".utf8))
    #expect(try names(in: directory.path) == [])
    #expect(throws: SystemError(code: ENOENT)) { _ = try SharedFile.unnamed(in: [bytes("none")]) }
  }
}
