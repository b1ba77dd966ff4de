// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// An entry of a version's source: a file with its content as it was sent, or a folder.
package struct SourceFile: Equatable, Sendable {
  /// How the content of a file stands in JSON.
  package enum Format: String, Codable, Sendable {
    case text = "TEXT"
    case base64 = "BASE64"
  }

  /// What an entry is.
  package enum Kind: Equatable, Sendable {
    case folder
    case file(Format, content: String)
  }

  /// The name, relative and separated by slashes.
  package let name: String
  /// A file or a folder.
  package let kind: Kind

  package init(name: String, kind: Kind) {
    self.name = name
    self.kind = kind
  }

  /// Equality of bytes: as strings, the composed and the decomposed "é" would be the same.
  package static func == (left: Self, right: Self) -> Bool {
    guard left.name.utf8.elementsEqual(right.name.utf8) else { return false }
    switch (left.kind, right.kind) {
    case (.folder, .folder): return true
    case (.file(let format, let content), .file(let otherFormat, let otherContent)):
      return format == otherFormat && content.utf8.elementsEqual(otherContent.utf8)
    default: return false
    }
  }
}

/// The form of the API, which the data directory has too.
extension SourceFile: Codable {
  private enum CodingKeys: CodingKey {
    case name, folder, format, content
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    name = try container.decode(String.self, forKey: .name)
    if try container.decodeIfPresent(Bool.self, forKey: .folder) == true {
      kind = .folder
    } else {
      let format = try container.decode(Format.self, forKey: .format)
      kind = .file(format, content: try container.decode(String.self, forKey: .content))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    switch kind {
    case .folder:
      try container.encode(true, forKey: .folder)
    case .file(let format, let content):
      try container.encode(format, forKey: .format)
      try container.encode(content, forKey: .content)
    }
  }
}
