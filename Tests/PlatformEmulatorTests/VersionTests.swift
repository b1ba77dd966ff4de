// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import EmulatorTesting
internal import PlatformEmulator
internal import PlatformModel
internal import Testing

@Suite struct VersionTests {
  static let versions = "/v2/actors/~my-actor/versions"

  @Test func aVersionIsAddedOnce() async throws {
    try await TestPlatform.running { platform in
      try await platform.makeActor()
      let body = #"{"versionNumber":"0.1","sourceType":"SOURCE_FILES","sourceFiles":[],"buildTag":"beta"}"#
      let first = try await platform.send(.POST, Self.versions, body)
      #expect(first.status == 201)
      #expect(try first.data["buildTag"] == .string("beta"))
      #expect(try first.data["sourceFiles"] == .array([]))
      let second = try await platform.send(.POST, Self.versions, body)
      #expect(second.status == 409)
      #expect(try second.errorType == "version-already-exists")
      let list = try await platform.send(.GET, Self.versions).data
      #expect(list["total"] == .integer(2))
      #expect(list["items"].elements.compactMap { $0["versionNumber"].string } == ["0.0", "0.1"])
    }
  }

  @Test(arguments: [
    "", "1", "1.", ".1", "1.2.3", "01.0", "1.00", "100.0", "1.100", "a.b", "1,0", " 1.0", "+1.0", "\u{661}.0",
  ])
  func aNumberOutsideTheRulesIsRefused(number: String) async throws {
    try await TestPlatform.running { platform in
      try await platform.makeActor()
      let answer = try await platform.send(
        .POST, Self.versions,
        "{\"versionNumber\":\"\(number)\",\"sourceType\":\"SOURCE_FILES\",\"sourceFiles\":[]}")
      #expect(answer.status == 400)
      #expect(try answer.errorMessage.hasPrefix("versionNumber "))
    }
  }

  @Test(arguments: ["0.0", "0.99", "99.0", "10.10"])
  func aNumberWithinTheRulesIsTaken(number: String) {
    #expect(VersionNumber(number)?.description == number)
  }

  @Test(arguments: [HTTPVerb.GET, .PUT, .DELETE])
  func aMissingVersionIsNotMadeInPassing(method: HTTPVerb) async throws {
    try await TestPlatform.running { platform in
      try await platform.makeActor()
      for number in ["0.1", "nonsense", "0.00"] {
        let answer =
          method == .PUT
          ? try await platform.send(method, "\(Self.versions)/\(number)", "{}")
          : try await platform.send(method, "\(Self.versions)/\(number)")
        #expect(answer.status == 404)
        #expect(try answer.errorType == "record-not-found")
      }
    }
  }

