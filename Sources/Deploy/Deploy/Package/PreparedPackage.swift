// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import ApifyAPI
package import SourcePackage
internal import SystemIO

/// A package made ready to be sent, and so able to be sent again: nothing of it is read a second time from
/// the tree. Where it comes from is put behind its files when it is sent.
package struct PreparedPackage: Sendable {
  /// In which form it goes.
  package enum Source: Sendable {
    /// Inline, in memory, within the platform's limits.
    case files(CompressedFiles)
    /// As a zip.
    case zip(ZipSpool)
  }

  /// What it holds, counted.
  package let summary: PackageSummary
  /// What it holds, file by file.
  package let manifest: Manifest
  /// The bytes.
  package let source: Source
  /// The secrets in its files, of a dry run: a push makes no such package.
  package internal(set) var secrets: [SecretFinder.Find] = []

  /// What the platform calls the form.
  package var sourceType: SourceType {
    switch source {
    case .files: .sourceFiles
    case .zip: .tarball
    }
  }

  /// About how many bytes go over the wire.
  package var payloadBytes: Int {
    switch source {
    case .files(let files): files.byteCount
    case .zip: summary.documentBytes
    }
  }

  /// What a decision needs of it.
  var facts: PackageFacts {
    PackageFacts(
      manifest: manifest, sourceType: sourceType)
  }
}
