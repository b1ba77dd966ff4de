// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ApifyAPI
import Testing

@testable import Deploy

@Suite("What the end of a build means for its push")
struct PushVerdictTests {
  /// Rows: the build's status. Columns: it ended; the time to wait was over before; and the build was not
  /// followed.
  private static let table = """
    status     ended         elapsed       unfollowed
    READY      buildFailed   stillBuilding buildStarted
    RUNNING    buildFailed   stillBuilding buildStarted
    SUCCEEDED  built         stillBuilding buildStarted
    FAILED     buildFailed   stillBuilding buildStarted
    TIMING-OUT buildFailed   stillBuilding buildStarted
    TIMED-OUT  buildTimedOut stillBuilding buildStarted
    ABORTING   buildFailed   stillBuilding buildStarted
    ABORTED    buildAborted  stillBuilding buildStarted
    UNHEARD-OF buildFailed   stillBuilding buildStarted
    """.split(separator: "\n").dropFirst().map { $0.split(separator: " ").map { String($0) } }

  @Test("is", arguments: table)
  func verdict(_ row: [String]) throws {
    let build = try Build.of(1, BuildStatus(rawValue: row[0]))
    func verdict(hasElapsed: Bool, isFollowed: Bool) -> String {
      let ending = BuildEnding(build: build, logTail: [], hasElapsed: hasElapsed, tag: .none)
      return "\(PushOutcome.Verdict(ending, isFollowed: isFollowed))"
    }
    #expect(verdict(hasElapsed: false, isFollowed: true) == row[1])
    #expect(verdict(hasElapsed: true, isFollowed: true) == row[2])
    #expect(verdict(hasElapsed: true, isFollowed: false) == row[3])
  }

  /// The statuses of the README, by verdict; nil where the push counts as done.
  private static let statuses: [(BuildStatus, Bool, ExitStatus?, String)] = [
    (.succeeded, false, nil, ""), (.failed, false, .failed, "build-failed"),
    (.timedOut, false, .buildTimedOut, "build-timed-out"), (.aborted, false, .buildAborted, "build-aborted"),
    (.running, true, .stillBuilding, "still-building"),
  ]

  @Test("ends the program by its status", arguments: statuses)
  func exitStatus(_ status: BuildStatus, _ hasElapsed: Bool, _ expected: ExitStatus?, _ type: String) throws {
    var outcome = PushOutcome(try Samples.settings(), isDryRun: false)
    outcome.ending = BuildEnding(
      build: try .of(7, status), logTail: ["npm ERR!\u{1B}[31m", ""], hasElapsed: hasElapsed, tag: .none)
    let diagnosis = Diagnosis(outcome)
    #expect(diagnosis?.status == expected)
    if let diagnosis {
      #expect(diagnosis.type == type && diagnosis.phase == "build")
      #expect(diagnosis.message.contains("0.1.7"))
      #expect(diagnosis.message.contains("npm ERR!") != hasElapsed)
      #expect(Samples.isHarmless(diagnosis.message))
    }
  }

  @Test("is nothing where nothing was built")
  func unbuilt() throws {
    let settings = try Samples.settings()
    #expect(PushOutcome(settings, isDryRun: true).verdict == .dryRun)
    #expect(PushOutcome(settings, isDryRun: false).verdict == .updated)
    #expect(Diagnosis(PushOutcome(settings, isDryRun: false)) == nil)
  }
}
