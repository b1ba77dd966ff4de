// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import FoundationEssentials
import SystemIO
import TestSupport
import Testing

@testable import Deploy

/// Nothing is built and nothing is committed here: what a pull has brought is nowhere else.
@Suite("What a pull has brought", .timeLimit(.minutes(2)))
struct PulledTextsTests {
  private let fixture: PushFixture

  init() async throws {
    fixture = try PushFixture()
    try fixture.write(Self.text())
    try await fixture.push { $0.build = .never }
  }

  private static func text(_ edits: [Int: String] = [:]) -> String {
    (1...20).map { (edits[$0] ?? "line \($0)") + "\n" }.joined()
  }

  private var main: String? { fixture.tree["main.js"] }

  /// A pull of one edit in Console, an edit here, and one more in Console.
  private func edit(_ second: Int) async throws {
    try fixture.editElsewhere(Self.text([10: "theirs"]))
    _ = try await fixture.pull()
    try fixture.write(Self.text([10: "theirs", 2: "mine"]))
    try fixture.editElsewhere(Self.text([10: "theirs", second: "again"]))
  }

  @Test("is what the next one merges from", arguments: PullRequest.Preference.allCases)
  func merged(_ preference: PullRequest.Preference) async throws {
    try await edit(18)
    let outcome = try await fixture.pull { $0.preference = preference }
    #expect(outcome.conflicts.isEmpty && outcome.notes.isEmpty)
    #expect(main == Self.text([10: "theirs", 2: "mine", 18: "again"]))
  }

  @Test("is kept where a pull is undone, and gone with a push") func kept() async throws {
    try await edit(18)
    _ = try await fixture.pull()
    _ = try PullAbort(Array(fixture.project.path.utf8), fixture.context).run()
    #expect(main == Self.text([10: "theirs", 2: "mine"]))
    _ = try await fixture.pull()
    #expect(main == Self.text([10: "theirs", 2: "mine", 18: "again"]))
    func count() throws -> Int {
      try FileManager.default.subpathsOfDirectory(atPath: fixture.state.path).count { $0.contains(".texts/") }
    }
    #expect(try count() == 2)
    try await fixture.push { $0.build = .never }
    #expect(try count() == 0)
  }

  @Test("is believed by its digest alone", arguments: PullRequest.Preference.allCases)
  func damaged(_ preference: PullRequest.Preference) async throws {
    try await edit(18)
    for name in try FileManager.default.subpathsOfDirectory(atPath: fixture.state.path)
    where name.contains(".texts/") {
      try OutputFile.write(Array("damaged".utf8), to: Array(fixture.state(name).utf8), mode: 0o600)
    }
    let outcome = try await fixture.pull { $0.preference = preference }
    let path = Array("main.js".utf8)
    switch preference {
    case .none: #expect(outcome.conflicts.map(\.reason) == [.noBase])
    case .ours:
      #expect(outcome.notes == [.overruled([path])] && main == Self.text([10: "theirs", 2: "mine"]))
    case .theirs:
      #expect(outcome.notes == [.replaced([path])] && main == Self.text([10: "theirs", 18: "again"]))
    }
  }

  @Test("is in conflict in the same lines alone") func conflict() async throws {
    try await edit(2)
    let outcome = try await fixture.pull()
    #expect(outcome.conflicts.map(\.reason) == [.lines])
    #expect(main?.contains("line 2\n") == true && main?.contains("again\n") == true)
  }
}
