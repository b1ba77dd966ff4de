// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import AsyncHTTPClient
internal import EmulatorTesting
internal import NIOCore
internal import PlatformEmulator
internal import PlatformModel
internal import Testing

@Suite(.timeLimit(.minutes(10))) struct BuildZipTests {
  static let good = storedZip([("main.js", "1"), ("d/Dockerfile", "2"), ("Dockerfile", "FROM x")])

  /// Puts `zip` into a store and makes it the source of `my-actor`; its build's status and log.
  static func build(
    _ platform: TestPlatform, _ zip: [UInt8], url: (StoreRecord, _ signature: String) -> String
  ) async throws -> (status: BuildRecord.Status, log: String) {
    if platform.emulator.state.actors.isEmpty { try await platform.makeActor() }
    try await platform.send(.POST, StoreTests.stores + "?name=things")
    let put = try await platform.send(.PUT, StoreTests.record, .bytes(ByteBuffer(bytes: zip)))
    try #require(put.status == 201)
    let store = try #require(platform.emulator.keyValueStore(named: "things"))
    let signature = StoreRecord.signature(of: "it.zip", key: store.urlSigningSecretKey)
    let address = url(store, signature)
    let change = try await platform.send(
      .PUT, TestPlatform.version, #"{"sourceType":"TARBALL","tarballUrl":"\#(address)"}"#)
    try #require(change.status == 200)
    let build = try await platform.end(of: try await platform.startBuild())
    return (build.status, build.log.joined(separator: "\n"))
  }

  @Test func aZipIsFetchedAndUnpacked() async throws {
    try await TestPlatform.running { platform in
      let (status, log) = try await Self.build(platform, Self.good) { store, signature in
        "\(platform.baseURL)/v2/key-value-stores/\(store.id)/records/it.zip?signature=\(signature)"
      }
      #expect(status == .succeeded)
      #expect(log.contains("Downloaded the source zip of \(Self.good.count) bytes."))
      #expect(log.contains("Unpacked 3 files of 8 bytes."))
      #expect(log.contains("Using Dockerfile."))
      // The builder's fetch is no request of a client.
      #expect(platform.emulator.requestCount("GET", "/v2/key-value-stores/{store}/records/{key}") == 0)
      let version = try await platform.send(.GET, "/v2/actors/~my-actor").data["versions"][0]
      #expect(version["sourceType"] == .string("TARBALL"))
      #expect(version["tarballUrl"].string?.contains("it.zip") == true)
    }
  }

  struct Address: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let reason: String
    let url: @Sendable (_ base: String, _ store: String, _ signature: String) -> String
  }

  static let addresses = [
    Address(testDescription: "without signature", reason: "403 insufficient-permissions") { base, store, _ in
      "\(base)/v2/key-value-stores/\(store)/records/it.zip"
    },
    Address(testDescription: "with another's", reason: "403 insufficient-permissions") {
      base, store, signature in
      "\(base)/v2/key-value-stores/\(store)/records/other.zip?signature=\(signature)"
    },
    Address(testDescription: "of no store", reason: "404 record-not-found") { base, _, signature in
      "\(base)/v2/key-value-stores/nothing/records/it.zip?signature=\(signature)"
    },
    Address(testDescription: "of no record", reason: "404 page-not-found") { base, _, _ in "\(base)/it.zip" },
    Address(testDescription: "of another host", reason: "is not at this emulator") { _, store, signature in
      "https://api.apify.com/v2/key-value-stores/\(store)/records/it.zip?signature=\(signature)"
    },
    Address(testDescription: "of another port", reason: "is not at this emulator") { _, store, signature in
      "http://127.0.0.1:1/v2/key-value-stores/\(store)/records/it.zip?signature=\(signature)"
    },
  ]

  @Test(arguments: addresses)
  func aZipThatCannotBeFetchedFailsTheBuild(address: Address) async throws {
    try await TestPlatform.running { platform in
      let (status, log) = try await Self.build(platform, Self.good) { store, signature in
        address.url(platform.baseURL, store.id, signature)
      }
      #expect(status == .failed)
      #expect(log.contains("ERROR: The source zip can't be fetched: ") && log.contains(address.reason))
    }
  }

  @Test(
    arguments: [
      ([], "it is no zip"), (Array(good.dropLast()), "it is no zip"),
      (storedZip([]), "no files in the source zip"),
      (storedZip([("../up", "x")]), #""../up": its name is not one to unpack"#),
      (
        good.map { $0 == UInt8(ascii: "F") ? UInt8(ascii: "f") : $0 },
        #""Dockerfile": its contents have another checksum"#
      ),
    ] as [([UInt8], String)])
  func aZipThatCannotBeUnpackedFailsTheBuild(zip: [UInt8], reason: String) async throws {
    try await TestPlatform.running { platform in
      let (status, log) = try await Self.build(platform, zip) { store, signature in
        "\(platform.baseURL)/v2/key-value-stores/\(store.id)/records/it.zip?signature=\(signature)"
      }
      #expect(status == .failed)
      #expect(log.contains("ERROR: ") && log.contains(reason), "\(log)")
    }
  }

  @Test func aVersionWithoutFilesFailsTheBuild() async throws {
    try await TestPlatform.running { platform in
      try await platform.makeActor()
      let build = try await platform.end(of: try await platform.startBuild())
      #expect(build.status == .failed)
      #expect(build.log.last?.hasSuffix("ERROR: There are no source files.") == true)
    }
  }
}
