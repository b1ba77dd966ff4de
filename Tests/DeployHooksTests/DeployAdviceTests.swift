// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import FoundationEssentials
import SystemIO
import TestSupport
import Testing

@testable import DeployHooks

@Suite("What to do about a deploy that came to no end")
struct DeployAdviceTests {
  /// How a job of version k stands.
  private enum Fate: Sendable {
    case running, lost
    case ended(DeployResult.Target.State, DeployResult.Target.Arrival? = nil)
    /// Lost, and about another version.
    case elsewhere
  }

  private static let commits = (1...3).map { String(repeating: String($0), count: 40) }

  /// The jobs with these fates, the newest first; their commits are those of `commits`, in this order.
  private static func entries(_ fates: [Fate]) -> [JobStore.Entry] {
    fates.enumerated().map { index, fate in
      let key = if case .elsewhere = fate { "other" } else { "k" }
      let target = DeployJob.Target.sample(commit: commits[index], key: key)
      let job = DeployJob(
        now: 1000 - index, repository: "/nowhere", remote: "origin", url: "/remote", push: nil,
        targets: [target])
      let state: JobStore.Entry.State =
        switch fate {
        case .running: .running
        case .lost, .elsewhere: .lost
        case .ended(let state, let arrival):
          .ended(DeployResult(ended: 2000, targets: [.init(target, state, "x", arrival: arrival)]))
        }
      return JobStore.Entry(job: job, state: state, log: [])
    }
  }

  /// Rows: how the jobs stand, the newest first. In words, what is to do about the oldest.
  private static let rows: [([Fate], String)] = [
    ([.running], "nothing"), ([.ended(.deployed)], "nothing"), ([.ended(.failed)], "nothing"),
    ([.ended(.refused)], "nothing"), ([.lost], "deploy 1, arrived: witness"),
    ([.ended(.interrupted, .unknown)], "deploy 1, arrived: witness"),
    ([.ended(.interrupted, .arrived)], "deploy 1, arrived: true"),
    ([.ended(.failed, .unknown)], "deploy 1, arrived: witness"),
    ([.ended(.deployed), .lost], "1 deployed"), ([.ended(.unchanged), .lost], "1 deployed"),
    ([.running, .lost], "1 running"), ([.lost, .lost], "1 other"), ([.ended(.failed), .lost], "1 other"),
    ([.ended(.interrupted, .unknown), .lost], "1 other"), ([.ended(.replaced), .lost], "1 other"),
    ([.ended(.refused), .lost], "deploy 2, arrived: witness"),
    ([.elsewhere, .lost], "deploy 2, arrived: witness"),
    ([.ended(.refused), .ended(.deployed), .lost], "2 deployed"),
    ([.ended(.deployed), .ended(.failed), .ended(.interrupted, .arrived)], "1 deployed"),
    ([.ended(.deployed), .ended(.deployed)], "nothing"),
  ]

  private static func word(_ advice: DeployAdvice?, _ witness: Bool) -> String {
    switch advice {
    case nil: "nothing"
    case .superseded(nil, .other): "another clone's"
    case .superseded(let commit, let progress): "\(commit?.prefix(1) ?? "?") \(progress)"
    case .deploy(let target, let hasArrived):
      "deploy \(target.commit.prefix(1)), arrived: \(hasArrived == witness && !hasArrived ? "witness" : "\(hasArrived)")"
    }
  }

  @Test("is none where a newer one came for the same version, and else its command", arguments: rows.indices)
  func advice(_ index: Int) throws {
    let (fates, expected) = Self.rows[index]
    let entries = Self.entries(fates)
    let last = try #require(entries.last)
    func look(isNewest: Bool = true, witness: Bool = false) -> String {
      let advice = DeployAdvice(
        on: 0, of: last, among: entries, isNewest: { _, _ in isNewest }, hasArrived: { _ in witness })
      return Self.word(advice, witness)
    }
    #expect(look() == expected)
    #expect(look(witness: true) == expected.replacing("witness", with: "true"))
    #expect(look(isNewest: false) == (expected.hasPrefix("deploy") ? "another clone's" : expected))
  }

  @Test("knows the newest of all clones by what its lock says")
  func otherClone() throws {
    let state = try TemporaryFolder()
    let place = Array(state.path.utf8)
    let ids = ["00000000001000-a", "00000000002000-b"]
    #expect(DeployLock.isNewest(ids[0], for: "k", in: place, now: 3000))
    _ = try DeployLock.wait(for: "k", job: ids[1], in: place, now: { 3000 }, CancellationFlag()) {}
    #expect(!DeployLock.isNewest(ids[0], for: "k", in: place, now: 3000))
    #expect(DeployLock.isNewest(ids[1], for: "k", in: place, now: 3000))
    #expect(DeployLock.isNewest(ids[0], for: "other", in: place, now: 3000))
  }
}
