// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import DeployHooks
internal import SystemIO

/// What hook status says in JSON.
struct HookStatusReport: Report {
  struct Deploy: Encodable, Sendable {
    let id: String
    let created: Int
    let state: String
    let remote: String
    let targets: [DeployJob.Target]
    let results: [DeployResult.Target]?
    let log: String
  }

  let ok = true
  let operation = HookStatusCommand.operation
  let installed: Bool
  let hook: String
  let description: String
  let deploys: [Deploy]

  init(_ place: HookLocation, _ entries: [JobStore.Entry]) {
    let isConfigured = place.configured != nil && place.knowsConfiguredHooks
    let isOurs =
      switch place.occupant {
      case .ours, .edited: true
      default: false
      }
    installed = isConfigured || isOurs
    hook = TerminalText.utf8(place.path)
    description = HookText.occupant(place)
    deploys = entries.map { entry in
      let (state, results): (String, [DeployResult.Target]?) =
        switch entry.state {
        case .running: ("running", nil)
        case .lost: ("lost", nil)
        case .ended(let result): ("ended", result.targets)
        }
      return Deploy(
        id: entry.job.id, created: entry.job.created, state: state, remote: entry.job.remote,
        targets: entry.job.targets, results: results, log: TerminalText.utf8(entry.log))
    }
  }
}
