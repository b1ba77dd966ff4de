// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ActorProject
import ApifyAPI
import EmulatorTesting
import PlatformModel
import TestSupport
import Testing

@testable import Deploy

/// A version whose source is a zip of another program, as the official client makes one of a large project:
/// no manifest lies beside it.
@Suite("A zip that another program has put there", .timeLimit(.minutes(2)))
struct ForeignZipTests {
  private let fixture: PushFixture

  init() async throws {
    fixture = try PushFixture()
    try await fixture.push()
  }

  /// Makes a zip of the project's files, with `text` in main.js, the source of the version.
  private func setZip(_ text: String, hasFolders: Bool = true) async throws {
    let folder = try TemporaryFolder()
    try folder.write(".actor/actor.json", try #require(fixture.tree[".actor/actor.json"]))
    try folder.write("main.js", text)
    let output = try await shell("zip", ["-q", hasFolders ? "-r" : "-rD", "-", "."], in: folder.path)
    try await fixture.setZip(output.bytes)
  }

  @Test("is pulled, and replaced then without force", arguments: [SourceChoice.files, .zip])
  func pulled(_ form: SourceChoice) async throws {
    try await setZip("theirs")
    #expect(try await failedPush { try await fixture.push() } != nil)
    _ = try await fixture.pull()
    #expect(fixture.pushed == nil && fixture.tree["main.js"] == "theirs")
    try fixture.write("mine")
    try await fixture.push { $0.form = form }
    if case .tarball = try fixture.platform.version("0.1", of: "~shop").source {
      #expect(form == .zip)
    } else {
      #expect(form == .files && fixture.pushed == "mine")
    }
  }

  @Test("is a conflict where it was replaced since, also during the push") func replaced() async throws {
    try await setZip("theirs")
    _ = try await fixture.pull()
    try fixture.write("mine")
    try await setZip("theirs again")
    #expect(try await failedPush { try await fixture.push() } != nil)
    _ = try await fixture.pull { $0.preference = .ours }
    try await fixture.push()
  }

  @Test("is none where a commit has its files", arguments: [false, true])
  func committed(_ hasFolders: Bool) async throws {
    try await git(["init", "-q"], in: fixture.project.path)
    try fixture.write("committed")
    try await git(["add", "-A"], in: fixture.project.path)
    try await git(["commit", "-q", "-m", "x"], in: fixture.project.path)
    try await setZip("committed", hasFolders: hasFolders)
    try fixture.write("mine")
    try await fixture.push()
    #expect(fixture.pushed == "mine")
  }

  @Test("that cannot be read is a conflict") func unreadable() async throws {
    try await fixture.setZip(Array("no zip".utf8))
    let failure = try await failedPush { try await fixture.push() }
    guard case .conflict? = failure?.error else {
      Issue.record("\(String(describing: failure))")
      return
    }
  }
}
