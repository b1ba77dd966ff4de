// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// An entry of a version's inline source.
///
/// Not `Equatable`: `String` compares by meaning, and here the bytes matter. Compare `utf8`.
package struct SourceFile: Codable, Hashable, Sendable {
  /// How a file's content is written; an open set.
  package struct Format: RawRepresentable, Codable, Hashable, Sendable {
    /// As in JSON.
    package let rawValue: String
    /// Any format.
    package init(rawValue: String) { self.rawValue = rawValue }

    /// The content itself.
    package static let text = Format(rawValue: "TEXT")
    /// RFC 4648 §4.
    package static let base64 = Format(rawValue: "BASE64")
  }

  /// The path, with slashes.
  package var name: String
  /// A file's format.
  package var format: Format?
  /// A file's content, as `format` says.
  package var content: String?
  /// True for a folder.
  package var folder: Bool?

  /// A file.
  package init(name: String, format: Format, content: String) {
    self.name = name
    self.format = format
    self.content = content
  }

  /// A folder.
  package init(folder name: String) {
    self.name = name
    folder = true
  }

  /// Whether it is a folder.
  package var isFolder: Bool { folder == true }
}
