// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import EmulatorTesting
internal import FoundationEssentials
internal import PlatformEmulator
internal import PlatformModel
internal import Testing

@Suite struct DataDirectoryTests {
  /// A new directory, gone afterwards.
  static func withDirectory<Outcome>(
    isolation: isolated (any Actor)? = #isolation, _ body: (String) async throws -> Outcome
  ) async throws -> Outcome {
    let path = FileManager.default.temporaryDirectory.path + "/emulator-\(UInt64.random(in: 0 ... .max))"
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try await body(path)
  }

  static func start(at path: String) throws(EmulatorError) -> PlatformEmulator {
    var configuration = PlatformEmulator.Configuration()
    configuration.dataDirectory = path
    return try PlatformEmulator(configuration: configuration)
  }

  static func actorFile(_ path: String) throws -> String {
    let names = try FileManager.default.contentsOfDirectory(atPath: path + "/actors")
    return "\(path)/actors/\(try #require(names.first))"
  }

  @Test func whatWasPushedIsThereAfterARestart() async throws {
    try await Self.withDirectory { path in
      var before: TestPlatform.Answer?
      for isFirst in [true, false] {
        try await TestPlatform.running(dataDirectory: path) { platform in
          if isFirst {
            try await platform.makeActor()
            let body = #"""
              {"buildTag":"beta","envVars":[{"name":"S","value":"secret","isSecret":true}],
               "sourceFiles":[{"name":"a","format":"TEXT","content":"\ufeff\u0000\u2028"},{"name":"b","folder":true}]}
              """#
            #expect(try await platform.send(.PUT, TestPlatform.version, body).status == 200)
          }
          let version = try await platform.send(.GET, TestPlatform.version)
          let actor = try await platform.send(.GET, "/v2/actors/~my-actor")
          if let before { #expect(before.body == version.body + actor.body) }
          before = TestPlatform.Answer(status: 200, headers: [:], body: version.body + actor.body)
          let secret = platform.emulator.state.actors.values.first?.versions.first?.envVars.first
          #expect(secret?.value == "secret")
        }
      }
    }
  }

  @Test func theTokenStaysTheSame() async throws {
    try await Self.withDirectory { path in
      let users = try Self.start(at: path).users
      #expect(try Self.start(at: path).users == users)
      #expect(users.first?.username == "local-dev")
    }
  }

  @Test(arguments: [("{", "it is not valid JSON"), ("{}", "is required"), ("[]", "must be an object")])
  func aBrokenFileIsNamed(content: String, reason: String) async throws {
    try await Self.withDirectory { path in
      try await TestPlatform.running(dataDirectory: path) { platform in _ = try await platform.makeActor() }
      let file = try Self.actorFile(path)
      try Data(content.utf8).write(to: URL(filePath: file))
      let error = try #require(throws: EmulatorError.self) { _ = try Self.start(at: path) }
      #expect("\(error)".hasPrefix(file + ": is broken: "))
      #expect("\(error)".contains(reason))
    }
  }

  @Test func aFileUnderAnotherNameIsRefused() async throws {
    try await Self.withDirectory { path in
      try await TestPlatform.running(dataDirectory: path) { platform in _ = try await platform.makeActor() }
      try FileManager.default.moveItem(atPath: try Self.actorFile(path), toPath: path + "/actors/x.json")
      #expect(throws: EmulatorError.self) { _ = try Self.start(at: path) }
    }
  }

  @Test func filesThatAreNotItsOwnAreLeftAlone() async throws {
    try await Self.withDirectory { path in
      _ = try Self.start(at: path)
      for name in [".AAAAAAAAAAAAAAAAA.json.tmp", "notes.txt", ".hidden.json"] {
        try Data("x".utf8).write(to: URL(filePath: "\(path)/actors/\(name)"))
      }
      #expect(try Self.start(at: path).state.actors.isEmpty)
    }
  }

  @Test func oneEmulatorAtATimeHasTheDirectory() async throws {
    try await Self.withDirectory { path in
      let first = try Self.start(at: path)
      let error = #expect(throws: EmulatorError.self) { _ = try Self.start(at: path) }
      #expect(error == .data(path: path, reason: "is in use by another emulator"))
      #expect(first.users.count == 1)
    }
  }

  @Test func aFileInThePlaceOfTheDirectoryIsAnError() async throws {
    try await Self.withDirectory { path in
      try Data("x".utf8).write(to: URL(filePath: path))
      let error = try #require(throws: EmulatorError.self) { _ = try Self.start(at: path) }
      #expect("\(error)" == "\(path): cannot be made: there is something else of that name in the way")
    }
  }

  @Test func aChangeThatCannotBeWrittenDownHasNotHappened() async throws {
    try await Self.withDirectory { path in
      try await TestPlatform.running(dataDirectory: path) { platform in
        try await platform.makeActor()
        try FileManager.default.removeItem(atPath: path + "/actors")
        let answer = try await platform.send(.PUT, "/v2/actors/~my-actor", #"{"title":"new"}"#)
        #expect(answer.status == 500)
        #expect(try answer.errorType == "internal-error")
        let actor = try await platform.send(.GET, "/v2/actors/~my-actor").data
        #expect(actor.names.contains("title") == false)
      }
    }
  }
}
