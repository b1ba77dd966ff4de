// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Whether a build was started with what its version has now beside the files: the variables, and whether
/// builds get them.
package enum BuiltSettings: Sendable, Equatable {
  /// It was.
  case same
  /// That has been changed since.
  case other
  /// That has been changed since an earlier build; whether this one has the change, nothing tells.
  case doubtful
  /// Nothing tells, nor speaks against it: no build of the version was started from here, or left a record of
  /// something else.
  case unknown
}

extension BuiltSettings {
  /// Judges the build `id`.
  ///
  /// - Parameters:
  ///   - memory: whether the memory of this machine knows it as started with `settings`; nil where it does
  ///     not know the build.
  ///   - found: what the last build that was started by a push, or a `version set` since, has left.
  ///   - settings: what the version has now.
  init(memory: Bool?, _ found: RecordFinding<BuildRecord>, of id: String, now settings: FrozenSettings) {
    switch (memory, found) {
    case (false?, _): self = .other
    case (let memory, .record(let record)) where record.build == id:
      self = record.isOutdated || memory == nil && !record.isOf(settings) ? .other : .same
    case (true?, _): self = .same
    // They are what an earlier build had; others may have changed them, built, and changed them back.
    case (nil, .record(let record)): self = record.isOf(settings) ? .unknown : .doubtful
    case (nil, .unreadable): self = .doubtful
    case (nil, .nothing): self = .unknown
    }
  }
}
