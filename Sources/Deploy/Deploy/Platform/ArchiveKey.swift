// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import Crypto
package import SourcePackage
internal import SystemIO

/// The key of a version's zip in the store of its Actor: made of what the zip holds, so that another zip has
/// another key, and none is ever written over.
///
/// `version-0.1-DIGEST-BYTES[-PROVENANCE].zip`: the first 32 digits of the package digest, the length of the
/// zip, and the first 8 digits of the SHA-256 of its provenance, which is in the zip and not in the digest.
package struct ArchiveKey: Sendable, Hashable {
  private static let digestDigits = 32
  private static let provenanceDigits = 8

  /// The version.
  package let version: String
  /// The beginning of the package digest.
  let digest: String
  /// The length of the zip in bytes.
  let byteCount: Int
  /// Tells provenances apart; nil for none.
  private let provenance: String?

  /// The key of a zip of `byteCount` bytes for `version`, which holds `manifest` and says that it comes from
  /// `provenance`.
  init(version: String, manifest: Manifest, provenance: Provenance?, byteCount: Int) {
    self.version = version
    digest = String(manifest.digest.prefix(Self.digestDigits))
    self.byteCount = byteCount
    self.provenance = provenance.map {
      String(Hex.lowercase(SHA256.hash(data: $0.contents)).prefix(Self.provenanceDigits))
    }
  }

  /// Returns nil unless `text` is such a key, in its one spelling.
  package init?(_ text: String) {
    let ending = ".zip"
    guard text.hasSuffix(ending) else { return nil }
    let parts = text.dropLast(ending.count).split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 4 || parts.count == 5, parts[0] == "version", !parts[1].isEmpty,
      parts[2].count == Self.digestDigits, let byteCount = Int(parts[3])
    else { return nil }
    version = String(parts[1])
    digest = String(parts[2])
    self.byteCount = byteCount
    provenance = parts.count == 5 ? String(parts[4]) : nil
    guard self.text == text else { return nil }
  }

  /// The key as it is written.
  package var text: String {
    "version-\(version)-\(digest)-\(byteCount)" + (provenance.map { "-\($0)" } ?? "") + ".zip"
  }

  /// Whether a zip of this key holds `manifest`.
  package func holds(_ manifest: Manifest) -> Bool { manifest.digest.hasPrefix(digest) }

  /// Whether a zip of this key holds the same files as one of `other`.
  func hasSameContents(as other: ArchiveKey) -> Bool { digest == other.digest }
}

extension RemoteVersion {
  /// The key of the version's zip, where a push has put it there.
  package var archiveKey: ArchiveKey? {
    if case .zip(_, let record?) = source { ArchiveKey(record.key) } else { nil }
  }
}
