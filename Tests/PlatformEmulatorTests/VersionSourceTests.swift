// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import EmulatorTesting
internal import PlatformEmulator
internal import PlatformModel
internal import Testing

@Suite struct VersionSourceTests {
  @Test(arguments: [
    (#"{"sourceType":"TARBALL"}"#, "tarballUrl is required with sourceType TARBALL"),
    (#"{"sourceType":"GIT_REPO"}"#, "gitRepoUrl is required with sourceType GIT_REPO"),
    (#"{"sourceType":"GITHUB_GIST"}"#, "gitHubGistUrl is required with sourceType GITHUB_GIST"),
    (#"{"sourceFiles":null}"#, "sourceFiles is required with sourceType SOURCE_FILES"),
    (#"{"tarballUrl":"https://x/y"}"#, "tarballUrl does not go with sourceType SOURCE_FILES"),
    (#"{"sourceType":"ZIP"}"#, "sourceType must be one of SOURCE_FILES, GIT_REPO, TARBALL, GITHUB_GIST"),
    (#"{"sourceType":"TARBALL","tarballUrl":"ftp://x"}"#, "tarballUrl must begin with http:// or https://"),
    (#"{"sourceType":"GIT_REPO","gitRepoUrl":""}"#, "gitRepoUrl must not be empty"),
    (#"{"sourceType":null}"#, "sourceType must be a string"),
  ])
  func aSourceMustFitItsKind(body: String, message: String) async throws {
    try await TestPlatform.running { platform in
      try await platform.makeActor()
      let answer = try await platform.send(.PUT, TestPlatform.version, body)
      #expect(answer.status == 400)
      #expect(try answer.errorType == "invalid-input")
      #expect(try answer.errorMessage == message)
    }
  }

  @Test(arguments: [
    ("TARBALL", "tarballUrl", "https://example.com/a.zip"),
    ("GIT_REPO", "gitRepoUrl", "git@github.com:apify/actor.git#main:dir"),
    ("GITHUB_GIST", "gitHubGistUrl", "https://gist.github.com/x/1"),
  ])
  func aVersionHasOneSource(type: String, property: String, address: String) async throws {
    try await TestPlatform.running { platform in
      try await platform.makeActor()
      let answer = try await platform.send(
        .PUT, TestPlatform.version,
        "{\"sourceType\":\"\(type)\",\"\(property)\":\"\(address)\",\"sourceFiles\":null}")
      #expect(answer.status == 200)
      let version = try answer.data
      #expect(version["sourceType"] == .string(type))
      #expect(version[property] == .string(address))
      #expect(version.names.contains("sourceFiles") == false)
      // The address stays while another property is changed, and goes with the kind.
      let tagged = try await platform.send(.PUT, TestPlatform.version, #"{"buildTag":"x"}"#)
      #expect(try tagged.data[property] == .string(address))
      let back = try await platform.send(
        .PUT, TestPlatform.version, #"{"sourceType":"SOURCE_FILES","sourceFiles":[]}"#)
      #expect(try back.data.names.contains(property) == false)
    }
  }

  @Test func filesAloneDoNotReplaceAnotherKindOfSource() async throws {
    try await TestPlatform.running { platform in
      try await platform.makeActor()
      try await platform.send(
        .PUT, TestPlatform.version, #"{"sourceType":"GIT_REPO","gitRepoUrl":"https://github.com/a/b"}"#)
      let answer = try await platform.put(files: "")
      #expect(answer.status == 400)
      #expect(try answer.errorMessage == "sourceFiles does not go with sourceType GIT_REPO")
    }
  }

  @Test func aNewVersionNeedsAKindOfSource() async throws {
    try await TestPlatform.running { platform in
      try await platform.makeActor()
      let answer = try await platform.send(
        .POST, "/v2/actors/~my-actor/versions", #"{"versionNumber":"0.1","sourceFiles":[]}"#)
      #expect(answer.status == 400)
      #expect(try answer.errorMessage == "sourceType is required")
    }
  }
}
