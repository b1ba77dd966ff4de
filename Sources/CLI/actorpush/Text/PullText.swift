// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deploy
internal import SystemIO
internal import TreeMerge

/// A pull in words.
enum PullText {
  /// How many files are listed by name, where all are new.
  private static let listed = 50
  /// How many files are named that give way to yours.
  private static let overruled = 20

  /// What was done, and what is in conflict.
  static func lines(_ outcome: PullOutcome) -> [String] {
    let directory = TerminalText.of(outcome.directory)
    if outcome.isAbort {
      let kept = outcome.notes.count
      return [
        kept == 0
          ? "undid the last pull: the directory is what it was before"
          : "undid the last pull, except for \(Quantity.of(kept, "file")) changed since"
      ]
    }
    let source = source(outcome)
    if outcome.isUpToDate {
      return ["nothing to pull: nothing is new in \(source)"] + settings(outcome)
    }
    let verb = outcome.isDryRun ? "would pull" : "pulled"
    var lines: [String] = []
    if outcome.isNew {
      lines.append(
        "\(verb) \(source) into \(directory): \(Quantity.of(outcome.files.count, "file"))")
    } else {
      lines += files(outcome)
      lines.append("\(verb) \(source)" + counts(outcome))
    }
    return lines + outcome.conflicts.map(conflict) + settings(outcome)
  }

  private static func source(_ outcome: PullOutcome) -> String {
    let actor = TerminalText.of(outcome.actorName)
    if let build = outcome.build { return "build \(TerminalText.of(build)) of \(actor)" }
    return "version \(TerminalText.of(outcome.version)) of \(actor)"
  }

  private static func files(_ outcome: PullOutcome) -> [String] {
    let shown = outcome.files.prefix(listed).map { "  \(TerminalText.of($0.path)): \(word($0.change))" }
    let rest = outcome.files.count - shown.count
    return shown + (rest > 0 ? ["  and \(Quantity.of(rest, "more file"))"] : [])
  }

  private static func word(_ change: PullOutcome.File.Change) -> String {
    switch change {
    case .added: "added"
    case .updated: "updated"
    case .removed: "removed"
    case .merged: "merged"
    case .mode: "mode changed"
    }
  }

  private static func counts(_ outcome: PullOutcome) -> String {
    let all: [(PullOutcome.File.Change, String)] = [
      (.added, "added"), (.updated, "updated"), (.merged, "merged"), (.removed, "removed"),
      (.mode, "mode changed"),
    ]
    let parts = all.compactMap { change, word -> String? in
      let count = outcome.files.count { $0.change == change }
      return count == 0 ? nil : "\(Quantity.number(count)) \(word)"
    }
    return parts.isEmpty ? "" : ": " + parts.joined(separator: ", ")
  }

  /// A conflict, with what there is to do.
  static func conflict(_ conflict: PullOutcome.Conflict) -> String {
    let rule = conflict.rule.map { " (\(TerminalText.of($0)))" } ?? ""
    let cause =
      switch conflict.reason {
      case .lines: "both sides have changed the same lines; they stand between markers"
      case .noBase:
        "both sides have changed it, and what they had in common is not known; both stand between markers"
      case .noGit: "both sides have changed it, and there is no git to merge them"
      case .tree(.binary): "both sides have changed it, and it is not text"
      case .tree(.mode): "executable on one side only"
      case .tree(.deletedThere): "changed here, deleted on the platform; yours stays"
      case .tree(.deletedHere): "deleted here, changed on the platform"
      case .tree(.directory): "a file on one side, a directory on the other"
      case .tree(.leftOut): "what is here is in no package\(rule), and stays"
      case .tree(.link): "a symbolic link is here, and stays"
      case .tree(.twin(let twin)): "the file system here takes its name for that of \(TerminalText.of(twin))"
      }
    let beside = conflict.beside.map { "; the platform's is \(TerminalText.of($0))" } ?? ""
    return "conflict: \(TerminalText.of(conflict.path)): \(cause)\(beside)"
  }

