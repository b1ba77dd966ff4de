// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// What a pull is asked to do.
package struct PullRequest: Sendable {
  /// Where the files go.
  package enum Destination: Sendable {
    /// Into this project, merged with what is there.
    case project(ProjectLocation)
    /// Into a new directory; nil for one that is called like the Actor.
    case directory([UInt8]?)
  }

  /// Which side a contradiction is decided for.
  package enum Preference: CaseIterable, Sendable {
    case none
    case ours
    case theirs
  }

  /// Where the files go.
  package var destination: Destination
  /// Which version.
  package var target = VersionTarget()
  /// The number, id or tag of the build whose files are meant; nil for the version as it is now.
  package var build: String?
  /// Which side a contradiction is decided for.
  package var preference = Preference.none
  /// Whether variables and the build tag are written into actor.json as the platform has them.
  package var writesConfiguration = false
  /// Whether nothing is changed.
  package var isDryRun = false

  /// A pull of a version into `destination`.
  package init(_ destination: Destination) { self.destination = destination }
}
