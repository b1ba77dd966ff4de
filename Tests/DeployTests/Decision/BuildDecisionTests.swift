// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ApifyAPI
import Testing

@testable import Deploy

@Suite("What a push does about the build of a version that needs no change")
struct BuildDecisionTests {
  /// Rows: the newest build's status. Columns: what it was made of is what the version holds, is not, is not
  /// known.
  private static let table = """
    status     same     other    unknown
    none       build    build    build
    READY      follow   outdated follow
    RUNNING    follow   outdated follow
    SUCCEEDED  done     outdated done
    FAILED     failed   outdated failed
    TIMING-OUT timedOut outdated timedOut
    TIMED-OUT  timedOut outdated timedOut
    ABORTING   aborted  outdated aborted
    ABORTED    aborted  outdated aborted
    UNHEARD-OF follow   outdated follow
    """.split(separator: "\n").dropFirst().map { $0.split(separator: " ").map { String($0) } }

  @Test("is", arguments: table)
  func decision(_ row: [String]) {
    for (holdsSame, expected) in zip([true, false, nil], row.dropFirst()) {
      for (tag, tagged) in [(nil, nil), ("latest", "b7"), ("latest", "b3"), ("latest", nil)]
        as [(String?, String?)]
      {
        var facts = BuildDecision.Facts()
        if row[0] != "none" {
          (facts.id, facts.number, facts.status) = ("b7", "0.1.7", BuildStatus(rawValue: row[0]))
        }
        facts.holdsSame = holdsSame
        (facts.tag, facts.taggedID, facts.taggedNumber) = (tag, tagged, tagged.map { _ in "0.1.3" })
        let decision = BuildDecision(facts)
        // A tag that points elsewhere only matters where all else is well.
        let isElsewhere = expected == "done" && tag != nil && tagged != "b7"
        #expect(
          decision
            == (isElsewhere
              ? .tagElsewhere("latest", number: facts.taggedNumber, expected: "0.1.7")
              : Self.decisions[expected]),
          "\(row[0]), same \(String(describing: holdsSame)), tag \(tag ?? "-") at \(tagged ?? "-")")
      }
    }
  }

  private static let decisions: [String: BuildDecision] = [
    "done": .upToDate(number: "0.1.7"), "follow": .follow, "build": .build(.neverBuilt),
    "outdated": .build(.outdated(number: "0.1.7")), "failed": .build(.failed(number: "0.1.7")),
    "timedOut": .build(.timedOut(number: "0.1.7")), "aborted": .build(.aborted(number: "0.1.7")),
  ]
}
