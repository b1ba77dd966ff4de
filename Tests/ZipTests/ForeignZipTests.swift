// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import TestSupport
import Testing
import Zip

@Suite("A zip of another program")
struct ForeignZipTests {
  /// A program that makes a zip of the working directory on its standard output.
  struct Peer: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// What must be there; the others are tested without it.
    let tool: String
    let program: String
    let arguments: [String]

    static let all = [
      Peer(testDescription: "zip", tool: "zip", program: "zip", arguments: ["-qr", "-", "."]),
      Peer(testDescription: "zip, stored", tool: "zip", program: "zip", arguments: ["-qr0", "-", "."]),
      Peer(
        testDescription: "zip, into a file", tool: "zip", program: "sh",
        arguments: ["-c", "zip -qr ../$$.zip . && cat ../$$.zip && rm ../$$.zip"]),
      // Into a pipe it would fill the last block.
      Peer(
        testDescription: "bsdtar", tool: "bsdtar", program: "sh",
        arguments: ["-c", "bsdtar --format zip -cf ../$$.zip * && cat ../$$.zip && rm ../$$.zip"]),
      Peer(
        testDescription: "Python, to a pipe", tool: "python3", program: "python3",
        arguments: [
          "-c",
          """
          import os, sys, zipfile
          with zipfile.ZipFile(sys.stdout.buffer, 'w', zipfile.ZIP_DEFLATED) as z:
              for path, folders, files in os.walk('.'):
                  for name in folders + files: z.write(os.path.join(path, name))
          """,
        ]),
    ]
  }

  private static func isThere(_ program: String) async throws -> Bool {
    try await shell("sh", ["-c", "command -v \(program)"]).status == 0
  }

  @Test("gives back what went in", arguments: Peer.all)
  func roundTrip(_ peer: Peer) async throws {
    guard try await Self.isThere(peer.tool) else { return }
    let folder = try TemporaryFolder()
    var random = SeededGenerator(seed: 9)
    let contents: [String: [UInt8]] = [
      "tree/a": Array("short".utf8), "tree/empty": [], "tree/sub/é": Array("name".utf8),
      "tree/zeros": Array(repeating: 0, count: 700_000), "tree/noise": random.bytes(300_000),
    ]
    for (name, bytes) in contents { try folder.write(name, bytes) }
    try folder.folder("tree/none")
    _ = try await shell("chmod", ["755", folder("tree/a")])
    let output = try await shell(peer.program, peer.arguments, in: folder("tree"))
    try #require(output.status == 0, "\(output.talk)")

    let archive = try ZipFixture.open(output.bytes)
    let totals = try archive.validate()
    #expect(totals.files == 5 && totals.folders == 2 && totals.bytes == 1_000_009)
    for entry in archive.entries where !entry.isFolder {
      let name = String(decoding: entry.name, as: UTF8.self)
      #expect(try archive.bytes(of: entry, limit: 1 << 20) == contents["tree/" + name])
      #expect(entry.isExecutable == (name == "a"))
    }
  }

  @Test("of 66,000 members has a directory with large numbers")
  func many() async throws {
    let script = """
      import sys, io, zipfile
      b = io.BytesIO()
      with zipfile.ZipFile(b, 'w') as z:
          for i in range(66000): z.writestr('%d' % i, b'')
      sys.stdout.buffer.write(b.getvalue())
      """
    guard try await Self.isThere("python3") else { return }
    let archive = try ZipFixture.open(try await shell("python3", ["-c", script]).bytes)
    #expect(archive.entries.count == 66_000)
    #expect(archive.entries.last?.name == Array("65999".utf8))
  }
}
