// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import EmulatorFaults
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
      let output = try await program("push", "--json", "--no-provenance", in: folder)
      let report = try PushedReport(output)
      #expect(output.status == 0 && report.package?.sourceType == "TARBALL", "\(output.talk)")
      let packed = try await program("pack", "--format", "zip", "-o", "-", in: folder)
      let actor = try emulator.actor("~my-actor")
      let key = try #require(try Self.key(emulator))
      let record = try emulator.record(key, in: "actor-\(actor.id)-source")
      let isSame = record == packed.bytes
      #expect(isSame && report.package?.payloadBytes == packed.bytes.count)
      guard case .tarball(let url) = try emulator.version("0.1", of: "~my-actor").source else {
        Issue.record("the version is no zip")
        return
      }
      #expect(url.contains("/records/\(key)?signature=") && key.hasPrefix("version-0.1-"))
      #expect(report.build?.status == "SUCCEEDED")
    }
  }

  @Test("says what compression saved, where it did and only of a zip")
  func saving() async throws {
    try await PlatformEmulator.running(.tests) { _, address in
      let folder = try TemporaryFolder.actor()
      try folder.write("text", [UInt8](repeating: 32, count: 2_000_000))
      let program = Program(address)
      let first = try await program("push", "--source-type", "zip", in: folder)
      #expect(first.talk.contains(" (compression saved 2.0 MB), "), "\(first.talk)")
      try folder.write("text", "1")
      let second = try await program("push", "--source-type", "zip", in: folder)
      #expect(!second.talk.contains("compression"), "\(second.talk)")
      try folder.write("text", [UInt8](repeating: 32, count: 1000))
      let report = try PushedReport(await program("push", "--source-type", "zip", "--json", in: folder))
      let package = try #require(report.package)
      #expect(package.savedBytes == max(0, package.bytes - package.payloadBytes))
      let inline = try PushedReport(await program("push", "--force", "--json", in: folder))
      #expect(inline.package?.sourceType == "SOURCE_FILES" && inline.package?.savedBytes == nil)
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

  /// The key of the version's zip.
  private static func key(_ emulator: PlatformEmulator, of actor: String = "~my-actor") throws -> String? {
    guard case .tarball(let url) = try emulator.version("0.1", of: actor).source else { return nil }
    return url.split(separator: "/").last?.split(separator: "?").first.map { String($0) }
  }

  /// The keys of all zips, in any store.
  private static func zips(_ emulator: PlatformEmulator) -> [String] {
    emulator.state.stores.values.flatMap(\.records.keys).filter { $0.hasSuffix(".zip") }
  }

  @Test(
    "whose zip another program has replaced is a conflict, also by one of the same length",
    arguments: ["1", "another text"])
  func replaced(text: String) async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor()
      try folder.write("main.js", "0")
      let program = Program(address)
      _ = try await program("push", "--source-type", "zip", in: folder)
      let actor = try emulator.actor("~my-actor")
      let store = try #require(emulator.state.stores.values.first { $0.name == "actor-\(actor.id)-source" })
      try folder.write("main.js", text)
      let theirs = try await program("pack", "--format", "zip", "-o", "-", in: folder)
      try folder.write("main.js", "0")
      let key = try #require(try Self.key(emulator))
      let put = try await shell(
        "python3",
        [
          "-c",
          """
          import sys, urllib.request
          request = urllib.request.Request(sys.argv[1], data=sys.stdin.buffer.read(), method='PUT',
              headers={'Authorization': 'Bearer ' + sys.argv[2], 'Content-Type': 'application/zip'})
          print(urllib.request.urlopen(request).status)
          """, "\(address.baseURL)/v2/key-value-stores/\(store.id)/records/\(key)", Program.token,
        ], input: theirs.bytes)
      #expect(put.text == "201\n", "\(put.talk)")
      let refused = try await program("push", "--source-type", "zip", in: folder)
      #expect(refused.status == 7, "\(refused.talk)")
      let diff = try await program("diff", "--name-only", in: folder)
      #expect(diff.text == "main.js\n", "\(diff.talk)")
    }
  }

  @Test("that fails after its zip was sent leaves what the next build makes")
  func failedUpdate() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor()
      let program = Program(address)
      _ = try await program("push", "--source-type", "zip", in: folder)
      let actor = try emulator.actor("~my-actor")
      let key = try #require(try Self.key(emulator))
      let before = try emulator.record(key, in: "actor-\(actor.id)-source")
      try folder.write("main.js", "1")
      emulator.inject(
        Fault(
          .error(status: 403, type: "insufficient-permissions", message: "no"),
          method: "PUT", route: "/v2/actors/{ref}/versions/{version}"))
      #expect(try await program("push", "--source-type", "zip", in: folder).status == 1)
      #expect(try Self.key(emulator) == key)
      let after = try emulator.record(key, in: "actor-\(actor.id)-source")
      let isUntouched = after == before
      #expect(isUntouched && Self.zips(emulator).count == 2)
      // The zip is there already: it is not sent again.
      emulator.clearRequests()
      #expect(try await program("push", "--source-type", "zip", in: folder).status == 0)
      #expect(emulator.requestCount("PUT", "/v2/actors/{ref}/versions/{version}") == 1)
    }
  }

  @Test("never writes into the store of another Actor, which its version may name")
  func foreignStore() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let theirs = try TemporaryFolder.actor(#"{"name": "their-actor", "version": "0.1"}"#)
      let program = Program(address)
      _ = try await program("push", "--source-type", "zip", in: theirs)
      let store = try #require(emulator.state.stores.values.first)
      guard case .tarball(let url) = try emulator.version("0.1", of: "~their-actor").source else {
        Issue.record("the version is no zip")
        return
      }
      let folder = try TemporaryFolder.actor()
      try folder.write("main.js", "1")
      _ = try await program("push", "--no-build", in: folder)
      #expect(try await program("version", "set", "--tarball", url, in: folder).status == 0)
      for force in [[], ["--force"]] {
        _ = try await shell(
          Program.location(), ["push", "--source-type", "zip"] + force, in: folder.path,
          environment: program.environment)
        let now = try #require(emulator.state.stores[store.id])
        #expect(now.records.mapValues(\.contents) == store.records.mapValues(\.contents))
      }
      #expect(try Self.key(emulator) != Self.key(emulator, of: "~their-actor"))
    }
  }

  @Test("keeps the zips of the last five builds and those in use, and removes older ones of its own")
  func oldArchives() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor(#"{"name": "my-actor", "version": "0.1", "buildTag": "latest"}"#)
      let program = Program(address)
      func push(_ text: String, _ arguments: String...) async throws -> String {
        try folder.write("main.js", text)
        let output = try await shell(
          Program.location(), ["push", "--source-type", "zip"] + arguments, in: folder.path,
          environment: program.environment)
        #expect(output.status == 0, "\(output.talk)")
        return try Self.key(emulator) ?? ""
      }
      let first = try await push("1")
      #expect(try await program("tag", "stable", "--build", "0.1.1", in: folder).status == 0)
      var keys: [String] = []
      for text in ["2", "3", "4", "5", "6", "7"] { keys.append(try await push(text)) }
      // The first is what "stable" was made of.
      #expect(Set(Self.zips(emulator)) == Set([first] + keys.suffix(5)))
      let store = try #require(emulator.state.stores.values.first)
      #expect(store.records.keys.count { $0.hasPrefix("version-") } == 12, "each with its manifest")
      // One that a former build was made of is not sent again.
      emulator.clearRequests()
      #expect(try await push("5") == keys[3])
      #expect(!emulator.requests.contains { $0.request.path.contains(".zip") && $0.request.method == "PUT" })
      let last = try await push("8", "--keep-archives", "1")
      #expect(Set(Self.zips(emulator)) == [first, last])
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

  // The thread sanitizer keeps its own books in files.
  @Test("leaves nothing behind where its zip can't be kept", .enabled(if: !Sanitizer.isActive))
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
