// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
package import SourcePackage

/// A package beside the platform's version: whether they are the same, and whether the package may replace
/// the version.
package struct SourceComparison: Sendable {
  /// The package.
  package let local: PackageFacts
  /// The version.
  package let remote: RemoteVersion
  /// From what the changes of both sides are counted.
  package let base: Base

  /// The common base of the version and the package, as far as it is known.
  package enum Base: Sendable {
    /// Nothing, for this reason.
    case unknown(Gap)
    /// The last push from here, or the commit that the version was pushed from, held this.
    case manifest(Manifest)
    /// The version says what it was pushed as, and has been changed since; what that was is not to be had.
    case lost
    /// The version was pushed from a commit that is not among what led to the package.
    case elsewhere(commit: String, branch: String?)

    /// The version holds what was pushed from this directory of the same machine.
    case otherDirectory(String)

    /// The version holds what was pulled into the directory, and the package has these files as they were
    /// before.
    case lacking([[UInt8]])

    /// Why nothing is known.
    package enum Gap: Sendable, Equatable, CaseIterable {
      /// Nothing was pushed from here, and there is no repository that would tell.
      case noHistory
      /// None of the commits that led to the package has the version's files.
      case noCommit
      /// The repository is a shallow clone, which does not have the commit that the version comes from.
      case shallow
      /// The version was pushed with changes that were in no commit.
      case uncommitted
    }

    /// What there was, if that is known.
    var manifest: Manifest? {
      if case .manifest(let manifest) = self { manifest } else { nil }
    }
  }

  /// Whether the version holds the package, sent in the same way.
  package var isSame: Bool {
    !remote.isGone && remote.manifest?.records == local.manifest.records
      && remote.sourceType == local.sourceType
  }

  /// Why the package must not replace the version unasked; nil where nothing would be lost.
  package var conflict: Conflict? {
    func conflict(_ reason: Conflict.Reason) -> Conflict {
      Conflict(reason, remote: remote.manifest, local: local.manifest, base: base.manifest)
    }
    switch remote.source {
    case .elsewhere(let type, let url): return conflict(.otherSource(type, url: url))
    case .zip(let url, record: nil): return conflict(.otherSource(.tarball, url: url))
    case .files, .zip: break
    }
    if remote.isEmpty { return nil }
    if remote.hasSameContents(as: local.manifest) { return nil }
    switch base {
    case .manifest(let base): return remote.hasSameContents(as: base) ? nil : conflict(.changedSince)
    case .lost: return conflict(.changedSince)
    case .lacking(let paths): return conflict(.lacksPulled(paths))
    case .elsewhere(let commit, let branch): return conflict(.otherHistory(commit: commit, branch: branch))
    case .otherDirectory(let directory): return conflict(.otherDirectory(directory))
    case .unknown(let gap): return conflict(.unknownOrigin(gap))
    }
  }
}

extension Manifest {
  /// Whether `other` has the same folders and files. What is executable doesn't count: only zips keep that.
  func hasSameContents(as other: Manifest) -> Bool {
    if records == other.records { return true }
    return ManifestDifference(from: self, to: other).changes.allSatisfy { $0.kind == .mode }
  }
}
