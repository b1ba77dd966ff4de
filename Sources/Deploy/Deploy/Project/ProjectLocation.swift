// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// Which files an operation is about.
package struct ProjectLocation: Sendable {
  /// The project's directory, as it was given.
  package var directory: [UInt8]
  /// The top of the work tree, with which ``directory`` begins, where the commit's own directory of that name
  /// is meant, whatever the tree has there: a link, another repository, nothing. Nil for what it leads to.
  package var top: [UInt8]?
  /// The revision whose files are meant; nil for the work tree.
  package var revision: String?
  /// What the user called that, where it is an object's name: it may name a branch.
  package var revisionName: String?
  /// Whether the files of the commit are what a checkout makes of them: git runs the filters that its
  /// configuration names.
  package var runsFilters = false
  /// Whether symbolic links that lead out of the directory are followed.
  package var followsExternalLinks = false
  /// Whether symbolic links that lead nowhere are left out with a warning.
  package var skipsBrokenLinks = false
  /// Whether linked work trees of the same repository that lie in the directory are packaged.
  package var includesWorktrees = false
  /// Whether of a Docker context that lies above the directory everything is packaged, whatever the
  /// Dockerfile reads.
  package var packsWholeContext = false

  /// The directory by which things are remembered: without symbolic links, as far as it exists.
  var resolvedDirectory: [UInt8] {
    guard let top else { return Paths.resolvedAsFarAsExists(directory) }
    return Paths.resolvedAsFarAsExists(top) + directory.dropFirst(top.count)
  }

  /// The files of `directory`, or those that the commit `revision` has there.
  package init(_ directory: [UInt8], revision: String? = nil) {
    self.directory = directory
    self.revision = revision
  }
}
