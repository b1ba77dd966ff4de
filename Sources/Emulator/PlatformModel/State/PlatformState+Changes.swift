// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

extension PlatformState {
  /// What was changed: what a store of the state has to write.
  package struct Changes: Sendable {
    /// The ids of Actors.
    package internal(set) var actors: Set<String> = []
    /// The ids of builds; one that is not there any more was removed.
    package internal(set) var builds: Set<String> = []
    /// The ids of runs.
    package internal(set) var runs: Set<String> = []
    /// Whether a key-value store or one of its records was changed.
    package internal(set) var stores = false
  }

  /// Returns what was changed since this was last called.
  package mutating func takeChanges() -> Changes {
    defer { changes = Changes() }
    return changes
  }
}
