// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import DeployHooks
internal import SystemIO

extension HookText {
  /// What kept a push from being deployed before any target of it was known.
  static func line(_ refusal: HookRefusal, now: Int) -> String {
    let help = refusal.help.map { "; " + TerminalText.of($0) } ?? ""
    let name = PushedRef.branch(of: refusal.reference) ?? refusal.reference
    return
      "\(age(of: refusal.created, now: now)): \(TerminalText.of(name)) to \(TerminalText.of(refusal.remote)): "
      + "not deployed; " + TerminalText.of(refusal.message) + help
  }

  private static func age(of created: Int, now: Int) -> String {
    let passed = now - created
    return passed < -60_000 ? "in the future" : Quantity.age(.milliseconds(max(0, passed))) + " ago"
  }

  /// A job, in a line for each target.
  ///
  /// - Parameter advice: what to do about a target, by its index.
  static func lines(_ entry: JobStore.Entry, now: Int, advice: (Int) -> DeployAdvice?) -> [String] {
    let age = age(of: entry.job.created, now: now)
    func line(_ index: Int, _ subject: String, _ state: String) -> String {
      let rest = advice(index).map { "; " + text($0, entry.job) } ?? ""
      return "\(age): \(subject): \(state)\(rest)"
    }
    let targets = entry.job.targets
    switch entry.state {
    case .running: return targets.indices.map { line($0, target(targets[$0]), "under way") }
    case .lost: return targets.indices.map { line($0, target(targets[$0]), "the deploy process died") }
    case .ended(let result):
      return result.targets.enumerated().map { index, ended in
        line(
          index, "\(TerminalText.of(ended.actor)) \(ended.version) from \(ended.commit.prefix(12))",
          "\(ended.state.rawValue); \(TerminalText.of(ended.message))")
      }
    }
  }

  /// What to do about a target of `job`.
  static func text(_ advice: DeployAdvice, _ job: DeployJob) -> String {
    switch advice {
    case .superseded(let commit, let progress):
      let push = "a newer push" + (commit.map { " (\($0.prefix(12)))" } ?? "")
      return switch progress {
      case .deployed: "\(push) was deployed since, nothing is left to do"
      case .running: "\(push) is being deployed"
      case .other: "\(push) came since"
      }
    case .deploy(let target, hasArrived: true):
      return "the push has arrived; to deploy it: \(target.command)"
    case .deploy(let target, hasArrived: false):
      let question = ["git", "ls-remote", job.remote, target.reference].map(ShellText.word)
      return "see whether the push has arrived (\(question.joined(separator: " "))); "
        + "if so, to deploy it: \(target.command)"
    }
  }
}
