// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import EmulatorTesting
import PlatformModel
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
    Situation(
      testDescription: "holds the package, with a tag of others", text: "2", tag: "beta", isUpdated: nil),
    Situation(testDescription: "is as it was, with a tag of others", text: "1", tag: "beta", isUpdated: nil),
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
      plan.settings, platform: fixture.platform, stateDirectory: nil, cancellation: fixture.cancellation)
    let own = try fixture.platform.version("0.1", of: "~shop").files ?? []
    var files = [String: String]()
    for file in own {
      if case .file(_, let content) = file.kind { files[file.name] = content }
    }
    files["main.js"] = situation.text
    var version = ActorVersion.files(files, tag: situation.tag)
    if situation.text == nil { version = .unnamed(tag: situation.tag) }
    let now = RemoteVersion(version, root: fixture.platform.root)
    guard let wanted = situation.isUpdated else {
      #expect(throws: DeployError.self) { try push.isUpdated(now, plan) }
      return
    }
    #expect(try push.isUpdated(now, plan) == wanted)
  }
}

extension ActorVersion {
  /// Version 0.1 with inline files that the answer leaves out.
  fileprivate static func unnamed(tag: String?) -> ActorVersion {
    ActorVersion(
      versionNumber: "0.1", sourceType: .sourceFiles, sourceFiles: nil, gitRepoUrl: nil, tarballUrl: nil,
      gitHubGistUrl: nil, envVars: [], applyEnvVarsToBuild: nil, buildTag: tag)
  }
}
