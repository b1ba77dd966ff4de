// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import Deploy

/// What diff says in JSON.
struct DiffReport: ReportContent {
  let actor: ActorReport
  let version: String
  let changes: [ChangeReport]
  let provenance: ProvenanceReport?

  init(_ outcome: DiffOperation.Outcome) {
    actor = ActorReport(outcome.found.actor, name: outcome.found.actorName)
    version = outcome.found.version.versionNumber
    changes = ChangeReport.list(outcome.comparison.difference, side: outcome.side)
    provenance = outcome.found.remote.provenance.map(ProvenanceReport.init)
  }
}
