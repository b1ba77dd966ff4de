// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ActorProject
import EmulatorTesting
import TestSupport
import Testing

@testable import Deploy
@testable import PlatformModel

@Suite("The variables that a directory and a version last had in common", .timeLimit(.minutes(2)))
struct CommonVariablesTests {
  /// How both sides came to have "a"; a machine that forgets remembers no push.
  enum Origin: CaseIterable, Sendable {
    case push, pull, forgottenPull, pullOfFiles, pullTwice
  }

  struct Row: Sendable, CustomTestStringConvertible {
    let mine: String
    let theirs: String

    var testDescription: String { "a \(mine) \(theirs)" }

    /// Whose work a push would destroy: what is there is neither the base nor what is wanted.
    var isContested: Bool { theirs != "a" && theirs != mine }

    /// What a pull says of it.
    var change: SettingDifference.Change? {
      mine == theirs ? nil : theirs == "a" ? .changedHere : mine == "a" ? .changedThere : .both
    }
  }

  static let rows = ["a", "b", "c"].flatMap { mine in
    ["a", "b", "c"].map { Row(mine: mine, theirs: $0) }
  }

  private let fixture: PushFixture

  init() throws { fixture = try PushFixture() }

  private func declare(_ value: String) throws {
    try fixture.project.write(
      ".actor/actor.json",
      #"{"actorSpecification": 1, "name": "shop", "version": "0.1", "environmentVariables": {"A": "\#(value)"}}"#
    )
  }

  private func give(_ value: String) throws {
    let id = try fixture.platform.actor("~shop").id
    try fixture.platform.edit { state throws(PlatformError) in
      state.actors[id]?.versions[0].envVars = [.init(name: "A", value: value)]
    }
  }

  private var given: String? {
    get throws { try fixture.platform.version("0.1", of: "~shop").envVars.first { $0.name == "A" }?.value }
  }

  private func agree(by origin: Origin) async throws {
    switch origin {
    case .push:
      try declare("a")
      try await fixture.push()
    case .pull, .forgottenPull, .pullTwice:
      try declare("old")
      try await fixture.push()
      try give("a")
      if origin == .forgottenPull { try fixture.forget() }
      try await fixture.pull {
        $0.writesConfiguration = true
        $0.preference = .theirs
      }
      if origin == .pullTwice {
        // What was in common stays so while it is edited here.
        try declare("b")
        try await fixture.pull()
      }
    case .pullOfFiles:
      try declare("old")
      try await fixture.push()
      try give("a")
      try declare("a")
      try await fixture.pull()
    }
  }

  @Test("are what a push and a pull count changes from", arguments: Origin.allCases, rows)
  func table(_ origin: Origin, _ row: Row) async throws {
    try await agree(by: origin)
    try give(row.theirs)
    try declare(row.mine)
    let told = try await fixture.pull { $0.isDryRun = true }
    // A push remembers what it gave, and a machine that has forgotten it knows what was pulled alone.
    let isKnown = origin == .push || row.mine != "a" || row.theirs != "a"
    if isKnown { #expect(told.settings.map(\.change) == (row.change.map { [$0] } ?? [])) }
    if row.isContested {
      let failure = try await failedPush { try await fixture.push() }
      guard case .conflict(let conflict, _)? = failure?.error, case .variables(["A"], _) = conflict.reason
      else {
        Issue.record("\(String(describing: failure?.error))")
        return
      }
      #expect(try given == row.theirs)
    } else {
      try await fixture.push()
      #expect(try given == row.mine)
      // From now on that is the base, and what it was before no longer.
      for foreign in ["a", "elsewhere"] where foreign != row.mine {
        try give(foreign)
        #expect(try await failedPush { try await fixture.push() } != nil)
      }
    }
  }

  @Test("are not what was there before it was set from here") func edited() async throws {
    try await agree(by: .pull)
    let location = ProjectLocation(Array(fixture.project.path.utf8))
    let settings = try Project(location, fixture.context).settings(for: VersionTarget())
    var edit = VersionEdit()
    edit.variables = [.init(try VariableName("A"), try VariableValue("b"), isSecret: false)]
    _ = try await edit.run(settings, stateDirectory: Array(fixture.state.path.utf8), on: fixture.platform)
    try declare("c")
    try give("a")
    #expect(try await failedPush { try await fixture.push() } != nil)
    try give("b")
    try await fixture.push()
    #expect(try given == "c")
  }

  @Test("are what they were after a pull that was undone") func undone() async throws {
    try await agree(by: .push)
    try give("b")
    try await fixture.pull { $0.writesConfiguration = true }
    let directory = Array(fixture.project.path.utf8)
    _ = try PullAbort(directory, fixture.context).run()
    try declare("c")
    #expect(try await failedPush { try await fixture.push() } != nil)
  }

  @Test("are decided for what is here by --ours, also after a pull that has written them")
  func decided() async throws {
    try declare("a")
    try await fixture.push()
    try give("b")
    _ = try await fixture.pull { $0.writesConfiguration = true }
    try declare("a")
    #expect(try await failedPush { try await fixture.push() } != nil)
    _ = try await fixture.pull { $0.preference = .ours }
    try await fixture.push()
    #expect(try given == "a")
  }

  @Test("are not what a pull has written into actor.json where that is as it was before") func lacking()
    async throws
  {
    try declare("old")
    try await fixture.push()
    for value in ["a", "b"] {
      try give(value)
      #expect(
        try await fixture.pull { $0.writesConfiguration = true }.settings.map(\.change) == [.changedThere])
      // A stash, another branch, or a commit without it.
      for before in value == "a" ? ["old"] : ["old", "a"] {
        try declare(before)
        #expect(try await failedPush { try await fixture.push() } != nil)
        let again = try await fixture.pull { $0.isDryRun = true }
        #expect(again.settings.map(\.change) == [.changedThere])
      }
      try declare(value)
    }
    // What none had before is meant.
    try declare("c")
    try await fixture.push()
    try declare("old")
    try await fixture.push()
    #expect(try given == "old")
  }

  @Test("are no secrets, and none that a pull has left out") func others() async throws {
    try declare("old")
    try await fixture.push()
    try give("a")
    // Not written: actor.json goes on saying "old".
    try await fixture.pull()
    #expect(try await failedPush { try await fixture.push() } != nil)
  }
}