  private static func named(_ paths: [[UInt8]]) -> String {
    paths.prefix(overruled).map { TerminalText.of($0) }.joined(separator: ", ")
      + (paths.count > overruled ? " and \(Quantity.of(paths.count - overruled, "more file"))" : "")
  }

  /// The reason of a conflict, for scripts.
  static func kind(_ reason: PullOutcome.Conflict.Reason) -> String {
    switch reason {
    case .lines: "lines"
    case .noBase: "no-base"
    case .noGit: "no-git"
    case .tree(.binary): "binary"
    case .tree(.mode): "mode"
    case .tree(.deletedThere): "deleted-on-platform"
    case .tree(.deletedHere): "deleted-here"
    case .tree(.directory): "directory"
    case .tree(.leftOut): "left-out"
    case .tree(.link): "link"
    case .tree(.twin): "twin"
    }
  }

  /// What the changes were counted from, for scripts; nil where nothing was known.
  static func base(_ base: PullOutcome.Base) -> String? {
    switch base {
    case .none: nil
    case .lastPush: "last-push"
    case .machine: "machine"
    case .commit(let commit): "commit \(TerminalText.of(commit))"
    case .build: "build"
    }
  }

  private static func settings(_ outcome: PullOutcome) -> [String] {
    outcome.settings.map { setting in
      let name =
        switch setting.subject {
        case .variable(let name): "environment variable \(TerminalText.of(name))"
        case .buildTag: "build tag"
        }
      let cause =
        switch setting.change {
        case .changedThere: "changed on the platform"
        case .addedThere: "only on the platform"
        case .removedThere: "removed on the platform"
        case .changedHere: "changed here"
        case .both: "not what the platform has"
        }
      let value = setting.isSecret ? " (secret)" : setting.value.map { " (\(shortened($0)))" } ?? ""
      let end =
        setting.isWritten
        ? (outcome.isDryRun ? "; would be written into actor.json" : "; written into actor.json")
        : setting.isTakenForSecret
          ? "; not for actor.json, where a value that begins with @ is the name of a secret"
          : setting.change == .both ? "; --write-config --theirs takes it over into actor.json" : ""
      return "\(name): \(cause)\(value)\(end)"
    }
  }

  private static func shortened(_ value: String) -> String {
    TerminalText.of(String(value.prefix(60))) + (value.count > 60 ? "…" : "")
  }

  /// A warning.
  static func note(_ note: PullOutcome.Note) -> Warning {
    switch note {
    case .undone: Warning("an earlier pull was interrupted; its changes were undone")
    case .kept(let path, let copy):
      Warning(
        "changed after the pull, and kept"
          + (copy.map { "; what it was before is in \(TerminalText.of($0))" }
            ?? "; before the pull it was not there"),
        at: TerminalText.of(path))
    case .leftOut(let count, let first, let rule):
      Warning(
        "\(Quantity.of(count, "file")) of the platform, \(TerminalText.of(first)) first, "
          + "\(Quantity.word(count, "is", "are")) in no package from here (\(TerminalText.of(rule))): the next push would "
          + "remove \(Quantity.word(count, "it", "them")) there")
    case .overruled(let paths):
      Warning(
        "yours stays, and the next push overwrites what the platform changed (--ours): "
          + named(paths))
    case .replaced(let paths):
      Warning(
        "replaced as a whole, with what you changed, as what both sides had in common is not known (--theirs): "
          + named(paths),
        remedy: "actorpush pull --abort brings yours back")
    case .configuration(let reason): Warning("actor.json is not written: \(reason)")
    case .secrets(let names, let known):
      Warning(
        "the platform does not return values of secrets"
          + (known.isEmpty
            ? ""
            : "; the next push sets those of ~/.apify/secrets.json, which may be another project's: "
              + known.map(TerminalText.of).joined(separator: ", ")),
        remedy: names.isEmpty
          ? nil : "add \(names.map(TerminalText.of).joined(separator: ", ")) to ~/.apify/secrets.json")
    }
  }
}
