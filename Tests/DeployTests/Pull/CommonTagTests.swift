// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ActorProject
import EmulatorTesting
import TestSupport
import Testing

@testable import Deploy
@testable import PlatformModel

@Suite("The tag that a directory and a version last had in common", .timeLimit(.minutes(2)))
struct CommonTagTests {
  /// How both sides came to have it; a machine that forgets remembers no push.
  enum Origin: CaseIterable, Sendable {
    case push, tagOnlyPush, pull, pullOfFiles, forgottenPull, forgottenPullOfFiles
  }

  struct Row: Sendable, CustomTestStringConvertible {
    let base: String?
    let mine: String?
    let theirs: String?

    var testDescription: String { [base, mine, theirs].map { $0 ?? "-" }.joined(separator: " ") }

    /// Whose work a push would destroy: what is there is neither the base nor what is wanted.
    var isContested: Bool { mine != nil && theirs != base && theirs != mine }

    /// What a pull says of it, where actor.json has a tag.
    var change: SettingDifference.Change? {
      guard mine != nil, mine != theirs else { return nil }
      let change: SettingDifference.Change =
        theirs == base ? .changedHere : mine == base ? .changedThere : .both
      return theirs != nil ? change : change == .changedThere ? .removedThere : nil
    }
  }

  static let rows: [Row] = {
    let tags = ["a", "b", "c", nil]
    return ["a", nil].flatMap { base in
      tags.flatMap { mine in tags.map { Row(base: base, mine: mine, theirs: $0) } }
    }
  }()

  private let fixture: PushFixture

  init() throws { fixture = try PushFixture() }

  private func declare(_ tag: String?) throws {
    let field = tag.map { #", "buildTag": "\#($0)""# } ?? ""
    try fixture.project.write(
      ".actor/actor.json", #"{"actorSpecification": 1, "name": "shop", "version": "0.1"\#(field)}"#)
  }

  private func give(_ tag: String?) throws {
    let id = try fixture.platform.actor("~shop").id
    try fixture.platform.edit { state throws(PlatformError) in
      state.actors[id]?.versions[0].buildTag = tag
    }
  }

  private func agree(on base: String?, by origin: Origin) async throws {
    switch origin {
    case .push:
      try declare(base)
      try await fixture.push()
    case .tagOnlyPush:
      try declare(base)
      let old = try BuildTag("old")
      try await fixture.push { $0.target.tag = old }
      try await fixture.push()
    case .pull, .forgottenPull:
      try declare("old")
      try await fixture.push()
      try give(base)
      // A tag that was taken away is only told of.
      if base == nil { try declare(nil) }
      if origin == .forgottenPull { try fixture.forget() }
      try await fixture.pull {
        $0.writesConfiguration = true
        $0.preference = .theirs
      }
    case .pullOfFiles, .forgottenPullOfFiles:
      try declare("old")
      try await fixture.push()
      try give(base)
      try declare(base)
      if origin == .forgottenPullOfFiles { try fixture.forget() }
      try await fixture.pull()
    }
  }

  @Test("is what a push and a pull count changes from", arguments: Origin.allCases, rows)
  func table(_ origin: Origin, _ row: Row) async throws {
    // No tag is nothing that a push gives.
    if row.base == nil, [.push, .tagOnlyPush].contains(origin) { return }
    try await agree(on: row.base, by: origin)
    try give(row.theirs)
    try declare(row.mine)
    let told = try await fixture.pull { $0.isDryRun = true }
    #expect(told.settings.map(\.change) == (row.change.map { [$0] } ?? []))
    if row.isContested {
      let failure = try await failedPush { try await fixture.push() }
      guard case .conflict(let conflict, _)? = failure?.error, case .buildTag = conflict.reason else {
        Issue.record("\(String(describing: failure?.error))")
        return
      }
    } else {
      try await fixture.push()
      #expect(try fixture.platform.version("0.1", of: "~shop").buildTag == row.mine ?? row.theirs)
      // From now on that is the base, and what it was before no longer.
      for foreign in [row.base, "elsewhere"] where row.mine != nil && foreign != row.mine {
        try give(foreign)
        #expect(try await failedPush { try await fixture.push() } != nil)
      }
    }
  }

  @Test("is what was set from here since") func edited() async throws {
    try await agree(on: "a", by: .pull)
    let location = ProjectLocation(Array(fixture.project.path.utf8))
    let settings = try Project(location, fixture.context).settings(for: VersionTarget())
    var edit = VersionEdit()
    edit.buildTag = try .set(BuildTag("b"))
    _ = try await edit.run(settings, stateDirectory: Array(fixture.state.path.utf8), on: fixture.platform)
    #expect(try await fixture.pull { $0.isDryRun = true }.settings.map(\.change) == [.changedHere])
    try give("c")
    #expect(try await fixture.pull { $0.isDryRun = true }.settings.map(\.change) == [.both])
    try give("b")
    try await fixture.push()
    #expect(try fixture.platform.version("0.1", of: "~shop").buildTag == "a")
  }

  @Test("is what it was after a pull that was undone") func undone() async throws {
    try await agree(on: "a", by: .push)
    try give("b")
    try await fixture.pull { $0.writesConfiguration = true }
    let directory = Array(fixture.project.path.utf8)
    _ = try PullAbort(directory, fixture.context).run()
    try declare("c")
    #expect(try await failedPush { try await fixture.push() } != nil)
  }

  @Test("is decided for what is here by --ours, also after a pull that has written it")
  func decided() async throws {
    try await agree(on: "a", by: .push)
    try give("b")
    _ = try await fixture.pull { $0.writesConfiguration = true }
    try declare("a")
    #expect(try await failedPush { try await fixture.push() } != nil)
    _ = try await fixture.pull { $0.preference = .ours }
    try await fixture.push()
    #expect(try fixture.platform.version("0.1", of: "~shop").buildTag == "a")
  }

  @Test("is not what a pull has written into actor.json where that is as it was before") func lacking()
    async throws
  {
    try await agree(on: "a", by: .push)
    for value in ["b", "c"] {
      try give(value)
      #expect(
        try await fixture.pull { $0.writesConfiguration = true }.settings.map(\.change) == [.changedThere])
      for before in value == "b" ? ["a"] : ["a", "b"] {
        try declare(before)
        #expect(try await failedPush { try await fixture.push() } != nil)
      }
      try declare(value)
    }
    try declare("d")
    try await fixture.push()
    try declare("a")
    try await fixture.push()
    #expect(try fixture.platform.version("0.1", of: "~shop").buildTag == "a")
  }

  @Test("is what is there where mine is preferred, and no other directory's") func preferred() async throws {
    try await agree(on: "a", by: .push)
    try give("b")
    try await fixture.pull { $0.preference = .ours }
    try give("c")
    #expect(try await failedPush { try await fixture.push() } != nil)
    try give("b")
    try await fixture.push()
    #expect(try fixture.platform.version("0.1", of: "~shop").buildTag == "a")
  }
}
