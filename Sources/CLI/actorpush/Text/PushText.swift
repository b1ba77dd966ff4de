// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import ApifyAPI
internal import Deploy
internal import SourcePackage
internal import SystemIO

/// A push in words.
enum PushText {
  /// What is about to happen.
  static func intention(_ plan: PushPlan, isDryRun: Bool) -> String {
    let verb = isDryRun ? "would " : ""
    let actor = TerminalText.of(plan.actorName)
    let deed =
      switch plan.action {
      case .createActor: "create Actor \(actor) with \(version(plan))"
      case .createVersion: "create \(version(plan)) of \(actor)"
      case .update, .none: "update \(version(plan)) of \(actor)"
      }
    return verb + deed + ", as \(TerminalText.of(plan.user.username))"
      + (plan.package.sourceType == .tarball ? ", as a zip" : "")
  }

  /// "jane/my-actor 0.1".
  static func subject(_ plan: PushPlan) -> String {
    "\(TerminalText.of(plan.actorName)) \(plan.settings.version)"
  }

  private static func version(_ plan: PushPlan) -> String {
    "version \(plan.settings.version)"
      + (plan.settings.buildTag.map { " (tag \($0))" } ?? "")
  }

  /// What becomes different, in a few lines; nothing where all is new.
  static func changes(_ plan: PushPlan) -> [String] {
    var lines: [String] = []
    if let remote = plan.remote, plan.action == .update {
      if let difference = plan.difference {
        let files = difference.files
        let counts = [
          (files.count { $0.kind == .changed || $0.kind == .mode }, "changed"),
          (files.count { $0.kind == .added }, "added"), (files.count { $0.kind == .removed }, "removed"),
        ]
        let text = counts.filter { $0.0 > 0 }.map { "\(Quantity.number($0.0)) \($0.1)" }.joined(
          separator: ", ")
        lines.append("files: " + (text.isEmpty ? "unchanged" : text))
      }
      if remote.sourceType != plan.package.sourceType {
        lines.append("source: \(remote.sourceType.rawValue) → \(plan.package.sourceType.rawValue)")
      }
      if let change = plan.tagChange {
        let before = change.before.map(TerminalText.of) ?? "none"
        lines.append("tag: \(before) → \(TerminalText.of(change.after))")
      }
    }
    let variables = plan.variables
    let groups = [
      (variables.added.filter { !variables.restored.contains($0) }, "added"),
      (variables.restored, "removed on the platform since the last push, set again"),
      (variables.changed, "changed"),
      (variables.unknown, "sent (secrets cannot be compared)"),
      (variables.keptSecrets, "kept (their secrets are not here)"),
      (
        plan.action == .none ? [] : variables.undeclared,
        "kept (actor.json has no \"environmentVariables\" any longer; {} removes them)"
      ),
      (plan.action == .none ? [] : variables.kept, "kept (not of this project; --prune-env removes them)"),
    ]
    for (names, verb) in groups where !names.isEmpty {
      lines.append("environment variables \(verb): \(names.map(TerminalText.of).joined(separator: ", "))")
    }
    return lines
  }

  /// What is removed, said before it is, also with -q; nil for nothing.
  static func removal(_ plan: PushPlan, isDryRun: Bool) -> String? {
    let names = plan.variables.removed
    if names.isEmpty { return nil }
    return (isDryRun ? "would remove" : "removing") + " the "
      + Quantity.word(names.count, "environment variable") + " "
      + names.map(TerminalText.of).joined(separator: ", ")
      + (plan.settings.variables.prunes
        ? ": not declared in actor.json (--prune-env)"
        : ": declared by an earlier push from here, and not any longer")
  }

  /// Which secrets become plain, said before they do, also with -q; nil for none.
  static func exposure(_ plan: PushPlan) -> String? {
    let names = plan.variables.exposed
    if names.isEmpty { return nil }
    return Quantity.word(names.count, "no secret", "no secrets")
      + " any longer, and shown to all who see the version: "
      + names.map(TerminalText.of).joined(separator: ", ")
  }

  /// What of others is lost, as --force asks for, said before it is, also with -q.
  static func overwriting(_ conflict: Conflict, _ plan: PushPlan, isDryRun: Bool) -> String {
    let names = conflict.overwritten.map { TerminalText.of($0) }
    let more = names.count - shownNames
    return (isDryRun ? "would overwrite" : "overwriting") + " (--force): " + conflict.cause(plan)
      + (names.isEmpty ? "" : ": " + names.prefix(shownNames).joined(separator: ", "))
      + (more > 0 ? " and \(Quantity.of(more, "more file"))" : "")
  }

  /// How many of the files that are overwritten are named; --json has them all.
  private static let shownNames = 20

  /// What a dry run lists on standard output: a line for each file, as `git status` has them.
  static func list(_ plan: PushPlan) throws(Failure) {
    guard let difference = plan.difference else { return }
    try writeOutput { output throws(SystemError) in
      for change in difference.files {
        let (letter, bytes) =
          switch change.kind {
          case .added: ("A", change.new?.byteCount)
          case .changed, .mode: ("M", change.new?.byteCount)
          case .removed: ("D", change.old?.byteCount)
          }
        try output.write(text: letter)
        try output.write(bytes ?? 0, width: 12)
        try output.write(text: "  " + TerminalText.of(change.name) + "\n")
      }
    }
  }

  /// The plan.
  static func lines(_ plan: PushPlan, isDryRun: Bool, isVerbose: Bool) -> [String] {
    let digest = plan.package.summary.digest
    // Of a version that needs no change, the decision about its build says all.
    return (plan.action == .none ? [] : [intention(plan, isDryRun: isDryRun)]) + [
      "package: \(PackageText.summary(plan.package.summary)); digest \(isVerbose ? digest : String(digest.prefix(12)))"
    ] + changes(plan)
  }

  /// That a version that needed no change was not built, as was asked for; nil of any other push.
  static func unbuilt(_ outcome: PushOutcome) -> String? {
    guard let plan = outcome.plan, plan.action == .none, outcome.decision == nil else { return nil }
    return "\(subject(plan)) is up to date; not built (--no-build)"
  }

  /// What is left to be said when a push has ended, well or not: where to look.
  static func ending(_ outcome: PushOutcome, _ root: APIRoot) -> [String] {
    if outcome.isDryRun { return [] }
    let run = outcome.candidate?.run.flatMap { outcome.pages(root)?.run($0) }
    return [outcome.buildURL(root), run].compactMap { $0 }
  }

  /// What has happened.
  static func done(_ plan: PushPlan, took: Duration) -> String? {
    let version = "version \(plan.settings.version) of \(TerminalText.of(plan.actorName))"
    let time = Quantity.time(took)
    switch plan.action {
    case .none: return nil
    case .update:
      // Where the files are the same, only what stands beside them was sent.
      return "updated \(version): \(plan.sendsSource ? sent(plan) : "its settings"), \(time)"
    case .createVersion, .createActor:
      return "created \(version): \(sent(plan)), \(time)"
    }
  }

  private static func sent(_ plan: PushPlan) -> String {
    PackageText.sent(plan.package.summary, payloadBytes: plan.package.payloadBytes)
  }
}