  @Test func aChangeKeepsWhatItDoesNotName() async throws {
    try await TestPlatform.running { platform in
      try await platform.makeActor()
      try await platform.send(
        .PUT, TestPlatform.version,
        #"""
        {"buildTag":"beta","applyEnvVarsToBuild":true,"envVars":[{"name":"A","value":"1"}],
         "sourceFiles":[{"name":"a","format":"TEXT","content":"x"}]}
        """#)
      let answer = try await platform.send(
        .PUT, TestPlatform.version, #"{"sourceFiles":[{"name":"b","format":"TEXT","content":"y"}]}"#)
      #expect(answer.status == 200)
      let version = try answer.data
      #expect(version["buildTag"] == .string("beta"))
      #expect(version["applyEnvVarsToBuild"] == .bool(true))
      #expect(version["envVars"][0]["value"] == .string("1"))
      #expect(version["sourceFiles"].elements.compactMap { $0["name"].string } == ["b"])
      let untagged = try await platform.send(.PUT, TestPlatform.version, #"{"buildTag":null}"#).data
      #expect(untagged.names.contains("buildTag") == false)
      #expect(untagged["sourceFiles"] == version["sourceFiles"])
    }
  }

  @Test func variablesAreReplacedAsAWhole() async throws {
    try await TestPlatform.running { platform in
      try await platform.makeActor()
      try await platform.send(
        .PUT, TestPlatform.version, #"{"envVars":[{"name":"A","value":"1"},{"name":"B","value":"2"}]}"#)
      let answer = try await platform.send(
        .PUT, TestPlatform.version, #"{"envVars":[{"name":"B","value":"3"}]}"#)
      #expect(try answer.data["envVars"].elements.compactMap { $0["name"].string } == ["B"])
      let emptied = try await platform.send(.PUT, TestPlatform.version, #"{"envVars":[]}"#)
      #expect(try emptied.data["envVars"] == .array([]))
    }
  }

  @Test func aSecretNeverComesBackAndStaysWhenSentWithoutItsValue() async throws {
    try await TestPlatform.running { platform in
      let id = try await platform.makeActor()
      let secret = #"{"envVars":[{"name":"KEY","value":"s3cr3t-v4lue","isSecret":true}]}"#
      let kept = #"{"envVars":[{"name":"KEY","isSecret":true},{"name":"A","value":"1"}]}"#
      for body in [secret, kept] {
        let put = try await platform.send(.PUT, TestPlatform.version, body)
        #expect(put.status == 200)
        let get = try await platform.send(.GET, TestPlatform.version)
        let actor = try await platform.send(.GET, "/v2/actors/\(id)")
        for answer in [put, get, actor] {
          #expect(!String(decoding: answer.body, as: UTF8.self).contains("s3cr3t"))
        }
        #expect(try get.data["envVars"][0] == .object(["name": .string("KEY"), "isSecret": .bool(true)]))
      }
      let stored = platform.emulator.state.actors[id]?.versions[0].envVars.first
      #expect(stored == EnvironmentVariable(name: "KEY", value: "s3cr3t-v4lue", isSecret: true))
      let opened = try await platform.send(
        .PUT, TestPlatform.version, #"{"envVars":[{"name":"KEY","isSecret":false}]}"#)
      #expect(opened.status == 400)
      #expect(try opened.errorMessage == "envVars[0].value is required")
    }
  }

  @Test(arguments: [
    (#"[{"name":"","value":"x"}]"#, "envVars[0].name must not be empty"),
    (#"[{"name":"A","value":"x"},{"name":"A","value":"y"}]"#, "envVars[1].name is there twice"),
    (#"[{"name":"A=B","value":"x"}]"#, "envVars[0].name must not hold = or a NUL"),
    (#"[{"value":"x"}]"#, "envVars[0].name is required"),
    (#"[{"name":"A"}]"#, "envVars[0].value is required"),
    (#"[{"name":"A","value":1}]"#, "envVars[0].value must be a string"),
    (#"{"A":"x"}"#, "envVars must be an array"),
    ("null", "envVars must be an array"),
  ])
  func aVariableOutsideTheRulesIsRefused(variables: String, message: String) async throws {
    try await TestPlatform.running { platform in
      try await platform.makeActor()
      let answer = try await platform.send(.PUT, TestPlatform.version, "{\"envVars\":\(variables)}")
      #expect(answer.status == 400)
      #expect(try answer.errorMessage == message)
    }
  }

  @Test(arguments: [(100, 50_000, 200), (101, 1, 400), (1, 50_001, 400)])
  func namesAndValuesHaveALongestLength(name: Int, value: Int, status: Int) async throws {
    try await TestPlatform.running { platform in
      try await platform.makeActor()
      let (name, value) = (String(repeating: "N", count: name), String(repeating: "é", count: value))
      let answer = try await platform.send(
        .PUT, TestPlatform.version, "{\"envVars\":[{\"name\":\"\(name)\",\"value\":\"\(value)\"}]}")
      #expect(answer.status == status)
    }
  }

  @Test func aDeletedVersionIsGone() async throws {
    try await TestPlatform.running { platform in
      try await platform.makeActor()
      let answer = try await platform.send(.DELETE, TestPlatform.version)
      #expect(answer.status == 204)
      #expect(answer.body.isEmpty)
      #expect(try await platform.send(.GET, TestPlatform.version).status == 404)
    }
  }

  @Test func theNumberInTheBodyMustBeTheOneInTheAddress() async throws {
    try await TestPlatform.running { platform in
      try await platform.makeActor()
      #expect(try await platform.send(.PUT, TestPlatform.version, #"{"versionNumber":"0.0"}"#).status == 200)
      #expect(try await platform.send(.PUT, TestPlatform.version, #"{"versionNumber":"0.1"}"#).status == 400)
    }
  }

  @Test(arguments: [("latest", 200), ("v1.0_b-2", 200), ("", 400), ("a b", 400), ("t\u{E4}g", 400)])
  func aBuildTagIsAPlainWord(tag: String, status: Int) async throws {
    try await TestPlatform.running { platform in
      try await platform.makeActor()
      let answer = try await platform.send(.PUT, TestPlatform.version, "{\"buildTag\":\"\(tag)\"}")
      #expect(answer.status == status)
    }
  }
}
