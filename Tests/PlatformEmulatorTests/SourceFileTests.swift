// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import EmulatorTesting
internal import FoundationEssentials
internal import PlatformEmulator
internal import PlatformModel
internal import Testing

@Suite struct SourceFileTests {
  @Test(arguments: [
    ("5", "sourceFiles[0] must be an object"),
    (#"{}"#, "sourceFiles[0].name is required"),
    (#"{"name":1}"#, "sourceFiles[0].name must be a string"),
    (#"{"name":"a"}"#, "sourceFiles[0].format is required"),
    (#"{"name":"a","format":"text","content":""}"#, "sourceFiles[0].format must be TEXT or BASE64"),
    (#"{"name":"a","format":"TEXT"}"#, "sourceFiles[0].content is required"),
    (#"{"name":"a","format":"TEXT","content":7}"#, "sourceFiles[0].content must be a string"),
    (#"{"name":"a","folder":"yes"}"#, "sourceFiles[0].folder must be a boolean"),
    (#"{"name":"a","folder":true,"format":"TEXT"}"#, "sourceFiles[0].format does not go with a folder"),
    (#"{"name":"a","folder":true,"content":""}"#, "sourceFiles[0].content does not go with a folder"),
    (#"{"name":"a","folder":true},{"name":"a","folder":true}"#, "sourceFiles[1].name is there twice"),
    (
      #"{"name":"a","folder":true},{"name":"a","format":"TEXT","content":""}"#,
      "sourceFiles[1].name is both a file and a folder"
    ),
    (
      #"{"name":"a/b/c","format":"TEXT","content":""},{"name":"a","format":"TEXT","content":""}"#,
      "sourceFiles[0].name lies inside of an entry that is a file"
    ),
  ])
  func anEntryOutsideTheRulesIsRefused(files: String, message: String) async throws {
    try await TestPlatform.running { platform in
      try await platform.makeActor()
      let answer = try await platform.put(files: files)
      #expect(answer.status == 400)
      #expect(try answer.errorType == "invalid-input")
      #expect(try answer.errorMessage == message)
    }
  }

  @Test(arguments: [
    ("", "must not be empty"), ("/a", "must be relative"), ("/", "must be relative"),
    ("a/", "must not end with a slash"), ("a//b", "must not hold an empty component"),
    (".", "must not hold a component . or .."), ("a/../b", "must not hold a component . or .."),
    ("a/.", "must not hold a component . or .."), (#"a\u0000b"#, "must not hold a NUL"),
  ])
  func aNameOutsideTheRulesIsRefused(name: String, problem: String) async throws {
    try await TestPlatform.running { platform in
      try await platform.makeActor()
      let file = "{\"name\":\"\(name)\",\"format\":\"TEXT\",\"content\":\"\"}"
      let folder = "{\"name\":\"\(name)\",\"folder\":true}"
      for entry in [file, folder] {
        let answer = try await platform.put(files: #"{"name":"first","folder":true},"# + entry)
        #expect(answer.status == 400)
        #expect(try answer.errorMessage == "sourceFiles[1].name \(problem)")
      }
    }
  }

  @Test func oddNamesAreKeptAsTheyAre() async throws {
    let names = [
      "...", ".a", "a.", " ", "a b", "\"", "\\", "\n", "\u{7F}", "\u{85}", "😀", "\u{FEFF}x", "a/b/c/.d",
      "\u{E9}", "e\u{301}", "\u{212A}", "K", "\u{2028}", "~", "%2F", "a\u{1}b",
    ]
    try await TestPlatform.running { platform in
      let id = try await platform.makeActor()
      let files = names.map { SourceFile(name: $0, kind: .file(.text, content: $0)) }
      let json = String(decoding: try JSONEncoder().encode(files), as: UTF8.self)
      #expect(try await platform.send(.PUT, TestPlatform.version, "{\"sourceFiles\":\(json)}").status == 200)
      #expect(platform.emulator.state.actors[id]?.versions[0].source == .files(files))
      let back = try await platform.send(.GET, TestPlatform.version).data["sourceFiles"].elements
      #expect(back.compactMap { $0["name"].string.map { Array($0.utf8) } } == names.map { Array($0.utf8) })
    }
  }

  @Test(arguments: ["", "QQ==", "QUI=", "QUJD", "+/+/", "AAAA", "/w==", "//8="])
  func canonicalBase64IsTaken(text: String) async throws {
    try await TestPlatform.running { platform in
      try await platform.makeActor()
      let answer = try await platform.put(
        files: "{\"name\":\"a\",\"format\":\"BASE64\",\"content\":\"\(text)\"}")
      #expect(answer.status == 200)
      #expect(try answer.data["sourceFiles"][0]["content"] == .string(text))
    }
  }

  @Test(arguments: [
    "Q", "QQ", "QQ=", "QQ===", "QUI", "QR==", "QUJ=", "QUJ=QUJD", "=QQ=", "====", "==", "QU JD", "QUJD\\n",
    "QUJD\\r\\n",
    "-_-_", "QUJ\u{E9}", "QQ==QQ==", "Q===",
  ])
  func otherBase64IsRefused(text: String) async throws {
    try await TestPlatform.running { platform in
      try await platform.makeActor()
      let answer = try await platform.put(
        files: "{\"name\":\"a\",\"format\":\"BASE64\",\"content\":\"\(text)\"}")
      #expect(answer.status == 400)
      #expect(try answer.errorMessage.hasPrefix("sourceFiles[0].content is not canonical base64"))
    }
  }

  /// Content of exactly the limit and of one more, by each way of counting.
  @Test(arguments: [
    ("TEXT", "a", 3_145_728), ("BASE64", "AAAA", 786_432), ("TEXT", "é", 1_572_864),
    ("TEXT", "\u{2028}", 1_048_576),
    ("TEXT", "\\n", 3_145_728),
  ])
  func inlineContentIsLimitedAsSent(format: String, piece: String, count: Int) async throws {
    try await TestPlatform.running { platform in
      try await platform.makeActor()
      let content = String(repeating: piece, count: count)
      let file = "{\"name\":\"a\",\"format\":\"\(format)\",\"content\":\"\(content)\"}"
      #expect(try await platform.put(files: file).status == 200)
      let answer = try await platform.put(files: file + #",{"name":"b","format":"TEXT","content":"x"}"#)
      #expect(answer.status == 400)
      #expect(try answer.errorType == "invalid-value")
      #expect(try answer.errorMessage == "sourceFiles is invalid")
    }
  }

  @Test func aCharacterOutsideTheBasicPlaneCountsFive() async throws {
    try await TestPlatform.running { platform in
      try await platform.makeActor()
      let text = String(repeating: "😀", count: 629_145)
      func files(_ rest: String) -> String {
        "{\"name\":\"a\",\"format\":\"TEXT\",\"content\":\"\(text)\(rest)\"}"
      }
      #expect(try await platform.put(files: files("abc")).status == 200)
      #expect(try await platform.put(files: files("abcd")).status == 400)
    }
  }
}
