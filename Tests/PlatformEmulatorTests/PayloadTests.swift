// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import AsyncHTTPClient
internal import Deflate
internal import EmulatorTesting
internal import NIOCore
internal import PlatformEmulator
internal import PlatformModel
internal import Testing

@Suite struct PayloadTests {
  static let limit = 9_437_184

  @Test(arguments: ["application/json", "Application/JSON; charset=utf-8", "application/json;charset=utf-8"])
  func jsonIsTakenAsJSON(type: String) async throws {
    try await TestPlatform.running { platform in
      try await platform.makeActor()
      let answer = try await platform.send(.PUT, TestPlatform.version, "{}", headers: ["Content-Type": type])
      #expect(answer.status == 200)
    }
  }

  @Test(arguments: ["", "text/plain", "application/jsonx", "application/x-www-form-urlencoded"])
  func anotherContentTypeIsRefused(type: String) async throws {
    try await TestPlatform.running { platform in
      try await platform.makeActor()
      let answer = try await platform.send(.PUT, TestPlatform.version, "{}", headers: ["Content-Type": type])
      #expect(answer.status == 400)
      #expect(try answer.errorMessage == "Content-Type must be application/json")
    }
  }

  @Test(arguments: [
    ("gzip", DeflateFormat.gzip), ("x-gzip", .gzip), ("GZIP", .gzip), ("deflate", .zlib), ("deflate", .raw),
  ])
  func aCompressedBodyIsRead(encoding: String, format: DeflateFormat) async throws {
    try await TestPlatform.running { platform in
      try await platform.makeActor()
      let body = Array(#"{"buildTag":"compressed"}"#.utf8)
      let wire = try compress(body, format: format)
      let answer = try await platform.send(
        .PUT, TestPlatform.version, .bytes(ByteBuffer(bytes: wire)), headers: ["Content-Encoding": encoding])
      #expect(answer.status == 200)
      #expect(try answer.data["buildTag"] == .string("compressed"))
      let record = try #require(platform.emulator.requests.last)
      #expect(record.wireBytes == wire.count)
      #expect(record.payloadBytes == body.count)
      #expect(record.request.headers["content-encoding"] == encoding)
    }
  }

  @Test(arguments: ["br", "zstd", "compress", "gzip, gzip", "nonsense"])
  func anUnknownEncodingIsRefused(encoding: String) async throws {
    try await TestPlatform.running { platform in
      try await platform.makeActor()
      let answer = try await platform.send(
        .PUT, TestPlatform.version, "{}", headers: ["Content-Encoding": encoding])
      #expect(answer.status == 415)
      #expect(try answer.errorType == "unsupported-content-encoding")
    }
  }

  @Test(arguments: [
    ("gzip", DeflateFormat.gzip), ("deflate", .zlib), ("deflate", .raw), ("gzip", .zlib),
  ])
  func aDamagedCompressedBodyIsRefused(encoding: String, format: DeflateFormat) async throws {
    try await TestPlatform.running { platform in
      try await platform.makeActor()
      let body = try compress(Array(#"{"buildTag":"compressed"}"#.utf8), format: format)
      let answer = try await platform.send(
        .PUT, TestPlatform.version, .bytes(ByteBuffer(bytes: body.dropLast(5))),
        headers: ["Content-Encoding": encoding])
      #expect(answer.status == 400)
      #expect(try answer.errorType == "invalid-input")
      #expect(try answer.errorMessage.hasPrefix("The request body can't be decompressed"))
    }
  }

  /// `{}` with spaces up to `count` bytes.
  static func padded(_ count: Int) -> [UInt8] {
    Array("{}".utf8) + Array(repeating: 0x20, count: count - 2)
  }

  @Test(arguments: [nil, DeflateFormat.gzip, .zlib, .raw])
  func aBodyOfTheLimitIsTakenAndOneByteMoreIsNot(format: DeflateFormat?) async throws {
    try await TestPlatform.running { platform in
      try await platform.makeActor()
      for (count, status) in [(Self.limit, 200), (Self.limit + 1, 413)] {
        var body = Self.padded(count)
        if let format { body = try compress(body, format: format, level: 1) }
        let encoding = format.map { $0 == .gzip ? "gzip" : "deflate" } ?? ""
        let answer = try await platform.send(
          .PUT, TestPlatform.version, .bytes(ByteBuffer(bytes: body)), headers: ["Content-Encoding": encoding]
        )
        #expect(answer.status == status)
        guard status == 413 else { continue }
        #expect(try answer.errorType == "request-too-large")
        #expect(
          try answer.errorMessage
            == "The POST payload is too large (limit: 9437184 bytes, actual length: 9437185 bytes).")
      }
    }
  }

  @Test func aBodyOfUnknownLengthIsLimitedToo() async throws {
    try await TestPlatform.running { platform in
      try await platform.makeActor()
      let chunk = ByteBuffer(repeating: 0x20, count: 1 << 20)
      for (count, status) in [(8, 400), (10, 413)] {
        let chunks = AsyncStream(ByteBuffer.self) { continuation in
          for _ in 0..<count { continuation.yield(chunk) }
          continuation.finish()
        }
        let answer = try await platform.send(
          .PUT, TestPlatform.version, .stream(chunks, length: .unknown))
        #expect(answer.status == status)
      }
    }
  }

  @Test func aBombIsNotInflatedBeyondTheLimit() async throws {
    try await TestPlatform.running { platform in
      try await platform.makeActor()
      // 512 MiB in half a mebibyte.
      var stream = try DeflateStream(format: .gzip, level: 9)
      let zeros = [UInt8](repeating: 0x20, count: 1 << 20)
      var body: [UInt8] = []
      for _ in 0..<512 {
        // SAFETY: the spans are read within the calls only.
        unsafe stream.write(zeros.span.bytes) { part in
          unsafe part.withUnsafeBytes { unsafe body.append(contentsOf: $0) }
        }
      }
      stream.finish { part in unsafe part.withUnsafeBytes { unsafe body.append(contentsOf: $0) } }
      let answer = try await platform.send(
        .PUT, TestPlatform.version, .bytes(ByteBuffer(bytes: body)), headers: ["Content-Encoding": "gzip"])
      #expect(answer.status == 413)
      let received = try answer.errorMessage.split(separator: " ").compactMap { Int($0) }.last
      #expect(try #require(received) < Self.limit + (1 << 20))
    }
  }

  @Test func manySmallFilesAreTakenAndGivenBack() async throws {
    try await TestPlatform.running { platform in
      try await platform.makeActor()
      let files = (0..<50_000).map {
        "{\"name\":\"src/\($0 % 100)/file\($0).txt\",\"format\":\"TEXT\",\"content\":\"\($0)\"}"
      }
      let answer = try await platform.put(files: files.joined(separator: ","))
      #expect(answer.status == 200)
      #expect(try platform.emulator.version("0.0", of: "~my-actor").files?.count == 50_000)
      let version = try await platform.send(.GET, TestPlatform.version)
      #expect(version.body == answer.body)
    }
  }
}
