// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import EmulatorTesting
import PlatformEmulator
import PlatformModel
import TestSupport
import Testing

@Suite("What is pushed comes back byte for byte")
struct RoundTripTests {
  @Test("from the platform, read by Python", arguments: 1...12)
  func push(_ seed: Int) async throws {
    let folder = try TemporaryFolder.actor()
    try RandomTree.fill(folder, seed: seed)
    try await PlatformEmulator.running(.tests) { _, address in
      let output = try await Program(address)("push", "--no-provenance", in: folder)
      #expect(output.status == 0, "\(output.talk)")
      try await PythonOracle.check(
        address.baseURL + "/v2/actors/~my-actor/versions/0.1", token: Program.token, against: folder)
    }
  }

  @Test("from the file that pack writes, and the same each time", arguments: 101...106)
  func pack(_ seed: Int) async throws {
    let folder = try TemporaryFolder()
    try RandomTree.fill(folder, seed: seed)
    let first = try await Program()("pack", "-o", "-", in: folder)
    #expect(first.status == 0, "\(first.talk)")
    try await PythonOracle.check(first.bytes, against: folder)
    let second = try await Program()("pack", "-o", "-", in: folder)
    #expect(first.bytes == second.bytes)
  }

  @Test(
    "when a file is larger than a block, text or not, to its last byte",
    arguments: [786_431, 786_432, 786_433, 1_572_864, 1_600_001])
  func large(_ count: Int) async throws {
    let folder = try TemporaryFolder()
    // Characters of three bytes lie across the ends of blocks.
    let text = Array(repeating: Array("漢\"字\n".utf8), count: count / 8 + 1).joined().prefix(count - 3)
    try folder.write("text", Array(text.dropLast(text.count % 8)) + Array("end".utf8))
    try folder.write("binary", (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) })
    try folder.write("late", Array(repeating: 0x61, count: count - 1) + [0xFF])
    let output = try await Program()("pack", "-o", "-", in: folder)
    #expect(output.status == 0, "\(output.talk)")
    try await PythonOracle.check(output.bytes, against: folder)
  }

  @Test("with the digest that anybody can compute")
  func digest() async throws {
    let folder = try TemporaryFolder()
    try folder.write("a/empty", "")
    try folder.write("a/text", "text")
    try folder.write("large", Array(repeating: 7, count: 1_000_000))
    let script = """
      import hashlib, os, sys
      root, digest = sys.argv[1], hashlib.sha256()
      for name in ['a', 'a/empty', 'a/text', 'large']:
          path = os.path.join(root, name)
          digest.update((b'd' if os.path.isdir(path) else b'f') + len(name).to_bytes(8, 'big') + name.encode())
          if not os.path.isdir(path):
              data = open(path, 'rb').read()
              digest.update(len(data).to_bytes(8, 'big'))
              for start in range(0, len(data), 786432):
                  digest.update(hashlib.sha256(data[start:start + 786432]).digest())
      print(digest.hexdigest())
      """
    let expected = try await shell("python3", ["-c", script, folder.path]).text
    let output = try await Program()("pack", "-o", "/dev/null", in: folder)
    #expect(output.talk.contains("digest \(expected.prefix(12))\n"))
    let whole = try await Program()("pack", "-v", "-o", "/dev/null", in: folder)
    #expect(whole.talk.contains("digest " + expected))
  }
}
