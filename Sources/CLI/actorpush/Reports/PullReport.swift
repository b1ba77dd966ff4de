// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deploy
internal import SystemIO

/// What pull says in JSON.
struct PullReport: ReportContent {
  struct ConflictReport: Encodable, Sendable {
    let path: String
    let reason: String
    /// Where the platform's file lies.
    let platformPath: String?
  }

  /// A variable, or the version's tag, that the platform has otherwise than actor.json.
  struct SettingReport: Encodable, Sendable {
    /// `variable` or `tag`.
    let kind: String
    /// The variable's.
    let name: String?
    let value: String?
    let secret: Bool
    /// Who has changed it: `here`, `platform` or `both`; `added` or `removed` on the platform.
    let side: String
    /// Whether actor.json was changed.
    let written: Bool
  }

  let actor: ActorReport?
  let version: String?
  let build: BuildReport?
  let directory: String
  let created: Bool
  let dryRun: Bool
  let base: String?
  let changes: [ChangeReport]
  let conflicts: [ConflictReport]
  let settings: [SettingReport]

  init(_ outcome: PullOutcome) {
    actor = outcome.isAbort ? nil : ActorReport(id: outcome.actorID, name: outcome.actorName)
    version = outcome.isAbort ? nil : outcome.version
    build = outcome.build.map { BuildReport(number: $0) }
    directory = TerminalText.utf8(outcome.directory)
    created = outcome.isNew
    dryRun = outcome.isDryRun
    base = PullText.base(outcome.base)
    changes = outcome.files.map { ChangeReport($0) }
    conflicts = outcome.conflicts.map { conflict in
      ConflictReport(
        path: TerminalText.utf8(conflict.path), reason: PullText.kind(conflict.reason),
        platformPath: conflict.beside.map { TerminalText.utf8($0) })
    }
    settings = outcome.settings.map { setting in
      var name: String?
      if case .variable(let variable) = setting.subject { name = variable }
      return SettingReport(
        kind: name == nil ? "tag" : "variable", name: name, value: setting.value, secret: setting.isSecret,
        side: setting.change.rawValue, written: setting.isWritten)
    }
  }
}
