// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import ApifyAPI
internal import Deploy
internal import SourcePackage
internal import SystemIO

extension GitHubRunner {
  /// Tells how a push of one Actor ended: outputs, and a summary.
  ///
  /// - Returns: what of that cannot be written.
  func report(_ outcome: PushOutcome, _ diagnosis: Diagnosis?, _ root: APIRoot) -> [Warning] {
    let (plan, build) = (outcome.plan, outcome.build)
    let url = outcome.buildURL(root) ?? outcome.actorURL(root)
    let outputs = add(outputs: [
      ("action", plan?.action.rawValue ?? ""), ("actor-id", outcome.actorID ?? ""),
      ("version", outcome.settings.version.description), ("build-number", build?.buildNumber ?? ""),
      ("build-id", build?.id ?? ""), ("digest", outcome.package?.summary.digest ?? ""), ("url", url ?? ""),
    ])
    var rows = [
      ("Actor", plan?.actorName ?? outcome.settings.reference.description),
      ("version", outcome.settings.version.description),
      ("action", plan.map { (outcome.isDryRun ? "would " : "") + $0.action.rawValue } ?? ""),
    ]
    if let files = plan?.difference?.files, !files.isEmpty {
      rows.append(("files that differ", Quantity.number(files.count)))
    }
    let tagged = if case .tagElsewhere(_, let number, _)? = outcome.decision { number } else { String?.none }
    rows += [
      ("build", build?.buildNumber ?? build?.id ?? ""), ("build status", build?.status.rawValue ?? ""),
      ("the tag points at build", tagged ?? ""),
      ("digest", String(outcome.package?.summary.digest.prefix(12) ?? "")), ("page", url ?? ""),
      ("error", diagnosis?.summary ?? ""), ("help", diagnosis?.help ?? ""),
    ]
    let cells = rows.filter { !$0.1.isEmpty }.map { [$0.0, Self.code($0.1)] }
    return [outputs, add(summary: diagnosis == nil ? "done" : "failed", header: ["", ""], rows: cells)]
      .compactMap(\.self)
  }

  /// Tells how a push of several Actors ended: a row for each.
  ///
  /// - Returns: that it cannot be written.
  func report(_ rows: [[String]], _ summary: String) -> Warning? {
    add(
      summary: summary, header: ["directory", "version", "outcome", "build"],
      rows: rows.map { $0.map(Self.code) })
  }
}
