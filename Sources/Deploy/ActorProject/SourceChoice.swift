// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// The form in which the files are sent to the platform.
package enum SourceChoice: String, CaseIterable, Codable, Sendable {
  /// Inline up to the platform's limit, else as a zip.
  case auto
  /// Inline (SOURCE_FILES).
  case files
  /// As a zip in a key-value store (TARBALL).
  case zip
}
