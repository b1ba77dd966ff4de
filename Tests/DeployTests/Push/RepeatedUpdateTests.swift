// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import EmulatorTesting
import TestSupport
import Testing

@testable import ApifyAPI
@testable import Deploy

/// What a version is taken for that is looked at before its update is sent again.
@Suite("A version before a repeated update", .timeLimit(.minutes(1)))
struct RepeatedUpdateTests {
  /// What the version holds then.
  struct Situation: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let text: String?
    var tag: String? = "latest"
    var isForced = false
    /// nil for a conflict.
    let isUpdated: Bool?
  }

  static let situations = [
    Situation(testDescription: "is as it was", text: "1", isUpdated: false),
    Situation(testDescription: "holds the package", text: "2", isUpdated: true),
    Situation(testDescription: "holds what others sent", text: "3", isUpdated: nil),
    // The update says nothing of the tag.
    Situation(
      testDescription: "holds the package, with a tag of others", text: "2", tag: "beta", isUpdated: true),
    Situation(
      testDescription: "is as it was, with a tag of others", text: "1", tag: "beta", isUpdated: false),
    Situation(testDescription: "does not say its files", text: nil, isUpdated: nil),
    Situation(
      testDescription: "holds what others sent, but is forced", text: "3", isForced: true, isUpdated: false),
    Situation(
      testDescription: "holds the package, and is forced", text: "2", isForced: true, isUpdated: true),
  ]

  @Test("is updated, or as it was, or the work of others", arguments: situations)
  func judged(_ situation: Situation) async throws {
    let fixture = try PushFixture()
    try await fixture.push()
    try fixture.write("2")
    let plan = try #require(
      try await fixture.push {
        $0.isForced = situation.isForced
        $0.build = .never
      }.plan)
    let push = Push(
      plan.settings, platform: fixture.platform, stateDirectory: nil, spoolDirectories: [],
      cancellation: fixture.cancellation)
    let there = try await fixture.platform.version(actor: .own(name: "shop"), number: "0.1")
    let version = try #require(there).with(situation.text, tag: situation.tag)
    let now = RemoteVersion(version, root: fixture.platform.root)
    guard let wanted = situation.isUpdated else {
      #expect(throws: DeployError.self) { try push.isUpdated(now, plan) }
      return
    }
    #expect(try push.isUpdated(now, plan) == wanted)
  }
}

extension ActorVersion {
  /// The same with another text in main.js, and another tag; without its files where there is no text.
  fileprivate func with(_ text: String?, tag: String?) -> ActorVersion {
    let files = sourceFiles?.map { file in
      file.name == "main.js" ? ApifyAPI.SourceFile(name: file.name, format: .text, content: text ?? "") : file
    }
    return ActorVersion(
      versionNumber: versionNumber, sourceType: sourceType, sourceFiles: text == nil ? nil : files,
      gitRepoUrl: nil, tarballUrl: nil, gitHubGistUrl: nil, envVars: envVars, applyEnvVarsToBuild: nil,
      buildTag: tag)
  }
}
