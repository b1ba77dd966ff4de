// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// In which form the files go to the platform.
package enum SourceChoice: String, CaseIterable, Codable, Sendable {
  /// Inline as far as the platform takes that, else as a zip.
  case auto
  /// Inline (SOURCE_FILES).
  case files
  /// As a zip in a key-value store (TARBALL).
  case zip
}
