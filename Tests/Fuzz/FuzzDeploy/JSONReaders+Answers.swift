// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import FuzzDriver

@testable import ApifyAPI

extension Reader {
  private static let secret = "apify_api_secret"

  /// What the platform answers.
  static func answers() throws -> [Reader] {
    let token = try APIToken(secret)
    let version = #"""
      {"versionNumber": "0.1", "sourceType": "SOURCE_FILES", "buildTag": "latest", "applyEnvVarsToBuild": false,
      "envVars": [{"name": "A", "value": "b"}, {"name": "S", "isSecret": true}],
      "sourceFiles": [{"name": "a/b", "format": "TEXT", "content": "x"}, {"name": "a", "folder": true}]}
      """#
    let build = #"""
      {"id": "b1", "actId": "a1", "status": "SUCCEEDED", "buildNumber": "0.1.7",
      "startedAt": "2024-05-01T12:34:56.789Z", "finishedAt": null, "actVersion": \#(version)}
      """#
    return [
      answer(Build.self, build, token), answer(Page<Build>.self, "{\"items\": [\(build)]}", token),
      answer(
        ApifyActor.self,
        #"""
        {"id": "a1", "name": "n", "username": "u", "versions": [\#(version)],
        "taggedBuilds": {"latest": {"buildId": "b1", "buildNumber": "0.1.7", "finishedAt": null}, "x": null},
        "defaultRunOptions": {"build": "latest", "timeoutSecs": 3600, "memoryMbytes": 4096},
        "actorStandby": {"isEnabled": true}}
        """#, token),
      answer(Page<ActorSummary>.self, #"{"items": [{"id": "a", "name": "n", "username": "u"}]}"#, token),
      answer(User.self, #"{"id": "u1", "username": "u", "organizationOwnerUserId": null}"#, token),
      answer(Run.self, #"{"id": "r", "status": "FAILED", "exitCode": 91, "buildId": "b"}"#, token),
      answer(KeyValueStore.self, #"{"id": "k", "urlSigningSecretKey": "x"}"#, token),
      answer(
        RecordKeyPage.self, #"{"items": [{"key": "k"}], "isTruncated": true, "nextExclusiveStartKey": "k"}"#,
        token),
      Reader(name: "ActorVersion", seeds: ["{\"data\": \(version)}"]) { try update($0, token) },
      refusal(token),
      again(SourceFile.self, #"{"name": "a", "format": "BASE64", "content": "eA=="}"#, #"{"name": "a"}"#),
      again(ApifyAPI.EnvironmentVariable.self, #"{"name": "a", "value": "v", "isSecret": false}"#),
      again(DefaultRunOptions.self, #"{"build": "x", "timeoutSecs": 60, "memoryMbytes": 128}"#),
      again(BuildStatus.self, "\"READY\""),
    ]
  }

  /// A model in its envelope; why it is none is said in a line without the token.
  private static func answer<Value: Decodable>(
    _ type: Value.Type, _ seed: String, _ token: APIToken
  ) -> Reader {
    Reader(name: "\(type)", seeds: ["{\"data\": \(seed)}"]) { text in
      do { _ = try Envelope<Value>.decode(text) } catch {
        check(ResponseFacts.Verdict(error, body: text, Redaction(token)))
      }
    }
  }

  private static func check(_ verdict: ResponseFacts.Verdict) {
    switch verdict {
    case .decoded: finding("an error that is none")
    case .garbled(let reason), .unexpected(let reason): check(reason, limit: 300)
    case .refused(let type, let message):
      check(type.rawValue, limit: 110)
      check(message, limit: 2010)
    }
  }

  private static func check(_ text: String, limit: Int) {
    let bytes = Array(text.utf8)
    require(text.unicodeScalars.count <= limit, "a message of \(bytes.count) bytes: \(bytes.shown)")
    require(!text.unicodeScalars.contains { $0 == "\n" || $0 == "\r" }, "not one line: \(bytes.shown)")
    let secret = Array(secret.utf8)
    let shows = bytes.indices.contains { bytes[$0...].starts(with: secret) }
    require(!shows, "the token is shown: \(bytes.shown)")
  }

  /// A version as it is read, sent, and read again.
  private static func update(_ text: [UInt8], _ token: APIToken) throws {
    let version: ActorVersion
    do { version = try Envelope<ActorVersion>.decode(text) } catch {
      check(ResponseFacts.Verdict(error, body: text, Redaction(token)))
      return
    }
    let sent = try encode(body(version))
    guard let again = decode(ActorVersion.self, sent) else { finding("\(sent.shown) is not read again") }
    let second = try encode(body(again))
    require(second == sent, "\(sent.shown) is sent again as \(second.shown)")
  }

  private static func body(_ version: ActorVersion) -> VersionUpdate {
    var update = VersionUpdate(versionNumber: version.versionNumber)
    (update.sourceType, update.sourceFiles) = (version.sourceType, version.sourceFiles)
    (update.gitRepoUrl, update.tarballUrl) = (version.gitRepoUrl, version.tarballUrl)
    (update.gitHubGistUrl, update.envVars) = (version.gitHubGistUrl, version.envVars)
    (update.applyEnvVarsToBuild, update.buildTag) = (version.applyEnvVarsToBuild, version.buildTag)
    return update
  }

  /// The body of an answer that is an error.
  private static func refusal(_ token: APIToken) -> Reader {
    let seeds = [
      #"{"error": {"type": "record-not-found", "message": "Actor \#(secret) was not found"}}"#,
      "<html><style>a</style><h1>502</h1></html>", #"{"error": {"type": "x""#, #"{"error": {"type": 1}}"#,
    ]
    return Reader(name: "ErrorBody", seeds: seeds) { text in check(ErrorBody(text, token: token).verdict) }
  }
}
