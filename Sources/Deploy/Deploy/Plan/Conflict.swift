// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import ApifyAPI
package import SourcePackage
internal import SourceTree

/// That the platform's version holds what a push would destroy.
package struct Conflict: Sendable {
  /// How that is known.
  package enum Reason: Sendable {
    /// Its source lies elsewhere: a git repository, a gist, a zip that is not the version's own.
    case otherSource(SourceType, url: String?)
    /// It is neither what was last pushed from here nor what is here now.
    case changedSince
    /// Nothing shows that it was pushed from here, or from a commit that led to what is pushed now.
    case unknownOrigin(SourceComparison.Base.Gap)
    /// It was pushed from a commit that is not among what led to this one.
    case otherHistory(commit: String, branch: String?)
    /// It was pulled into the directory, and the package has these files as they were before.
    case lacksPulled([[UInt8]])
    /// It was pushed from this other directory of the same machine.
    case otherDirectory(String)
    /// Others have given these environment variables their values since the last push from here; or it is not
    /// known who has.
    case variables([String], SourceComparison.Base.Gap?)
    /// Others have given its builds this tag since the last push, or taken the tag away.
    case buildTag(String?)
    /// It became another one between the first look and the push.
    case changedMeanwhile
    /// It was not there at the first look, and others have created it since.
    case createdMeanwhile
  }

  /// How that is known.
  package let reason: Reason
  /// What differs between the platform's files and those here; nil where the platform's are not known.
  package let difference: ManifestDifference?
  /// What others have changed since the common base; nil where there is none.
  package let theirs: ManifestDifference?
  /// What was changed here since the common base.
  package let ours: ManifestDifference?
  /// Why the commits that led to the package cannot be read; nil where they can, or there are none.
  var obstacle: SourceTreeError?

  /// Whether it might be none if they could be read.
  var hidesHistory: Bool {
    switch reason {
    case .unknownOrigin(.noHistory), .variables(_, .noHistory?): true
    default: false
    }
  }

  /// The platform's files that a push replaces or removes, and that others have changed, as far as is known.
  package var overwritten: [[UInt8]] {
    let changed = theirs.map { Set($0.changes.map(\.name)) }
    return (difference?.files ?? []).filter { file in
      changed?.contains(file.name) ?? (file.kind != .added)
    }.map(\.name)
  }

  init(_ reason: Reason, remote: Manifest?, local: Manifest, base: Manifest?) {
    self.reason = reason
    difference = remote.map { ManifestDifference(from: $0, to: local) }
    theirs = base.flatMap { base in remote.map { ManifestDifference(from: base, to: $0) } }
    ours = base.map { ManifestDifference(from: $0, to: local) }
  }
}
