// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import Deploy

/// What diff says in JSON.
struct DiffReport: Report {
  let ok = true
  let operation = DiffCommand.operation
  let actor: String
  let version: String
  let changes: ChangesReport
  let provenance: ProvenanceReport?
  let warnings: [String]

  init(_ outcome: DiffOperation.Outcome, warnings: [String]) {
    self.warnings = warnings
    actor = outcome.found.actorName
    version = outcome.found.version.versionNumber
    changes = ChangesReport(outcome.comparison.difference, side: outcome.side)
    provenance = outcome.found.remote.provenance.map(ProvenanceReport.init)
  }
}
