// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import ApifyAPI
package import SourcePackage

/// The package here beside the platform's version: whether it is the same, and whether it may take the version's place.
package struct SourceComparison: Sendable {
  /// What the package holds.
  package let local: Manifest
  /// How it is sent.
  package let sourceType: SourceType
  /// When the newest of its files was changed, in nanoseconds since 1970.
  package let newestModification: Int
  /// The version.
  package let remote: RemoteVersion
  /// When the Actor was changed last, as the API writes it.
  package let modifiedAt: String?
  /// What was last pushed from here.
  package let base: Manifest?

  /// Whether the version holds the package, sent in the same way.
  package var isSame: Bool {
    remote.manifest?.records == local.records && remote.sourceType == sourceType
  }

  /// Why the package must not take the version's place unasked; nil where it may.
  package var conflict: Conflict? {
    func conflict(_ reason: Conflict.Reason) -> Conflict {
      Conflict(reason, remote: remote.manifest, local: local, base: base)
    }
    switch remote.source {
    case .elsewhere(let type, let url): return conflict(.otherSource(type, url: url))
    case .zip(let url, record: nil): return conflict(.otherSource(.tarball, url: url))
    case .files, .zip: break
    }
    if remote.isEmpty { return nil }
    if let manifest = remote.manifest, manifest.hasSameContents(as: local) { return nil }
    if let base {
      if let manifest = remote.manifest, manifest.hasSameContents(as: base) { return nil }
      return conflict(.changedSince)
    }
    guard let modifiedAt, let modified = ISOTime.nanoseconds(modifiedAt) else { return nil }
    return modified > newestModification ? conflict(.newer(modifiedAt: modifiedAt)) : nil
  }
}

extension Manifest {
  /// Whether `other` has the same folders and files. What is executable doesn't count: only zips keep that.
  func hasSameContents(as other: Manifest) -> Bool {
    if records == other.records { return true }
    return ManifestDifference(from: self, to: other).changes.allSatisfy { $0.kind == .mode }
  }
}
