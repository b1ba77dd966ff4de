// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import AsyncHTTPClient
internal import EmulatorTesting
internal import NIOCore
internal import PlatformEmulator
internal import PlatformModel
internal import Testing

@Suite struct FidelityTests {
  /// JSON escapes and raw UTF-8 beside the bytes that they stand for.
  @Test(
    arguments: [
      (#"\u0000"#, [0]), (#"\b\f\n\r\t\"\\\/"#, [8, 12, 10, 13, 9, 0x22, 0x5C, 0x2F]),
      (#"\r\n"#, [13, 10]), ("\u{7F}\u{80}\u{85}", [0x7F, 0xC2, 0x80, 0xC2, 0x85]),
      ("\u{FEFF}a", [0xEF, 0xBB, 0xBF, 0x61]), (#"\uFEFF"#, [0xEF, 0xBB, 0xBF]),
      ("\u{2028}\u{2029}", [0xE2, 0x80, 0xA8, 0xE2, 0x80, 0xA9]),
      (#"\u2028"#, [0xE2, 0x80, 0xA8]), (#"\ud83d\uDE00"#, [0xF0, 0x9F, 0x98, 0x80]),
      ("😀\u{10FFFF}", [0xF0, 0x9F, 0x98, 0x80, 0xF4, 0x8F, 0xBF, 0xBF]),
      ("e\u{301}\u{E9}", [0x65, 0xCC, 0x81, 0xC3, 0xA9]),
      ("\u{FFFD}\u{FFFF}", [0xEF, 0xBF, 0xBD, 0xEF, 0xBF, 0xBF]),
    ] as [(String, [UInt8])])
  func contentComesBackByteForByte(json: String, bytes: [UInt8]) async throws {
    try await TestPlatform.running { platform in
      try await platform.makeActor()
      let put = try await platform.put(files: "{\"name\":\"a\",\"format\":\"TEXT\",\"content\":\"\(json)\"}")
      #expect(put.status == 200)
      let version = try await platform.send(.GET, TestPlatform.version).data
      #expect(version["sourceFiles"][0]["content"].string.map { Array($0.utf8) } == bytes)
    }
  }

  @Test func everyControlCharacterSurvivesAsAnEscape() async throws {
    try await TestPlatform.running { platform in
      try await platform.makeActor()
      let digits = Array("0123456789abcdef")
      let json = (0..<32).map { "\\u00\(digits[$0 / 16])\(digits[$0 % 16])" }.joined()
      _ = try await platform.put(files: "{\"name\":\"a\",\"format\":\"TEXT\",\"content\":\"\(json)\"}")
      let content = try await platform.send(.GET, TestPlatform.version).data["sourceFiles"][0]["content"]
      #expect(content.string.map { Array($0.utf8) } == Array(0..<32))
    }
  }

  @Test(arguments: [
    #"\ud800"#, #"\ud800x"#, #"\udc00"#, #"\ud800\ud800"#, #"\udc00\ud800"#, #"\x41"#, #"\u12"#, "\u{1}",
    "\n", "\t",
  ])
  func textThatIsNotJSONIsRefused(json: String) async throws {
    try await TestPlatform.running { platform in
      try await platform.makeActor()
      let answer = try await platform.put(
        files: "{\"name\":\"a\",\"format\":\"TEXT\",\"content\":\"\(json)\"}")
      #expect(answer.status == 400)
      #expect(try answer.errorType == "invalid-input")
    }
  }

  @Test(
    arguments: [
      [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x80], [0x80], [0x00],
    ] as [[UInt8]])
  func bytesThatAreNotUTF8AreRefused(bytes: [UInt8]) async throws {
    try await TestPlatform.running { platform in
      try await platform.makeActor()
      var body = Array(#"{"sourceFiles":[{"name":"a","format":"TEXT","content":""#.utf8)
      body += bytes + Array(#""}]}"#.utf8)
      let answer = try await platform.send(.PUT, TestPlatform.version, .bytes(ByteBuffer(bytes: body)))
      #expect(answer.status == 400)
    }
  }

  @Test(arguments: [
    "", " ", "{", "}", "nul", "{}x", "{} {}", "{,}", #"{"buildTag":"a",}"#, #"{"envVars":[],  }"#,
    #"{"sourceFiles":[{"name":"a","folder":true},]}"#, #"{"buildTag":'a'}"#, "{buildTag:1}", "// c\n{}",
    #"{"a":01}"#, #"{"a":+1}"#, #"{"a":NaN}"#, String(repeating: "[", count: 100_000),
  ])
  func aBodyThatIsNotJSONIsRefused(body: String) async throws {
    try await TestPlatform.running { platform in
      try await platform.makeActor()
      let answer = try await platform.send(.PUT, TestPlatform.version, body)
      #expect(answer.status == 400)
      #expect(try answer.errorType == "invalid-input")
      #expect(try answer.errorMessage.hasPrefix("The request body is not valid JSON"))
    }
  }

  @Test(arguments: ["[]", "5", "null", #""x""#])
  func aBodyThatIsNoObjectIsRefused(body: String) async throws {
    try await TestPlatform.running { platform in
      try await platform.makeActor()
      let answer = try await platform.send(.PUT, TestPlatform.version, body)
      #expect(answer.status == 400)
      #expect(try answer.errorMessage == "The request body must be an object")
    }
  }

  @Test func JSONInUTF16IsRefused() async throws {
    try await TestPlatform.running { platform in
      try await platform.makeActor()
      let body = Array("{}".utf16).flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
      let answer = try await platform.send(.PUT, TestPlatform.version, .bytes(ByteBuffer(bytes: body)))
      #expect(answer.status == 400)
    }
  }

  @Test func entriesStayInTheirOrder() async throws {
    try await TestPlatform.running { platform in
      try await platform.makeActor()
      let names = ["z", "a/b", "a", "m", "A"]
      let files = names.map { name in
        name == "a"
          ? #"{"name":"a","folder":true}"# : "{\"name\":\"\(name)\",\"format\":\"TEXT\",\"content\":\"\"}"
      }
      _ = try await platform.put(files: files.joined(separator: ","))
      let back = try await platform.send(.GET, TestPlatform.version).data["sourceFiles"].elements
      #expect(back.compactMap { $0["name"].string } == names)
      #expect(back[2] == .object(["name": .string("a"), "folder": .bool(true)]))
    }
  }
}
