// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Which of a repository's Actors an operation is about.
package struct ActorSelection: Sendable {
  /// Where they are.
  package enum Place: Sendable {
    /// In these directories.
    case directories([[UInt8]])
    /// Wherever below this one there is an `.actor/actor.json`.
    case below([UInt8])
  }

  /// Where they are.
  package var place: Place
  /// Only those that belong to it; nil for all.
  package var shard: Shard?
  /// Only those of which something differs between this commit and the one that is packaged, or is checked
  /// out; nil for all.
  package var changedSince: String?

  /// All Actors at `place`.
  package init(_ place: Place) { self.place = place }
}
