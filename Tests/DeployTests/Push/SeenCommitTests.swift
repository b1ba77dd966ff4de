// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import TestSupport
import Testing

@testable import Deploy

@Suite("What a colleague has pushed, and was seen to be here", .timeLimit(.minutes(2)))
struct SeenCommitTests {
  private let fixture: PushFixture
  private let colleague: TemporaryFolder

  init() async throws {
    (fixture, colleague) = (try PushFixture(), try TemporaryFolder())
    try await fixture.push()
  }

  private func git(_ arguments: String...) async throws {
    try await TestSupport.git(arguments, in: fixture.project.path)
  }

  private func commit(_ name: String, _ text: String) async throws {
    try fixture.project.write(name, text)
    try await git("add", "-A")
    try await git("commit", "-qm", "x")
  }

  /// The branch `feature` is checked out, which the colleague's commit, seen on `main`, is not in.
  private func leave() async throws {
    try await git("init", "-q", "-b", "main")
    try await commit("main.js", "1")
    try await git("branch", "feature")
    try await commit("theirs.js", "theirs")
    try await fixture.push(from: colleague)
    #expect(try await fixture.push().plan?.sendsSource == false)
    try await git("checkout", "-q", "feature")
    try await commit("mine.js", "mine")
  }

  @Test("is in the way of a branch that does not have it, and is merged into it") func otherBranch()
    async throws
  {
    try await leave()
    for isCommit in [false, true] {
      let failure = try await failedPush {
        try await fixture.push { if isCommit { $0.location.revision = "HEAD" } }
      }
      guard case .conflict(let conflict, _)? = failure?.error, case .otherHistory = conflict.reason else {
        Issue.record("\(String(describing: failure?.error))")
        return
      }
    }
    let outcome = try await fixture.pull()
    #expect(outcome.conflicts.isEmpty && outcome.files.map(\.change) == [.added])
    #expect(fixture.tree["theirs.js"] == "theirs" && fixture.tree["mine.js"] == "mine")
    try await fixture.push()
  }

  @Test("is not in the way once the branch has it, nor after a push of one's own") func sameBranch()
    async throws
  {
    try await leave()
    try await git("merge", "-q", "-m", "x", "main")
    try await fixture.push()
    // From here on the version is what was pushed from here, whatever the branch.
    try await git("checkout", "-q", "main")
    try await fixture.push()
  }

  @Test("is in the way also after a pull that had nothing to bring", arguments: [false, true])
  func pulled(_ isPushed: Bool) async throws {
    try await git("init", "-q", "-b", "main")
    try await commit("main.js", "1")
    try await git("branch", "feature")
    try await commit("theirs.js", "theirs")
    try await fixture.push(from: colleague)
    if isPushed { try await fixture.push() }
    #expect(try await fixture.pull().files.isEmpty)
    try await git("checkout", "-q", "feature")
    try await commit("mine.js", "mine")
    #expect(try await failedPush { try await fixture.push() } != nil)
  }

  @Test(
    "is not what was pulled here, or pushed from here: a commit of that may be amended",
    arguments: [false, true])
  func amended(_ isPulled: Bool) async throws {
    try await git("init", "-q", "-b", "main")
    try await commit("main.js", "1")
    if isPulled {
      try fixture.editElsewhere("2")
      _ = try await fixture.pull()
    } else {
      try fixture.write("2")
      try await fixture.push { $0.build = .never }
      #expect(try await fixture.pull().files.isEmpty)
    }
    try await git("commit", "-qam", "x")
    #expect(try await fixture.push().plan?.sendsSource == false)
    try fixture.write("3")
    try await git("commit", "-q", "--amend", "-am", "y")
    try await fixture.push()
    #expect(fixture.pushed == "3")
  }

  @Test("is in the way in a clone that was made anew, and does not have the commit") func clonedAnew()
    async throws
  {
    try await leave()
    try await git("branch", "-q", "-D", "main")
    try await git("reflog", "expire", "--expire=now", "--all")
    try await git("gc", "-q", "--prune=now")
    #expect(try await failedPush { try await fixture.push() } != nil)
  }

  @Test("counts for all where there are no commits") func noCommits() async throws {
    try fixture.write("theirs")
    try await fixture.push(from: colleague) { $0.isForced = true }
    #expect(try await fixture.push().plan?.sendsSource == false)
    try fixture.write("mine")
    try await fixture.push()
    #expect(fixture.pushed == "mine")
  }
}
