// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ActorProject
import ApifyAPI
import SourceTree
import SystemIO
import TestSupport
import Testing

@testable import Deploy
@testable import SourcePackage

@Suite("What is said about an error")
struct DiagnosisTests {
  /// A plan of jane's shop, whose name deceives terminals.
  private static func plan(_ folder: TemporaryFolder, remote: RemoteVersion? = nil) throws -> PushPlan {
    let manifest = try Manifest.of(["main.js": "mine"])
    try folder.write("project/main.js", "mine")
    let package = try Packager(
      .zip, spoolDirectories: [Array(folder.path.utf8)], cancellation: CancellationFlag()
    ).package(try Walk.plan(Array(folder("project").utf8), options: WalkOptions()), reserve: 0)
    let decision = PushDecision(
      PushDecision.Facts(
        local: PackageFacts(manifest: manifest, sourceType: .tarball), remote: remote,
        hasActor: true, base: .lost, variables: VariableDifference(), buildTag: nil,
        isForced: false))
    return PushPlan(
      settings: try Samples.settings(), user: try Samples.account(), actor: nil, actorName: Samples.hostile,
      decision: decision,
      package: package, remote: remote, variables: VariableDifference(), remembered: nil, own: nil)
  }

  @Test("is one line with a type, a phase and a status", arguments: DeployErrorCase.allCases)
  func table(_ row: DeployErrorCase) throws {
    let folder = try TemporaryFolder()
    let error = try row.sample(try Self.plan(folder))
    #expect(DeployErrorCase(error) == row, "the sample is of another case")
    let diagnosis = Diagnosis(error)
    #expect(diagnosis.type == row.expected.type)
    #expect(diagnosis.phase == row.expected.phase)
    #expect(diagnosis.status == row.expected.status)
    for line in [diagnosis.message] + diagnosis.details { #expect(Samples.isHarmless(line), "\(line)") }
  }

  @Test("never counts as done, nor as wrong usage", arguments: DeployErrorCase.allCases)
  func failure(_ row: DeployErrorCase) {
    #expect(![ExitStatus.done, .usage].contains(row.expected.status))
    #expect((row.expected.status == .stillBuilding) == (row == .timedOut))
  }

  @Test(
    "tells apart what is wrong with a path",
    arguments: [
      (DeployError.PathProblem.system(SystemError(code: 2)), "not-there"),
      (.outside(Array("/\(Samples.hostile)".utf8)), "outside"),
    ])
  func path(_ problem: DeployError.PathProblem, _ type: String) {
    let diagnosis = Diagnosis(DeployError.noSuchPath(Array(Samples.hostile.utf8), problem))
    #expect(diagnosis.type == type && Samples.isHarmless(diagnosis.message))
  }

  @Test(
    "knows a pipe whose reader has gone",
    arguments: [(SystemError(code: 32), ExitStatus.brokenPipe), (SystemError(code: 5), .failed)])
  func output(_ error: SystemError, _ status: ExitStatus) {
    #expect(Diagnosis(DeployError.output("standard output", error)).status == status)
  }

  @Test("takes an interrupted tree for an interruption")
  func interruptedTree() {
    #expect(Diagnosis(DeployError.tree(SourceTreeError(.interrupted, path: []))).status == .interrupted)
    guard case .interrupted = DeployError(SourceTreeError(.interrupted, path: [])) else {
      Issue.record("not an interruption")
      return
    }
  }

  @Test(
    "says that the outcome of a call is not known",
    arguments: [(true, "may have carried it out"), (false, "3 attempts")])
  func unknownOutcome(_ isUnknown: Bool, _ words: String) {
    let error = APIError(
      type: .timeout, message: "no answer", method: "PUT", path: "/v2/actors/a1/versions/0.1", attempts: 3,
      outcomeIsUnknown: isUnknown)
    let message = Diagnosis(DeployError.platform(error, .apify)).message
    #expect(message.contains(words) && message.contains("PUT /v2/actors/a1/versions/0.1"))
    #expect(message.contains("may have carried it out") == isUnknown)
  }

  @Test(
    "is one harmless line for each way that a pull can fail, with a way out",
    arguments: [
      (
        PullError.sourceElsewhere(.gitRepository, url: "https://x/\u{1B}"), "clone it with git",
        ExitStatus.nothingToPush
      ),
      (.sourceElsewhere(.gist, url: "https://x/\u{1B}"), "gist", .nothingToPush),
      (.sourceElsewhere(.tarball, url: "https://x/\u{1B}"), "fetch it", .nothingToPush),
      (
        .sourceElsewhere(SourceType(rawValue: Samples.hostile), url: nil), "not kept as files", .nothingToPush
      ),
      (.unsafeName(Array(Samples.hostile.utf8), "is absolute"), "nothing is written", .failed),
      (.unsafeVersion(Samples.hostile), "nothing is written", .failed),
      (
        .conflictsStand([Array(Samples.hostile.utf8)], directory: Array(Samples.hostile.utf8)), "--abort",
        .conflict
      ),
      (.unfinished(Array(Samples.hostile.utf8), isNew: false), "--abort", .conflict),
      (.unfinished(Array(Samples.hostile.utf8), isNew: true), "--abort", .conflict),
      (
        .halfUndone(Array(Samples.hostile.utf8), isNew: false, cause: "why", obstacle: "what"),
        "why; what was changed by then could not all be undone: what", .failed
      ),
      (.busy(Array(Samples.hostile.utf8)), "wait for it", .failed),
      (.nothingToUndo(Array(Samples.hostile.utf8)), "no pull", .nothingToPush),
      (.directoryNotEmpty(Array(Samples.hostile.utf8)), "name another", .invalidInput),
      (.changedMeanwhile(Array(Samples.hostile.utf8)), "pull again", .failed),
      (.noStateDirectory, "XDG_STATE_HOME", .failed),
    ])
  func pull(_ error: PullError, _ words: String, _ status: ExitStatus) {
    let diagnosis = Diagnosis(DeployError.pull(error))
    #expect(diagnosis.message.contains(words), "\(diagnosis.message)")
    #expect(diagnosis.status == status)
    for line in [diagnosis.message] + diagnosis.details { #expect(Samples.isHarmless(line), "\(line)") }
  }

  @Test("says what may have been done, of what is named as the platform likes")
  func interruptedDuring() {
    let build = Build(id: Samples.hostile, number: nil, status: .running)
    let changes: [(DeployError.Change, String, String)] = [
      (.buildStart, "a build may have been started", "build"),
      (.buildAbort(build), "may be aborted", "build"),
      (.tag(Samples.hostile, build), "may point at build", "platform"),
    ]
    for (change, words, phase) in changes {
      let diagnosis = Diagnosis(DeployError.interrupted.during(change))
      #expect(diagnosis.status == .interrupted && diagnosis.phase == phase)
      #expect(diagnosis.message.contains(words) && Samples.isHarmless(diagnosis.message))
      // What the platform has answered says that itself.
      #expect(Diagnosis(DeployError.timedOut(.seconds(1)).during(change)).type == "timed-out")
    }
  }

  @Test("tells two accounts of one name apart by their ids, which else are not shown")
  func sameName() {
    let mine = Account(id: "u1", username: "jane", isOrganization: false)
    for (name, says) in [
      ("jane", "jane (id u1) before, and the token belongs to jane (id u2)"),
      ("joe", "jane before, and the token belongs to joe"),
    ] {
      let other = Account(id: "u2", username: name, isOrganization: false)
      let diagnosis = Diagnosis(DeployError.otherAccount(mine, token: other, actor: "shop"))
      #expect(diagnosis.cause == "this directory was pushed to the account \(says)")
    }
  }

  /// The reasons of a conflict, and words that only its message has. Whether it mentions `diff`: there are
  /// files to compare.
  private static let reasons: [(Conflict.Reason, String, Bool)] = [
    (.otherSource(.gitRepository, url: "https://x\u{1B}"), "GIT_REPO", false),
    (.otherSource(.gist, url: nil), "GITHUB_GIST", false),
    (.changedSince, "since it was last pushed", true),
    (.unknownOrigin(.shallow), "--unshallow", true), (.unknownOrigin(.noHistory), "nothing shows", true),
    (.unknownOrigin(.uncommitted), "in no commit", true), (.unknownOrigin(.noCommit), "last commits", true),
    (.otherHistory(commit: "0123456789abcdef", branch: "topic"), "0123456789ab of branch topic", true),
    (.otherDirectory("/work\u{1B}"), "from another directory", true),
    (.lacksPulled([Array("a\u{1B}".utf8)]), "and what is pushed now does not: a", false),
    (.changedMeanwhile, "during this push", true),
  ]

  @Test("explains each conflict, and the way out", arguments: reasons.indices)
  func conflict(_ index: Int) throws {
    let (reason, words, hasFiles) = Self.reasons[index]
    let folder = try TemporaryFolder()
    let conflict = Conflict(reason, remote: nil, local: .empty, base: nil)
    let diagnosis = Diagnosis(DeployError.conflict(conflict, try Self.plan(folder)))
    #expect(diagnosis.message.contains(words) && diagnosis.message.contains("--force"))
    #expect(diagnosis.message.contains("actorpush diff") == hasFiles)
    #expect(Samples.isHarmless(diagnosis.message) && diagnosis.details.isEmpty)
  }

  @Test("lists the files of a conflict with the side that changed them, at most twenty")
  func details() throws {
    let folder = try TemporaryFolder()
    let base = try Manifest.of(["a": "1", "b": "1", "c": "1", "d": "1"])
    let theirs = try Manifest.of(["a": "2", "b": "1", "c": "2", "e": "1", "d": "1"])
    let ours = try Manifest.of(["a": "3", "b": "2", "c": "1"])
    let plan = try Self.plan(folder)
    let conflict = Conflict(.changedSince, remote: theirs, local: ours, base: base)
    #expect(
      Diagnosis(DeployError.conflict(conflict, plan)).details == [
        "  a: differs, changed in both places", "  b: differs, changed here",
        "  c: differs, changed on the platform", "  d: only on the platform, changed here",
        "  e: only on the platform, changed on the platform",
      ])
    let many = try Manifest.of(Dictionary(uniqueKeysWithValues: (100..<123).map { ("f\($0)", "x") }))
    let lines = Diagnosis(
      DeployError.conflict(Conflict(.changedSince, remote: .empty, local: many, base: nil), plan)
    ).details
    #expect(lines.count == 21 && lines.first == "  f100: only here" && lines.last == "  and 3 more files")
  }
}
