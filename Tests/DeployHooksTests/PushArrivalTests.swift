// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import Testing

@testable import DeployHooks

@Suite("Whether a push has arrived")
struct PushArrivalTests {
  /// A remote's answers in turn, each with whether the witness has moved and when; what is decided at the
  /// end, nil where it is asked again.
  struct Row: Sendable, CustomTestStringConvertible {
    let name: String
    let hasEnded: Bool
    let answers: [(RemoteCheck.Answer, hasMoved: Bool, seconds: Int)]
    let verdict: PushArrival.Verdict?
    var testDescription: String { name }
  }

  private static let down = RemoteCheck.Answer.unreachable("Permission denied")
  private static let rows = [
    Row(name: "there", hasEnded: true, answers: [(.arrived, false, 0)], verdict: .arrived),
    Row(name: "absent", hasEnded: true, answers: [(.absent, false, 0)], verdict: .refused(has: nil)),
    Row(name: "other", hasEnded: true, answers: [(.other("a"), false, 0)], verdict: .refused(has: "a")),
    Row(
      name: "the remote is believed, not the witness", hasEnded: true, answers: [(.other("a"), true, 0)],
      verdict: .refused(has: "a")),
    Row(name: "witness at once", hasEnded: true, answers: [(down, true, 0)], verdict: .arrived),
    Row(
      name: "witness later", hasEnded: true, answers: [(down, false, 0), (down, true, 1)], verdict: .arrived),
    Row(name: "down twice", hasEnded: true, answers: [(down, false, 0), (down, false, 1)], verdict: nil),
    Row(
      name: "down three times", hasEnded: true,
      answers: [(down, false, 0), (down, false, 1), (down, false, 2)], verdict: .unknown("Permission denied")),
    Row(
      name: "down, then there", hasEnded: true, answers: [(down, false, 0), (.arrived, false, 1)],
      verdict: .arrived),
    Row(name: "no process, absent", hasEnded: false, answers: [(.absent, false, 0)], verdict: nil),
    Row(name: "no process, other", hasEnded: false, answers: [(.other("a"), false, 599)], verdict: nil),
    Row(
      name: "no process, late", hasEnded: false, answers: [(.absent, false, 0), (.arrived, false, 300)],
      verdict: .arrived),
    Row(
      name: "no process, never", hasEnded: false, answers: [(.absent, false, 0), (.absent, false, 600)],
      verdict: .refused(has: nil)),
    Row(
      name: "no process, down, the witness has time", hasEnded: false,
      answers: [(down, false, 0), (down, false, 1), (down, false, 2), (down, false, 7)], verdict: nil),
    Row(
      name: "no process, down, witness", hasEnded: false,
      answers: [(down, false, 0), (down, false, 1), (down, false, 2), (down, true, 7)], verdict: .arrived),
    Row(
      name: "no process, down for long", hasEnded: false,
      answers: [(down, false, 0), (down, false, 1), (down, false, 9)], verdict: .unknown("Permission denied")),
    Row(
      name: "no process, down after absent", hasEnded: false,
      answers: [(.absent, false, 300), (down, false, 301), (down, false, 302), (.arrived, false, 303)],
      verdict: .arrived),
  ]

  @Test("is decided from the remote's answers, and by the witness where there are none", arguments: rows)
  func decided(row: Row) {
    var arrival = PushArrival(hasEnded: row.hasEnded)
    var step: PushArrival.Step?
    for (index, answer) in row.answers.enumerated() {
      step = arrival.next(after: answer.0, hasMoved: answer.hasMoved, passed: answer.seconds * 1000)
      guard case .ask(let pause)? = step else {
        #expect(index == row.answers.count - 1, "decided early")
        break
      }
      #expect((1...15_000).contains(pause))
    }
    if let verdict = row.verdict {
      #expect(step == .end(verdict))
    } else if case .end? = step {
      Issue.record("decided: \(String(describing: step))")
    }
  }

  @Test("is asked ever more rarely")
  func pauses() {
    var arrival = PushArrival(hasEnded: false)
    let pauses = (0..<10).map { _ in
      if case .ask(let pause) = arrival.next(after: .absent, hasMoved: false, passed: 0) { pause } else { -1 }
    }
    #expect(pauses == [250, 500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000, 15_000])
  }
}
