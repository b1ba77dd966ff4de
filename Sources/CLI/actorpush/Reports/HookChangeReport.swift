// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// What hook install and uninstall say in JSON.
struct HookChangeReport: Report {
  let ok = true
  let operation: String
  let dryRun: Bool
  let hook: String
  let steps: [String]
}
