// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ActorProject
import EmulatorTesting
import Foundation
import TestSupport
import Testing

@testable import Deploy
@testable import PlatformModel

@Suite("A tag that others have given a version's builds", .timeLimit(.minutes(1)))
struct ForeignTagTests {
  private let fixture: PushFixture

  init() throws { fixture = try PushFixture() }

  private func give(_ tag: String?) throws {
    let id = try fixture.platform.actor("~shop").id
    try fixture.platform.edit { state throws(PlatformError) in
      state.actors[id]?.versions[0].buildTag = tag
    }
  }

  private var tag: String? { try? fixture.platform.version("0.1", of: "~shop").buildTag }

  private func contested(_ edit: (inout PushRequest) -> Void) async throws -> String? {
    guard case .conflict(let conflict, _)? = try await failedPush({ try await fixture.push(edit) })?.error,
      case .buildTag(let tag) = conflict.reason
    else {
      Issue.record("no conflict of the tag")
      return nil
    }
    return tag ?? "none"
  }

  @Test(
    "is a conflict for a machine that remembers nothing", arguments: ["beta", nil],
    [SourceChoice.files, .zip])
  func withoutMemory(_ foreign: String?, _ form: SourceChoice) async throws {
    try await fixture.push { $0.form = form }
    try give(foreign)
    try fixture.forget()
    #expect(try await contested { $0.form = form } == foreign ?? "none")
    #expect(tag == foreign)
    let (live, asked) = (try BuildTag("live"), try BuildTag("asked"))
    // A map gives the tag as actor.json does.
    let found = try await contested {
      $0.form = form
      $0.target.tag = live
      $0.target.hasConfiguredTag = true
    }
    #expect(found == foreign ?? "none")
    // Asked for with the push, or by force, it is meant.
    try await fixture.push {
      $0.form = form
      $0.target.tag = asked
    }
    #expect(tag == "asked")
    try give(foreign)
    try fixture.forget()
    try await fixture.push {
      $0.form = form
      $0.isForced = true
    }
    #expect(tag == "latest")
  }

  @Test("is kept as the advice says, where the tag is from actor.json and where it is not")
  func advice() async throws {
    func help(_ tag: BuildTag?) async throws -> String? {
      let failure = try await failedPush {
        try await fixture.push {
          $0.target.tag = tag
          $0.target.hasConfiguredTag = true
        }
      }
      return failure.flatMap { Diagnosis($0.error).help }
    }
    try await fixture.push()
    try give("beta")
    try fixture.forget()
    #expect(try await help(nil)?.hasPrefix("actorpush pull --write-config takes the new value") == true)
    let live = try BuildTag("live")
    #expect(
      try await help(live)
        == "keep it with --tag beta or in the deploy map, or push --tag live --force to overwrite it")
    try give(nil)
    #expect(try await help(live) == "push --tag live --force to overwrite it")
  }

  @Test("is overwritten where no package says what tag it was given, and the plan tells it")
  func nothingKnown() async throws {
    try await fixture.push { $0.provenance = .never }
    try give("beta")
    try fixture.forget()
    let outcome = try await fixture.push()
    #expect(tag == "latest" && outcome.plan?.tagChange?.before == "beta")
  }

  @Test(
    "is none where a push without other files has given it, from anywhere",
    arguments: [SourceChoice.files, .zip])
  func taggedAlone(_ form: SourceChoice) async throws {
    try await fixture.push { $0.form = form }
    try fixture.forget()
    let nightly = try BuildTag("nightly")
    let calls = try await fixture.calls {
      try await fixture.push {
        $0.form = form
        $0.target.tag = nightly
      }
    }
    // The package is not sent again: a record says the tag, another one what the build was started with.
    #expect(calls.count { $0 == .putRecord } == 2)
    try fixture.forget()
    try await fixture.push { $0.form = form }
    #expect(tag == "latest")
    // A push that leaves the tag keeps what is known of it.
    try await fixture.push {
      $0.form = form
      $0.isForced = true
    }
    try give("beta")
    try fixture.forget()
    #expect(try await contested { $0.form = form } == "beta")
  }

  @Test("is foreign where a push has given another one since, and none of its files says so")
  func newerRecord() async throws {
    let candidate = try BuildTag("rc1")
    try await fixture.push { $0.target.tag = candidate }
    try fixture.forget()
    try await fixture.push()
    #expect(tag == "latest")
    try give("rc1")
    try fixture.forget()
    #expect(try await contested { _ in } == "rc1")
  }

  @Test("is foreign again where the record of it is of other files") func staleRecord() async throws {
    let nightly = try BuildTag("nightly")
    try await fixture.push()
    try await fixture.push { $0.target.tag = nightly }
    try fixture.project.write("other", "1")
    try await fixture.push { $0.isForced = true }
    #expect(tag == "latest")
    try give("nightly")
    try fixture.forget()
    #expect(try await contested { _ in } == "nightly")
  }

  @Test("is ours where a commit that led here has given it elsewhere", arguments: [true, false])
  func givenByCommit(isCommitted: Bool) async throws {
    if isCommitted {
      try await git(["init", "-q", "-b", "main"], in: fixture.project.path)
      try await git(["add", "-A"], in: fixture.project.path)
      try await git(["commit", "-q", "-m", "x"], in: fixture.project.path)
    }
    try await fixture.push()
    let kept = try TemporaryFolder()
    for name in try FileManager.default.contentsOfDirectory(atPath: fixture.state.path) {
      try FileManager.default.moveItem(atPath: fixture.state(name), toPath: kept(name))
    }
    let live = try BuildTag("live")
    try await fixture.push { $0.target.tag = live }
    try fixture.forget()
    for name in try FileManager.default.contentsOfDirectory(atPath: kept.path) {
      try FileManager.default.moveItem(atPath: kept(name), toPath: fixture.state(name))
    }
    if isCommitted {
      try await fixture.push()
      #expect(tag == "latest")
    } else {
      #expect(try await contested { _ in } == "live")
    }
  }
}
