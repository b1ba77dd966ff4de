// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Which of the requests that come meet which fault: a value, which counts them.
package struct FaultSchedule: Sendable {
  /// One fault, and the requests that meet it.
  package struct Rule: Sendable {
    /// The method; nil for any.
    package var method: String?
    /// The path; nil for any.
    package var path: PathPattern?
    /// Which of the requests of this method and path, counted from 1.
    package var occurrences = Occurrences.numbers([1])
    /// How long to wait before anything else.
    package var delay = Duration.zero
    /// What then happens.
    package var outcome: Fault.Outcome
    /// The name of the fault, as the file has it.
    package var name: String

    package init(_ outcome: Fault.Outcome, name: String) {
      (self.outcome, self.name) = (outcome, name)
    }

    func matches(method: String, path: String) -> Bool {
      (self.method ?? method) == method && self.path?.matches(path) ?? true
    }
  }

  /// Numbers of requests.
  package enum Occurrences: Equatable, Sendable {
    case numbers(Set<Int>)
    /// From one on, each one or each second, third, ….
    case series(from: Int, every: Int)

    func contains(_ number: Int) -> Bool {
      switch self {
      case .numbers(let numbers): numbers.contains(number)
      case .series(let first, let step): number >= first && (number - first) % max(step, 1) == 0
      }
    }
  }

  /// How often a rule was met.
  package struct Count: Equatable, Sendable {
    /// The requests of its method and path.
    package var matched = 0
    /// Those that met the fault.
    package var applied = 0
  }

  package let rules: [Rule]
  package private(set) var counts: [Count]

  /// A schedule of `rules`; of several that a request meets, the first one counts.
  package init(_ rules: [Rule]) {
    self.rules = rules
    counts = Array(repeating: Count(), count: rules.count)
  }

  /// Counts a request, and returns the rule that it meets.
  package mutating func take(method: String, path: String) -> Rule? {
    var met: Rule?
    for (index, rule) in rules.enumerated() where rule.matches(method: method, path: path) {
      counts[index].matched += 1
      guard met == nil, rule.occurrences.contains(counts[index].matched) else { continue }
      counts[index].applied += 1
      met = rule
    }
    return met
  }
}
