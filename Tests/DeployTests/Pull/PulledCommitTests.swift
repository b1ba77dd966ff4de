// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ApifyAPI
import EmulatorTesting
import PlatformModel
import TestSupport
import Testing

@testable import Deploy

/// What was pulled lies in the work tree first. A push of a commit, as the hook's, or of another branch must
/// not take it back.
@Suite("A push of a commit after a pull", .timeLimit(.minutes(2)))
struct PulledCommitTests {
  private let fixture: PushFixture

  init() async throws {
    fixture = try PushFixture()
    try fixture.project.write("a.txt", Self.text())
    try fixture.project.write("data.bin", [0, 1])
    try await git("init", "-q", "-b", "main")
    try await commit()
    try await fixture.push()
  }

  private static func text(_ edits: [Int: String] = [:]) -> String {
    (1...9).map { (edits[$0] ?? "line \($0)") + "\n" }.joined()
  }

  private func git(_ arguments: String...) async throws {
    try await TestSupport.git(arguments, in: fixture.project.path)
  }

  private func commit() async throws {
    try await git("add", "-A")
    try await git("commit", "-q", "--allow-empty", "-m", "x")
  }

  /// A colleague changes files in Console; nil removes one.
  private func colleague(_ edits: [String: String?]) throws {
    var files = fixture.tree.filter { !$0.key.hasPrefix(".git/") && !$0.key.hasSuffix("/") }
    files[".actor//folder"] = ""
    for (name, text) in edits { files[name] = text }
    try fixture.setFiles(files.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
  }

  /// The files of the version.
  private func pushed() throws -> [String: String] {
    var files: [String: String] = [:]
    for file in try fixture.platform.version("0.1", of: "~shop").files ?? [] {
      if case .file(_, let content) = file.kind { files[file.name] = content }
    }
    return files
  }

  private func pushCommit() async throws -> PushOutcome {
    try await fixture.push { $0.location.revision = "HEAD" }
  }

  /// Which files a push of HEAD would take back; nil where it goes through.
  private func refused(_ isCommit: Bool = true) async throws -> [String]? {
    let push = { (request: inout PushRequest) in
      if isCommit { request.location.revision = "HEAD" }
      request.isDryRun = true
    }
    do {
      _ = try await fixture.push(push)
      return nil
    } catch let failure as PushFailure {
      guard case .conflict(let conflict, _) = failure.error, case .lacksPulled(let paths) = conflict.reason
      else { throw failure }
      return paths.map { String(decoding: $0, as: UTF8.self) }.sorted()
    }
  }

  @Test("is refused until the commit has what was pulled", arguments: [false, true])
  func uncommitted(_ isMerged: Bool) async throws {
    try colleague(["a.txt": Self.text([5: "theirs"]), "new": "2", "main.js": String?.none])
    if isMerged {
      try fixture.project.write("a.txt", Self.text([1: "mine"]))
      try await commit()
    }
    #expect(try await fixture.pull().conflicts.isEmpty)
    #expect(try await refused() == ["a.txt", "main.js", "new"])
    // A commit with something else in it is no better, nor one with a part of it.
    try fixture.project.write("other", "1")
    try await git("add", "other", "new")
    try await git("commit", "-q", "-m", "x")
    #expect(try await refused() == ["a.txt", "main.js"])
    try await commit()
    #expect(try await refused() == nil)
    _ = try await pushCommit()
    let pushed = try pushed()
    #expect(pushed["a.txt"] == Self.text(isMerged ? [1: "mine", 5: "theirs"] : [5: "theirs"]))
    #expect(pushed["new"] == "2" && pushed["main.js"] == nil)
  }

  @Test("is refused while a conflict is not committed as it was resolved", arguments: [false, true])
  func conflict(_ isBinary: Bool) async throws {
    let name = isBinary ? "data.bin" : "a.txt"
    try colleague([name: isBinary ? "\u{0}theirs" : Self.text([5: "theirs"])])
    try fixture.project.write(name, isBinary ? "\u{0}mine" : Self.text([5: "mine"]))
    try await commit()
    #expect(try await fixture.pull().conflicts.count == 1)
    #expect(try await refused() == [name])
    let beside = fixture.tree.keys.first { $0.hasSuffix(".platform") }
    #expect((beside != nil) == isBinary)
    if let beside {
      try fixture.remove(beside)
    } else {
      try fixture.project.write(name, Self.text([5: "both"]))
    }
    try await commit()
    #expect(try await refused() == nil)
  }

  @Test("counts what several pulls have changed, until files are pushed")
  func several() async throws {
    try colleague(["a.txt": Self.text([5: "theirs"])])
    _ = try await fixture.pull()
    try colleague(["a.txt": Self.text([5: "theirs", 9: "again"]), "new": "2"])
    _ = try await fixture.pull()
    #expect(try await refused() == ["a.txt", "new"])
    // What they took back themselves is as it was: nothing of it is undone.
    try colleague(["a.txt": Self.text(), "new": "2"])
    _ = try await fixture.pull()
    #expect(try await refused() == ["new"])
    // A push that has nothing to send forgets nothing.
    try await fixture.push()
    try colleague(["third": "3"])
    _ = try await fixture.pull()
    #expect(try await refused() == ["new", "third"])
    try fixture.project.write("mine", "1")
    try await fixture.push()
    try colleague(["fourth": "4"])
    _ = try await fixture.pull()
    #expect(try await refused() == ["fourth"])
  }

  /// How what was pulled comes to be no longer in the work tree.
  enum Loss: CaseIterable {
    case anotherBranch, stash, byHand, newBranchOfTheSameCommit
  }

  @Test(
    "is refused of a work tree, too, that has lost what was pulled; a pull brings it again",
    arguments: Loss.allCases)
  func lost(_ loss: Loss) async throws {
    try await git("checkout", "-q", "-b", "side")
    if loss == .anotherBranch { try await commit() }
    try colleague(["a.txt": Self.text([5: "theirs"]), "deep/new": "2", "main.js": String?.none])
    _ = try await fixture.pull()
    #expect(try await refused(false) == nil)
    switch loss {
    case .stash:
      try await TestSupport.git(
        ["stash", "-q", "-u"], in: fixture.project.path, environment: ["GIT_LITERAL_PATHSPECS": "0"])
    case .byHand:
      try fixture.project.write("a.txt", Self.text())
      try await git("checkout", "-q", "main.js")
      try fixture.remove("deep/new")
      try fixture.remove("deep")
    case .anotherBranch, .newBranchOfTheSameCommit:
      try await commit()
      try await git("checkout", "-q", "main")
    }
    #expect(try await refused(false) == ["a.txt", "deep/new", "main.js"])
    // What others change in the meantime dissolves nothing.
    try colleague(["a.txt": Self.text([5: "theirs"]), "deep/new": "2", "main.js": String?.none, "third": "3"])
    let changed = try await fixture.pull().files.map { String(decoding: $0.path, as: UTF8.self) }.sorted()
    #expect(changed == ["a.txt", "deep/new", "main.js", "third"])
    #expect(try await refused(false) == nil)
    #expect(fixture.tree["a.txt"] == Self.text([5: "theirs"]) && fixture.tree["main.js"] == nil)
    #expect(try await fixture.pull().files.isEmpty)
  }

  @Test("goes through where the branch that has it is merged, or a commit has undone it")
  func meant() async throws {
    try await git("checkout", "-q", "-b", "side")
    try colleague(["a.txt": Self.text([5: "theirs"])])
    _ = try await fixture.pull()
    try await commit()
    try await git("checkout", "-q", "main")
    #expect(try await refused(false) == ["a.txt"])
    try await git("merge", "-q", "side")
    #expect(try await refused(false) == nil)
    try await git("revert", "--no-edit", "HEAD")
    #expect(try await refused(false) == nil)
    #expect(try await fixture.pull().files.isEmpty)
    #expect(try await refused() == nil)
  }

  /// What becomes of what was pulled, in commits behind one of one's own: no commit has all of the version.
  enum Intention: CaseIterable {
    case moved, reverted, deleted
  }

  @Test("goes through where a commit has it, and a later one takes it back", arguments: Intention.allCases)
  func takenBack(_ intention: Intention) async throws {
    try fixture.project.write("own", "1")
    try await commit()
    try colleague(["a.txt": Self.text([5: "theirs"]), "new": "2", "own": String?.none])
    _ = try await fixture.pull()
    try await commit()
    switch intention {
    case .moved: try await git("mv", "new", "moved")
    case .reverted: try await git("revert", "--no-edit", "HEAD")
    case .deleted: try await git("rm", "-q", "new")
    }
    try await commit()
    #expect(try await refused(false) == nil)
    #expect(try await refused() == nil)
    #expect(try await fixture.pull().files.isEmpty)
  }

  @Test("brings it again into what was changed here, and takes nothing of that", arguments: [false, true])
  func merged(_ isConflict: Bool) async throws {
    let mine = Self.text([isConflict ? 5 : 1: "mine"])
    try fixture.project.write("a.txt", mine)
    try await commit()
    try colleague(["a.txt": Self.text([5: "theirs"])])
    _ = try await fixture.pull()
    try fixture.project.write(
      "a.txt", isConflict ? Self.text([5: "both"]) : Self.text([1: "mine", 5: "theirs"]))
    try await git("checkout", "-q", "-b", "side")
    try await commit()
    try await git("checkout", "-q", "main")
    try await git("commit", "-q", "--amend", "--allow-empty", "-m", "another")
    #expect(fixture.tree["a.txt"] == mine)
    #expect(try await refused(false) == ["a.txt"])
    let outcome = try await fixture.pull()
    if isConflict {
      #expect(outcome.conflicts.map(\.reason) == [.lines])
      #expect(fixture.tree["a.txt"]?.contains("mine") == true)
    } else {
      #expect(outcome.conflicts.isEmpty && fixture.tree["a.txt"] == Self.text([1: "mine", 5: "theirs"]))
    }
  }

  @Test("is decided by --ours, which forgets what stays as it is")
  func ours() async throws {
    try await git("checkout", "-q", "-b", "side")
    try colleague(["data.bin": "\u{0}theirs", "main.js": String?.none])
    _ = try await fixture.pull()
    try await commit()
    try await git("checkout", "-q", "main")
    #expect(try await refused(false) == ["data.bin", "main.js"])
    try fixture.project.write("data.bin", "\u{0}mine")
    #expect(try await refused(false) == ["main.js"])
    _ = try await fixture.pull { $0.preference = .ours }
    #expect(try await refused(false) == nil && fixture.tree["data.bin"] == "\u{0}mine")
  }

  @Test("is refused also after a push that had nothing to send, and not for what no package has")
  func nothingSent() async throws {
    try fixture.project.write(".actorignore", "*.log\n")
    try await commit()
    try await fixture.push()
    try colleague(["a.txt": Self.text([5: "theirs"]), "x.log": "theirs"])
    #expect(try await fixture.pull().notes.count == 1)
    #expect(try await refused(false) == nil)
    try fixture.remove("x.log")
    try colleague(["a.txt": Self.text([5: "theirs"])])
    _ = try await fixture.pull()
    #expect(try await fixture.push().plan?.sendsSource == false)
    try await git("stash", "-q")
    #expect(try await refused(false) == ["a.txt"])
  }

  @Test("goes through of a work tree where a conflict of lines was ended by keeping one's own")
  func kept() async throws {
    try colleague(["a.txt": Self.text([5: "theirs"])])
    try fixture.project.write("a.txt", Self.text([5: "mine"]))
    try await commit()
    #expect(try await fixture.pull().conflicts.count == 1)
    try fixture.project.write("a.txt", Self.text([5: "mine"]))
    #expect(try await refused(false) == nil)
    #expect(try await fixture.pull().files.isEmpty)
    try await git("checkout", "-q", "--orphan", "other")
    try await commit()
    #expect(try await refused(false) == ["a.txt"])
  }

  @Test("goes through after the pull was undone as little as before it")
  func undone() async throws {
    try colleague(["a.txt": Self.text([5: "theirs"])])
    _ = try await fixture.pull()
    _ = try PullAbort(Array(fixture.project.path.utf8), fixture.context).run()
    await #expect(throws: PushFailure.self) { try await pushCommit() }
  }
}
