// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// What a package is limited to whose directory holds more than the one project.
package struct PackageScope: Sendable {
  /// How much of a path is wanted.
  package enum Reach: Sendable, Equatable {
    /// Nothing of it.
    case none
    /// Something that lies below it, at most.
    case below
    /// It, with all below it.
    case all
  }

  /// The path of the project's own `.actor`, which is packaged as that of a project at the top is.
  package let actor: [UInt8]
  /// How much of a path is wanted; both relative to the package's directory.
  package let reach: @Sendable (_ path: [UInt8]) -> Reach

  /// The names of what has a say of its own at the top of the Actor's directory: its .actorignore, and what
  /// is left out there.
  package static let ruled = [IgnoreFile.actorName] + FixedRules.outAtTop

  /// The path of the Actor's directory; nil where it is the package's.
  package var actorDirectory: [UInt8]? {
    guard let slash = actor.lastIndex(of: UInt8(ascii: "/")) else { return nil }
    return Array(actor[..<slash])
  }

  /// The scope of the project whose `.actor` lies at `actor`, limited by `reach`.
  package init(actor: [UInt8], reach: @escaping @Sendable (_ path: [UInt8]) -> Reach) {
    self.actor = actor
    self.reach = reach
  }
}
