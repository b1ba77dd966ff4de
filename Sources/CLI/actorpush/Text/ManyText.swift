// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import ApifyAPI
internal import Deploy
internal import SystemIO

/// Several Actors in words.
enum ManyText {
  /// Lines with columns as wide as they need to be.
  static func table(_ rows: [[String]]) -> [String] {
    var widths: [Int] = []
    for row in rows {
      for (column, cell) in row.enumerated() {
        if column == widths.count { widths.append(0) }
        widths[column] = max(widths[column], cell.unicodeScalars.count)
      }
    }
    return rows.map { row in
      row.enumerated().map { column, cell in
        let isLast = column == row.count - 1
        return isLast
          ? cell : cell + String(repeating: " ", count: widths[column] - cell.unicodeScalars.count)
      }.joined(separator: "  ")
    }
  }
}

extension PushText {
  /// Directory, Actor with version, what became of it, and its build.
  static func row(_ result: PushManyOperation.Result) -> [String] {
    let directory = TerminalText.of(result.actor.directory)
    switch result.ending {
    case .ended(let outcome): return [directory, subject(outcome), word(outcome), build(outcome)]
    case .failed(let failure):
      return [directory, subject(failure.outcome), Diagnosis(failure).type, build(failure.outcome)]
    case .invalid(let error): return [directory, "-", Diagnosis(error).type, "-"]
    case .skipped: return [directory, "-", "skipped", "-"]
    }
  }

  private static func subject(_ outcome: PushOutcome) -> String {
    if let plan = outcome.plan { return subject(plan) }
    return "\(TerminalText.of(outcome.settings.reference.description)) \(outcome.settings.version)"
  }

  private static func build(_ outcome: PushOutcome) -> String {
    outcome.build.map { TerminalText.of($0.buildNumber ?? $0.id) } ?? "-"
  }

  private static func word(_ outcome: PushOutcome) -> String {
    switch outcome.verdict {
    case .upToDate: "up to date"
    case .dryRun where outcome.plan?.action != PushPlan.Action.none: "would be pushed"
    case .dryRun: if case .build? = outcome.decision { "would be built" } else { "up to date" }
    case .updated: "updated"
    case .buildStarted, .stillBuilding: "building"
    case .built: "built"
    case .buildFailed: "build failed"
    case .buildTimedOut: "build timed out"
    case .buildAborted: "build aborted"
    case .stillRunning: "running"
    case .runFailed: "run failed"
    }
  }

  /// "200 Actors: 5 built, 194 up to date, 1 conflict; 12.3 s".
  static func summary(_ rows: [[String]], took: Duration) -> String {
    var counts: [(word: String, count: Int)] = []
    for word in rows.map({ $0[2] }) {
      if let index = counts.firstIndex(where: { $0.word == word }) {
        counts[index].count += 1
      } else {
        counts.append((word, 1))
      }
    }
    let text = counts.map { "\(Quantity.number($0.count)) \($0.word)" }.joined(separator: ", ")
    return Quantity.of(rows.count, "Actor") + (text.isEmpty ? "" : ": \(text)") + "; "
      + Quantity.time(took)
  }
}
