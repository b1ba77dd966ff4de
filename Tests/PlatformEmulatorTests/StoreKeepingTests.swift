// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import AsyncHTTPClient
internal import EmulatorFaults
internal import EmulatorTesting
internal import FoundationEssentials
internal import NIOCore
internal import PlatformEmulator
internal import PlatformModel
internal import Testing

@Suite struct StoreKeepingTests {
  static func files(_ path: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path + "/records")
  }

  static func put(_ platform: TestPlatform, _ text: String) async throws -> Int {
    try await platform.send(.PUT, StoreTests.record, text).status
  }

  @Test func recordsAreThereAfterARestartAndNothingElseIs() async throws {
    try await DataDirectoryTests.withDirectory { path in
      try await TestPlatform.running(dataDirectory: path) { platform in
        try await platform.send(.POST, StoreTests.stores + "?name=things")
        #expect(try await Self.put(platform, "first") == 201)
        #expect(try await Self.put(platform, "second") == 201)
        #expect(try Self.files(path).count == 1)
      }
      // What an emulator that was ended by force leaves, and what is somebody's.
      for name in ["AAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAA.12-34.partial", "notes.txt"] {
        try Data("x".utf8).write(to: URL(filePath: "\(path)/records/\(name)"))
      }
      try await TestPlatform.running(dataDirectory: path) { platform in
        #expect(try await platform.send(.GET, StoreTests.record).body == Array("second".utf8))
        #expect(try Self.files(path).count == 2)
        try await platform.send(.DELETE, StoreTests.record)
        #expect(try Self.files(path) == ["notes.txt"])
      }
    }
  }

  @Test func anUploadThatIsCutLeavesNothing() async throws {
    try await DataDirectoryTests.withDirectory { path in
      try await TestPlatform.running(dataDirectory: path) { platform in
        try await platform.send(.POST, StoreTests.stores + "?name=things")
        platform.emulator.inject(
          Fault(
            .cutUpload(afterBytes: 300_000), method: "PUT",
            route: "/v2/key-value-stores/{store}/records/{key}"))
        let body = ByteBuffer(repeating: 1, count: 4_000_000)
        await #expect(throws: (any Error).self) {
          try await platform.send(.PUT, StoreTests.record, .bytes(body))
        }
        #expect(platform.emulator.pendingFaults == 0)
        #expect(try StoreTests.isGone(platform))
        #expect(try Self.files(path).isEmpty)
        #expect(try await platform.send(.PUT, StoreTests.record, .bytes(body)).status == 201)
        #expect(try platform.emulator.record("it.zip", in: "things")?.count == 4_000_000)
      }
    }
  }

  @Test func anAnswerThatIsLostHasPutTheRecord() async throws {
    try await TestPlatform.running { platform in
      platform.emulator.inject(Fault(.lostAnswer, method: "POST", pathPrefix: StoreTests.stores))
      await #expect(throws: (any Error).self) {
        try await platform.send(.POST, StoreTests.stores + "?name=things")
      }
      let again = try await platform.send(.POST, StoreTests.stores + "?name=things")
      #expect(again.status == 200)
      platform.emulator.inject(Fault(.lostAnswer, method: "PUT", pathPrefix: StoreTests.stores))
      await #expect(throws: (any Error).self) { try await Self.put(platform, "there") }
      #expect(try platform.emulator.record("it.zip", in: "things") == Array("there".utf8))
    }
  }

  @Test func aRecordThatCannotBeWrittenDownIsNotThere() async throws {
    try await DataDirectoryTests.withDirectory { path in
      try await TestPlatform.running(dataDirectory: path) { platform in
        try await platform.send(.POST, StoreTests.stores + "?name=things")
        try FileManager.default.removeItem(atPath: path + "/stores.json")
        try FileManager.default.createDirectory(
          atPath: path + "/stores.json", withIntermediateDirectories: true)
        #expect(try await Self.put(platform, "x") == 500)
        #expect(try Self.files(path).isEmpty)
        #expect(try StoreTests.isGone(platform))
      }
    }
  }
}
