// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// What `list --summary` says in JSON.
struct ExtensionReport: Report {
  let ok = true
  let operation = ListCommand.operation
  let extensions: [ExtensionTable.Row]
  let warnings: [String]

  init(_ table: ExtensionTable, warnings: [String]) {
    extensions = table.rows
    self.warnings = warnings
  }
}
