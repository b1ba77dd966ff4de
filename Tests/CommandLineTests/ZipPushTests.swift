// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import EmulatorTesting
import FoundationEssentials
import PlatformEmulator
import PlatformModel
import TestSupport
import Testing

@Suite("A push by zip")
struct ZipPushTests {
  @Test("brings to the platform just what pack writes, and is built from it")
  func identical() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor()
      try folder.write("src/main.js", "1")
      try folder.folder("empty")
      try folder.write("large", (0..<4_000_000).map { UInt8(truncatingIfNeeded: $0 >> 3) })
      let program = Program(address)
      let output = try await program("push", "--json", in: folder)
      let report = try PushedReport(output)
      #expect(output.status == 0 && report.package?.sourceType == "TARBALL", "\(output.talk)")
      let packed = try await program("pack", "--format", "zip", "-o", "-", in: folder)
      let actor = try emulator.actor("~my-actor")
      let record = try emulator.record("version-0.1.zip", in: "actor-\(actor.id)-source")
      let isSame = record == packed.bytes
      #expect(isSame && report.package?.payloadBytes == packed.bytes.count)
      guard case .tarball(let url) = try emulator.version("0.1", of: "~my-actor").source else {
        Issue.record("the version is no zip")
        return
      }
      #expect(url.contains("/records/version-0.1.zip?signature="))
      #expect(report.build?.status == "SUCCEEDED")
    }
  }

  @Test(
    "goes on after an upload that broke off, from its beginning",
    arguments: [Fault.Outcome.droppedConnection, .gatewayPage])
  func retried(_ outcome: Fault.Outcome) async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor()
      try folder.write("large", (0..<6_000_000).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 13) })
      emulator.inject(Fault(outcome, method: "PUT", pathPrefix: "/v2/key-value-stores"))
      let output = try await Program(address)("push", "--source-type", "zip", in: folder)
      #expect(output.status == 0 && emulator.pendingFaults == 0, "\(output.talk)")
      #expect(emulator.state.builds.values.map(\.status) == [.succeeded])
    }
  }

  @Test("whose zip another program has replaced is a conflict, although its manifest says otherwise")
  func replaced() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor()
      let program = Program(address)
      _ = try await program("push", "--source-type", "zip", in: folder)
      let actor = try emulator.actor("~my-actor")
      let store = try #require(emulator.state.stores.values.first { $0.name == "actor-\(actor.id)-source" })
      try folder.write("main.js", "1")
      let theirs = try await program("pack", "--format", "zip", "-o", "-", in: folder)
      try FileManager.default.removeItem(atPath: folder("main.js"))
      let put = try await shell(
        "python3",
        [
          "-c",
          """
          import sys, urllib.request
          request = urllib.request.Request(sys.argv[1], data=sys.stdin.buffer.read(), method='PUT',
              headers={'Authorization': 'Bearer ' + sys.argv[2], 'Content-Type': 'application/zip'})
          print(urllib.request.urlopen(request).status)
          """, "\(address.baseURL)/v2/key-value-stores/\(store.id)/records/version-0.1.zip", Program.token,
        ], input: theirs.bytes)
      #expect(put.text == "201\n", "\(put.talk)")
      let refused = try await program("push", "--source-type", "zip", in: folder)
      #expect(refused.status == 7, "\(refused.talk)")
      let diff = try await program("diff", "--name-only", in: folder)
      #expect(diff.text == "main.js\n", "\(diff.talk)")
    }
  }

  @Test("is not made where only files will do: the largest are named")
  func overLimit() async throws {
    let folder = try TemporaryFolder.actor()
    for index in 0..<12 { try folder.write("f\(index)", String(repeating: "x", count: 300_000 + index)) }
    try await PlatformEmulator.running(.tests) { emulator, address in
      let refused = try await Program(address)("push", "--source-type", "files", in: folder)
      #expect(
        refused.status == 5 && refused.talk.contains("the inline content is 3,600,104 bytes"),
        "\(refused.talk)")
      #expect(refused.talk.contains("3,145,728") && refused.talk.contains("f11 (300.0 KB)"))
      #expect(!refused.talk.contains("f1 ("))
      #expect(!emulator.requests.contains { $0.request.method != "GET" })
    }
  }

  @Test("leaves nothing behind where its zip can't be kept")
  func spool() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor()
      try folder.write("large", Array(repeating: 200, count: 4_000_000))
      // A limit on the size of files is as good as a full disk.
      let output = try await shell(
        "bash", ["-c", "ulimit -f 0; trap '' XFSZ; exec \"$0\" push --source-type zip", Program.location()],
        in: folder.path, environment: Program(address).environment)
      #expect(output.status == 1 && output.talk.contains("cannot write the temporary zip"), "\(output.talk)")
      #expect(emulator.state.actors.isEmpty)
    }
  }
}
