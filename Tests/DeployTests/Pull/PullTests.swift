// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ActorProject
import ApifyAPI
import EmulatorTesting
import PlatformModel
import SystemIO
import TestSupport
import Testing
import TreeMerge

@testable import Deploy

@Suite("A pull", .timeLimit(.minutes(2)))
struct PullTests {
  private static let lines = (1...9).map { "line \($0)\n" }

  private static func text(_ edits: [Int: String]) -> String {
    lines.enumerated().map { edits[$0.offset + 1].map { $0 + "\n" } ?? $0.element }.joined()
  }

  @Test("of what was pushed from here has nothing to do")
  func nothing() async throws {
    let fixture = try PushFixture()
    try await fixture.push()
    let before = fixture.tree
    let outcome = try await fixture.pull()
    #expect(outcome.isUpToDate && outcome.base == .lastPush && outcome.notes == [])
    #expect(fixture.tree == before)
    try await fixture.expect(.upToDate)
  }

  @Test("takes what was changed on the platform, and leaves what was changed here")
  func oneSided() async throws {
    let fixture = try PushFixture()
    for name in ["there", "here", "gone", "d/kept"] { try fixture.project.write(name, "1") }
    try await fixture.push()
    try fixture.setFiles([
      (".actor/actor.json", fixture.tree[".actor/actor.json"] ?? ""), ("main.js", "1"), ("there", "2"),
      ("here", "1"),
      ("d/kept", "1"), ("e/new", "3"),
    ])
    try fixture.project.write("here", "4")
    let outcome = try await fixture.pull()
    #expect(outcome.conflicts == [] && outcome.notes == [])
    #expect(
      outcome.files.map { "\(String(decoding: $0.path, as: UTF8.self)) \($0.change)" } == [
        "gone removed", "e/new added", "there updated",
      ])
    #expect(fixture.tree["there"] == "2" && fixture.tree["here"] == "4" && fixture.tree["gone"] == nil)
    #expect(fixture.tree["e/new"] == "3" && fixture.tree["d/kept"] == "1")
    // What is here is pushed without a word of others; to undo the pull then would take theirs away.
    try await fixture.expect(.built)
    let abort = PullAbort(Array(fixture.project.path.utf8), fixture.context)
    #expect(throws: DeployError.self) { try abort.run() }
    #expect(fixture.tree["there"] == "2")
    #expect(try await fixture.pull().isUpToDate)
  }

  @Test("merges a text that both sides have changed in different lines")
  func merged() async throws {
    let fixture = try PushFixture()
    try fixture.write(Self.text([:]))
    try await fixture.push()
    try fixture.editElsewhere(Self.text([2: "theirs"]))
    try fixture.write(Self.text([8: "mine"]))
    let outcome = try await fixture.pull()
    #expect(outcome.conflicts == [] && outcome.files.map(\.change) == [.merged])
    #expect(fixture.tree["main.js"] == Self.text([2: "theirs", 8: "mine"]))
    try await fixture.expect(.built)
  }

  @Test(
    "keeps the line ends of the file here, where a checkout has changed them all", arguments: [true, false])
  func lineEnds(isCRLFHere: Bool) async throws {
    func ended(_ edits: [Int: String], _ isCRLF: Bool) -> String {
      Self.text(edits).split(separator: "\n").map { $0 + (isCRLF ? "\r\n" : "\n") }.joined()
    }
    let fixture = try PushFixture()
    try fixture.write(ended([:], !isCRLFHere))
    try await fixture.push()
    try fixture.editElsewhere(ended([8: "there"], !isCRLFHere))
    try fixture.write(ended([2: "here"], isCRLFHere))
    let outcome = try await fixture.pull()
    #expect(outcome.conflicts == [] && outcome.files.map(\.change) == [.merged])
    #expect(fixture.tree["main.js"] == ended([2: "here", 8: "there"], isCRLFHere))
    // Where the platform has changed them, that is a change of its own.
    try await fixture.push()
    try fixture.editElsewhere(ended([2: "here", 8: "there"], !isCRLFHere))
    #expect(try await fixture.pull().files.map(\.change) == [.updated])
  }

  @Test("puts lines that both have changed between markers, and nothing is pushed before they are resolved")
  func marked() async throws {
    let fixture = try PushFixture()
    try fixture.write(Self.text([:]))
    try await fixture.push()
    try fixture.editElsewhere(Self.text([5: "theirs"]))
    try fixture.write(Self.text([5: "mine"]))
    let before = fixture.tree
    let outcome = try await fixture.pull()
    #expect(outcome.conflicts.map(\.reason) == [.lines])
    let expected = """
      line 4
      <<<<<<< yours
      mine
      ||||||| base (build 0.1.1)
      line 5
      =======
      theirs
      >>>>>>> platform 0.1
      line 6

      """
    #expect(fixture.tree["main.js"]?.contains(expected) == true, "\(fixture.tree["main.js"] ?? "")")
    await #expect(throws: DeployError.self) { try await fixture.push { $0.isForced = true } }
    let again = try await fixture.failedPull()
    #expect(again?.status == .conflict && again?.details == ["  main.js: in conflict"])
    // It can be undone, and done again.
    let (directory, context) = (Array(fixture.project.path.utf8), fixture.context)
    try await Threads.run { _ = try PullAbort(directory, context).run() }
    #expect(fixture.tree == before)
    try await fixture.pull()
    try fixture.write(Self.text([5: "both"]))
    try await fixture.expect(.built)
    #expect(fixture.pushed == Self.text([5: "both"]))
  }

  @Test(
    "lets yours stay where it is no text, beside the platform's, and nothing is pushed before that is gone")
  func binary() async throws {
    let fixture = try PushFixture()
    try fixture.project.write("pixel", "\u{0}1")
    try await fixture.push()
    let configuration = fixture.tree[".actor/actor.json"] ?? ""
    try fixture.setFiles([(".actor/actor.json", configuration), ("main.js", "1"), ("pixel", "\u{0}2")])
    try fixture.project.write("pixel", "\u{0}3")
    let outcome = try await fixture.pull()
    #expect(outcome.conflicts.map(\.reason) == [.tree(.binary)])
    #expect(fixture.tree["pixel"] == "\u{0}3" && fixture.tree["pixel.platform"] == "\u{0}2")
    #expect(try await fixture.failedPull()?.status == .conflict)
    try fixture.remove("pixel.platform")
    try await fixture.expect(.built)
  }

  @Test(
    "decides for the side that is preferred",
    arguments: [(PullRequest.Preference.ours, "mine", "\u{0}3"), (.theirs, "theirs", "\u{0}2")])
  func preferred(_ preference: PullRequest.Preference, _ line: String, _ pixel: String) async throws {
    let fixture = try PushFixture()
    try fixture.write(Self.text([:]))
    try fixture.project.write("pixel", "\u{0}1")
    try await fixture.push()
    let configuration = fixture.tree[".actor/actor.json"] ?? ""
    try fixture.setFiles([
      (".actor/actor.json", configuration), ("main.js", Self.text([1: "theirs", 5: "theirs"])),
      ("pixel", "\u{0}2"),
    ])
    try fixture.write(Self.text([5: "mine", 9: "mine"]))
    try fixture.project.write("pixel", "\u{0}3")
    let outcome = try await fixture.pull { $0.preference = preference }
    #expect(outcome.conflicts == [])
    #expect(fixture.tree["main.js"] == Self.text([1: "theirs", 5: line, 9: "mine"]))
    #expect(fixture.tree["pixel"] == pixel && fixture.tree["pixel.platform"] == nil)
    try await fixture.expect(.built)
  }

  @Test("without a git lays both versions side by side, and says so")
  func noGit() async throws {
    let fixture = try PushFixture()
    try fixture.write(Self.text([:]))
    try await fixture.push()
    try fixture.editElsewhere(Self.text([2: "theirs"]))
    try fixture.write(Self.text([8: "mine"]))
    let context = OperationContext(
      variables: ["PATH": "/nonexistent"], home: nil, stateDirectory: Array(fixture.state.path.utf8),
      spoolDirectories: [Array(fixture.state.path.utf8)], cancellation: fixture.cancellation)
    let request = PullRequest(.project(ProjectLocation(Array(fixture.project.path.utf8))))
    let pull = try await Threads.run { () throws(DeployError) in try PullOperation(request, context) }
    let outcome = try await pull.run(on: fixture.platform) { _ in }
    #expect(outcome.conflicts.map(\.reason) == [.noGit])
    #expect(fixture.tree["main.js"] == Self.text([8: "mine"]))
    #expect(fixture.tree["main.js.platform"] == Self.text([2: "theirs"]))
  }

  @Test("changes nothing in a dry run, and tells the same")
  func dryRun() async throws {
    let fixture = try PushFixture()
    try await fixture.push()
    try fixture.editElsewhere("2")
    let before = fixture.tree
    let outcome = try await fixture.pull { $0.isDryRun = true }
    #expect(outcome.files.map(\.change) == [.updated] && fixture.tree == before)
    #expect(try await fixture.pull().files == outcome.files)
    #expect(fixture.tree["main.js"] == "2")
  }

  @Test("touches no file that the package leaves out, and no link")
  func untouched() async throws {
    let fixture = try PushFixture()
    try fixture.project.write(".gitignore", "secret\nlogs/\n")
    try fixture.project.write("secret", "mine")
    try fixture.project.write("logs/a", "mine")
    try fixture.project.write("target", "1")
    try fixture.project.link("link", to: "target")
    try await fixture.push()
    try fixture.setFiles([
      (".actor/actor.json", fixture.tree[".actor/actor.json"] ?? ""), (".gitignore", "secret\nlogs/\n"),
      ("main.js", "1"),
      ("secret", "theirs"), ("logs/a", "theirs"), ("target", "1"), ("link", "2"),
    ])
    let outcome = try await fixture.pull()
    #expect(
      outcome.conflicts.map { "\(String(decoding: $0.path, as: UTF8.self)) \($0.reason)" } == [
        "link tree(TreeMerge.TreeMerge.Reason.link)", "logs/a tree(TreeMerge.TreeMerge.Reason.leftOut)",
        "secret tree(TreeMerge.TreeMerge.Reason.leftOut)",
      ])
    #expect(outcome.conflicts.last?.rule == ".gitignore:1: secret")
    #expect(
      fixture.tree["secret"] == "mine" && fixture.tree["logs/a"] == "mine" && fixture.tree["target"] == "1")
    #expect(fixture.tree["secret.platform"] == "theirs" && fixture.tree["link.platform"] == "2")
  }

  @Test("says where the source lies that it does not fetch", arguments: [0, 1, 2])
  func elsewhere(_ index: Int) async throws {
    let fixture = try PushFixture()
    try await fixture.push()
    let url = "https://example.com/x.git#main"
    try fixture.setSource([.gitRepository(url), .gist(url), .tarball(url)][index])
    let failure = try await fixture.failedPull()
    #expect(
      failure?.status == .nothingToPush && failure?.message.contains("https://example.com/x.git") == true)
  }

  @Test("brings back what a build was made of, and leaves alone what push knows of the version")
  func build() async throws {
    let fixture = try PushFixture()
    try await fixture.push()
    try fixture.write("2")
    try await fixture.push()
    let outcome = try await fixture.pull { $0.build = "0.1.1" }
    #expect(outcome.build == "0.1.1" && fixture.tree["main.js"] == "1")
    // The version holds what it held: it is here that something was changed.
    #expect(try await fixture.pull().isUpToDate && fixture.tree["main.js"] == "1")
    try fixture.editElsewhere("3")
    let failure = try await failedPush { try await fixture.push() }
    #expect(failure.map { Diagnosis($0.error).status } == .conflict)
    #expect(try await fixture.failedPull { $0.build = "0.1.9" }?.type == "no-such-build")
  }

  @Test("into a new directory has all that the version has, and its next push nothing to do")
  func newDirectory() async throws {
    let fixture = try PushFixture()
    try fixture.project.write("d/e", "1")
    try await fixture.push()
    let elsewhere = fixture.state("copy/of/it")
    var request = PullRequest(.directory(Array(elsewhere.utf8)))
    request.target.actor = .own(name: "shop")
    let (chosen, context) = (request, fixture.context)
    let pull = try await Threads.run { () throws(DeployError) in try PullOperation(chosen, context) }
    let outcome = try await pull.run(on: fixture.platform) { _ in }
    #expect(outcome.isNew && outcome.version == "0.1" && outcome.files.count == 3)
    try await fixture.expect(.upToDate) { $0.location.directory = Array(elsewhere.utf8) }
    await #expect(throws: DeployError.self) { try await pull.run(on: fixture.platform) { _ in } }
    try await Threads.run { _ = try PullAbort(Array(elsewhere.utf8), context).run() }
    #expect(SystemIO.Paths.status(Array(elsewhere.utf8)) == nil)
  }
}
