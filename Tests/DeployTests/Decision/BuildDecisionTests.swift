// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ApifyAPI
import Testing

@testable import Deploy

@Suite("What a push does about the build of a version that needs no change")
struct BuildDecisionTests {
  /// Rows: the newest build's status. Columns: the files that it was made of are those of the version, are
  /// not, are not known; and, where they are not known to be others, it was started with other settings than
  /// the version has, perhaps with others, nothing tells.
  private static let table = """
    status     same     other    unknown  settings doubtful silent
    none       build    build    build    build    build    build
    READY      follow   outdated follow   outdated doubtful follow
    RUNNING    follow   outdated follow   outdated doubtful follow
    SUCCEEDED  done     outdated done     outdated doubtful files
    FAILED     failed   outdated failed   outdated failed   failed
    TIMING-OUT timedOut outdated timedOut outdated timedOut timedOut
    TIMED-OUT  timedOut outdated timedOut outdated timedOut timedOut
    ABORTING   aborted  outdated aborted  outdated aborted  aborted
    ABORTED    aborted  outdated aborted  outdated aborted  aborted
    UNHEARD-OF follow   outdated follow   outdated doubtful follow
    """.split(separator: "\n").dropFirst().map { $0.split(separator: " ").map { String($0) } }

  @Test("is", arguments: table)
  func decision(_ row: [String]) {
    for ((holdsSame, settings), expected) in zip(Self.columns, row.dropFirst()) {
      for (tag, tagged) in [(nil, nil), ("latest", "b7"), ("latest", "b3"), ("latest", nil)]
        as [(String?, String?)]
      {
        var facts = BuildDecision.Facts()
        if row[0] != "none" {
          (facts.id, facts.number, facts.status) = ("b7", "0.1.7", BuildStatus(rawValue: row[0]))
        }
        (facts.holdsSame, facts.settings) = (holdsSame, settings)
        (facts.tag, facts.taggedID, facts.taggedNumber) = (tag, tagged, tagged.map { _ in "0.1.3" })
        let decision = BuildDecision(facts)
        // A tag that points elsewhere only matters where all else is well; a doubt does not move it back.
        let isFine = ["done", "files"].contains(expected) || expected == "doubtful" && row[0] == "SUCCEEDED"
        let isElsewhere = isFine && tag != nil && tagged != "b7"
        #expect(
          decision
            == (isElsewhere
              ? .tagElsewhere("latest", number: facts.taggedNumber, expected: "0.1.7")
              : Self.decisions[expected]),
          "\(row[0]), same \(String(describing: holdsSame)), settings \(settings), tag \(tag ?? "-") at \(tagged ?? "-")"
        )
      }
    }
  }

  @Test(
    "is another build of a candidate of which it is not known what it was started with",
    arguments: [
      "SUCCEEDED same same b3 elsewhere", "SUCCEEDED same doubtful b3 doubtful",
      "SUCCEEDED same unknown b3 unknown", "SUCCEEDED unknown same b3 unknown",
      "SUCCEEDED same other b3 outdated", "SUCCEEDED same unknown b7 files",
      "RUNNING same same b3 follow", "RUNNING same doubtful b3 doubtful", "RUNNING same unknown b3 unknown",
      "RUNNING unknown same b3 unknown", "RUNNING same other b3 outdated", "READY same unknown b3 unknown",
    ])
  func candidate(_ row: String) throws {
    let words = row.split(separator: " ").map { String($0) }
    let (tagged, expected) = (words[3], words[4])
    var facts = BuildDecision.Facts()
    (facts.id, facts.number, facts.status) = ("b7", "0.1.7", BuildStatus(rawValue: words[0]))
    (facts.holdsSame, facts.isCandidate) = (words[1] == "same" ? true : nil, true)
    facts.settings = try #require(
      ["same": .same, "other": .other, "doubtful": .doubtful, "unknown": .unknown][words[2]])
    (facts.tag, facts.taggedID, facts.taggedNumber) = ("latest", tagged, "0.1.3")
    let elsewhere = BuildDecision.tagElsewhere("latest", number: "0.1.3", expected: "0.1.7")
    #expect(BuildDecision(facts) == (expected == "elsewhere" ? elsewhere : Self.decisions[expected]))
  }

  private static let columns: [(holdsSame: Bool?, BuiltSettings)] = [
    (true, .same), (false, .same), (nil, .same), (true, .other), (true, .doubtful), (true, .unknown),
  ]

  private static let decisions: [String: BuildDecision] = [
    "done": .upToDate(number: "0.1.7", knowsSettings: true),
    "files": .upToDate(number: "0.1.7", knowsSettings: false),
    "doubtful": .build(.doubtful(number: "0.1.7")), "unknown": .build(.unknown(number: "0.1.7")),
    "follow": .follow, "build": .build(.neverBuilt),
    "outdated": .build(.outdated(number: "0.1.7")), "failed": .build(.failed(number: "0.1.7")),
    "timedOut": .build(.timedOut(number: "0.1.7")), "aborted": .build(.aborted(number: "0.1.7")),
  ]
}
