// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ApifyAPI
import EmulatorTesting
import PlatformModel
import SourcePackage
import SystemIO
import TestSupport
import Testing

@testable import Deploy

/// From what a pull counts the changes of both sides where the version has come from this directory in
/// another way than by a push of its files.
@Suite("A pull after", .timeLimit(.minutes(2)))
struct PullBaseTests {
  private let fixture: PushFixture

  /// A repository whose first commit was pushed from the work tree, and that has a second one, "2".
  init() async throws {
    fixture = try PushFixture()
    try await git(["init", "-q"], in: fixture.project.path)
    try await commit()
    try await fixture.push()
    try fixture.write("2")
    try await commit()
  }

  private func commit() async throws {
    try await git(["add", "-A"], in: fixture.project.path)
    try await git(["commit", "-qm", "x"], in: fixture.project.path)
  }

  private func push(_ revision: String) async throws {
    try await fixture.push { $0.location.revision = revision }
  }

  @Test("a push of the last commit keeps what was changed here since", arguments: ["1", "3"])
  func lastCommit(_ text: String) async throws {
    try await push("HEAD")
    #expect(fixture.pushed == "2")
    try fixture.write(text)
    #expect(try await fixture.pull().isUpToDate)
    #expect(fixture.tree["main.js"] == text)
  }

  @Test("a push of an older commit keeps what was pushed before it")
  func olderCommit() async throws {
    try fixture.write("3")
    try await fixture.push()
    try await push("HEAD~1")
    #expect(fixture.pushed == "1")
    #expect(try await fixture.pull().isUpToDate)
    #expect(fixture.tree["main.js"] == "3")
  }

  @Test("a push of a commit takes what others have changed since, and only that")
  func editedSince() async throws {
    try await push("HEAD")
    try fixture.setFiles([
      (".actor/actor.json", fixture.tree[".actor/actor.json"] ?? ""), ("main.js", "2"), ("there", "new"),
    ])
    try fixture.write("1")
    #expect(try await fixture.pull().files.map(\.path) == [Array("there".utf8)])
    #expect(fixture.tree["main.js"] == "1" && fixture.tree["there"] == "new")
  }

  @Test("a push whose answer was lost keeps what was changed here since")
  func lostAnswer() async throws {
    let prepared = try await fixture.push { $0.isDryRun = true }
    let digest = try #require(prepared.package?.manifest.digest)
    let memory = VersionMemory(directory: Array(fixture.state.path.utf8))
    let key = VersionMemory.Key(
      root: fixture.platform.root.description, actorID: try fixture.platform.actor("~shop").id,
      version: "0.1")
    var version = try #require(memory.recall(key))
    version.noteAttempt(digest)
    try memory.keep(version, for: key)
    try fixture.editElsewhere("2")
    try fixture.write("1")
    #expect(try await fixture.pull().isUpToDate)
    #expect(fixture.tree["main.js"] == "1")
  }

  @Test("a push of a commit that a colleague has made, and that is here, keeps what was changed since")
  func colleague() async throws {
    let state = try TemporaryFolder()
    let context = OperationContext(
      variables: fixture.context.variables, home: nil, stateDirectory: Array(state.path.utf8),
      spoolDirectories: [Array(state.path.utf8)], cancellation: CancellationFlag())
    var request = PushRequest(ProjectLocation(Array(fixture.project.path.utf8)), tool: "test")
    request.location.revision = "HEAD"
    let chosen = request
    let theirs = try await Threads.run { () throws(DeployError) in
      try PushOperation(chosen, context, events: { _ in })
    }
    _ = try await theirs.run(on: fixture.platform) { _ in }
    #expect(fixture.pushed == "2")
    try fixture.write("1")
    #expect(try await fixture.pull().isUpToDate)
    #expect(fixture.tree["main.js"] == "1")
  }
}
