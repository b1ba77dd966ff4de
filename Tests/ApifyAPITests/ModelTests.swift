// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import FoundationEssentials
internal import Testing

@Suite("Models")
struct ModelTests {
  func decode<Model: Decodable>(_ type: Model.Type, _ text: String) throws -> Model {
    try JSONDecoder().decode(type, from: Data(text.utf8))
  }

  func encode(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  @Test("an Actor needs an id and a name, and nothing else")
  func smallestActor() throws {
    let actor = try decode(ApifyActor.self, #"{"id":"a","name":"n"}"#)
    #expect(actor.versions.isEmpty && actor.taggedBuilds.isEmpty && actor.title == nil)
    #expect(throws: DecodingError.self) { try decode(ApifyActor.self, #"{"name":"n"}"#) }
  }

  @Test("an Actor as the platform sends it")
  func actor() throws {
    let actor = try decode(
      ApifyActor.self,
      #"""
      {"id":"a","userId":"u","name":"n","username":"anna","title":"T","description":null,"isPublic":false,
       "modifiedAt":"2026-01-01T00:00:00.000Z","stats":{"totalRuns":1},
       "versions":[{"versionNumber":"0.1","buildTag":"latest","sourceType":"SOURCE_FILES","envVars":[]},
                   {"versionNumber":"1.0","sourceType":"NEW_KIND","buildTag":null}],
       "taggedBuilds":{"latest":{"buildId":"b","buildNumber":"0.1.7","finishedAt":"x"},"beta":null},
       "defaultRunOptions":{"build":"latest","timeoutSecs":3600,"memoryMbytes":2048,"maxItems":null},
       "actorStandby":{"isEnabled":true,"idleTimeoutSecs":300}}
      """#)
    #expect(actor.userID == "u" && actor.username == "anna" && actor.title == "T")
    #expect(actor.versions.map(\.versionNumber) == ["0.1", "1.0"])
    #expect(actor.versions.map(\.sourceType) == [.sourceFiles, SourceType(rawValue: "NEW_KIND")])
    #expect(actor.taggedBuilds.mapValues(\.buildNumber) == ["latest": "0.1.7"])
    #expect(
      actor.defaultRunOptions == DefaultRunOptions(build: "latest", timeoutSecs: 3600, memoryMbytes: 2048))
    #expect(actor.isStandbyEnabled == true)
  }

  @Test(
    "surprises in what nothing depends on don't matter",
    arguments: [
      #""title":5"#, #""taggedBuilds":[]"#, #""defaultRunOptions":"none""#, #""actorStandby":true"#,
      #""username":{}"#,
    ])
  func lenient(_ field: String) throws {
    #expect(try decode(ApifyActor.self, #"{"id":"a","name":"n",\#(field)}"#).id == "a")
  }

  @Test("a version as the platform sends it")
  func version() throws {
    let version = try decode(
      ActorVersion.self,
      #"""
      {"versionNumber":"0.1","sourceType":"SOURCE_FILES","buildTag":"latest","applyEnvVarsToBuild":false,"new":1,
       "envVars":[{"name":"A","value":"1"},{"name":"S","isSecret":true}],
       "sourceFiles":[{"name":"src","folder":true},{"name":"src/a","format":"TEXT","content":"é"},
                      {"name":"b","format":"LATER","content":""}]}
      """#)
    let files = try #require(version.sourceFiles)
    #expect(files.map(\.name) == ["src", "src/a", "b"] && files.map(\.isFolder) == [true, false, false])
    #expect(files.map(\.format) == [nil, .text, SourceFile.Format(rawValue: "LATER")])
    #expect(version.envVars?.map(\.value) == ["1", nil])
  }

  @Test(
    "source that cannot be understood is an error, not an empty version",
    arguments: [
      #"{"versionNumber":"0.1","sourceFiles":{}}"#,
      #"{"versionNumber":"0.1","sourceFiles":[{"content":""}]}"#,
      #"{"sourceFiles":[]}"#,
    ])
  func strict(_ text: String) {
    #expect(throws: DecodingError.self) { try decode(ActorVersion.self, text) }
  }

  @Test("an update holds what was set and nothing else")
  func update() throws {
    var update = VersionUpdate()
    #expect(try encode(update) == "{}")
    update.buildTag = "beta"
    update.sourceFiles = [
      SourceFile(folder: "src"), SourceFile(name: "src/a", format: .text, content: "x/y"),
    ]
    #expect(
      try encode(update)
        == #"{"buildTag":"beta","sourceFiles":[{"folder":true,"name":"src"},{"content":"x/y","format":"TEXT","name":"src/a"}]}"#
    )
  }

  @Test("a new Actor is what the official CLI makes")
  func newActor() throws {
    let actor = NewActor(name: "n", title: "T", versions: [.init(versionNumber: "0.1", buildTag: "latest")])
    #expect(
      try encode(actor)
        == #"{"defaultRunOptions":{"build":"latest","memoryMbytes":4096,"timeoutSecs":3600},"name":"n","title":"T","#
        + #""versions":[{"buildTag":"latest","sourceFiles":[],"sourceType":"SOURCE_FILES","versionNumber":"0.1"}]}"#
    )
  }

  @Test("a secret variable's value isn't printed")
  func secrets() {
    let secret = EnvironmentVariable(name: "KEY", value: "hunter2", isSecret: true)
    var text = "\(secret) \(String(reflecting: secret)) \([secret])"
    dump(secret, to: &text)
    #expect(!text.contains("hunter2") && text.contains("KEY"))
  }
}
