// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deploy

/// What init says in JSON.
struct InitReport: ReportContent {
  /// The path of actor.json in the directory.
  let path: String
  let created: Bool
  let dryRun: Bool
  let actor: ActorReport
  let version: String
  let dockerfile: String?
  /// Lines for .actorignore.
  let suggestions: [String]

  init(_ outcome: InitOperation.Outcome, isDryRun: Bool) {
    path = outcome.file
    created = outcome.isNew
    dryRun = isDryRun
    actor = ActorReport(name: outcome.name)
    version = outcome.version
    dockerfile = outcome.dockerfile
    suggestions = outcome.suggestions
  }
}
