// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// An entry of a version's inline source.
///
/// `==` compares strings by canonical equivalence; where bytes matter, compare `utf8`.
package struct SourceFile: Codable, Hashable, Sendable {
  /// The encoding of a file's content; an open set.
  package struct Format: RawRepresentable, Codable, Hashable, Sendable {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }

    /// The content as it is.
    package static let text = Format(rawValue: "TEXT")
    /// Base64 (RFC 4648 §4), padded.
    package static let base64 = Format(rawValue: "BASE64")
  }

  /// The path, with slashes.
  package var name: String
  /// Nil for a folder.
  package var format: Format?
  /// The content in that format; nil for a folder.
  package var content: String?
  /// True for a folder.
  package var folder: Bool?

  package init(name: String, format: Format, content: String) {
    self.name = name
    self.format = format
    self.content = content
  }

  package init(folder name: String) {
    self.name = name
    folder = true
  }

  package var isFolder: Bool { folder == true }
}
