// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deploy
internal import SystemIO

/// What pull says in JSON.
struct PullReport: Report {
  struct FilesReport: Encodable, Sendable {
    let added: [String]
    let updated: [String]
    let merged: [String]
    let removed: [String]
    /// Files of which only the executable bit was changed.
    let mode: [String]
  }

  struct ConflictReport: Encodable, Sendable {
    let name: String
    let reason: String
    /// Where the platform's file lies.
    let platform: String?
  }

  struct SettingReport: Encodable, Sendable {
    /// The variable; nil for the build tag.
    let variable: String?
    let value: String?
    let isSecret: Bool
    /// Who has changed it: "here", "platform" or "both"; "added" or "removed" on the platform.
    let side: String
    let written: Bool
  }

  let ok: Bool
  let operation = PullCommand.operation
  let actor: PushReport.ActorReport?
  let version: String?
  let build: String?
  let directory: String
  let created: Bool
  let dryRun: Bool
  let base: String?
  let files: FilesReport
  let conflicts: [ConflictReport]
  let settings: [SettingReport]
  let warnings: [String]
  let error: FailureReport.Cause?
  let exitCode: Int32

  init(_ outcome: PullOutcome, _ diagnosis: Diagnosis?, warnings: [String]) {
    ok = diagnosis == nil
    actor = outcome.isAbort ? nil : .init(id: outcome.actorID, name: outcome.actorName)
    version = outcome.isAbort ? nil : outcome.version
    build = outcome.build
    directory = TerminalText.utf8(outcome.directory)
    created = outcome.isNew
    dryRun = outcome.isDryRun
    base = PullText.base(outcome.base)
    func names(_ change: PullOutcome.File.Change) -> [String] {
      outcome.files.filter { $0.change == change }.map { TerminalText.utf8($0.path) }
    }
    files = FilesReport(
      added: names(.added), updated: names(.updated), merged: names(.merged), removed: names(.removed),
      mode: names(.mode))
    conflicts = outcome.conflicts.map { conflict in
      ConflictReport(
        name: TerminalText.utf8(conflict.path), reason: PullText.kind(conflict.reason),
        platform: conflict.beside.map { TerminalText.utf8($0) })
    }
    settings = outcome.settings.map { setting in
      var name: String?
      if case .variable(let variable) = setting.subject { name = variable }
      return SettingReport(
        variable: name, value: setting.value, isSecret: setting.isSecret, side: setting.change.rawValue,
        written: setting.isWritten)
    }
    self.warnings = warnings
    error = diagnosis.map { FailureReport.Cause($0) }
    exitCode = (diagnosis?.status ?? .done).rawValue
  }
}
