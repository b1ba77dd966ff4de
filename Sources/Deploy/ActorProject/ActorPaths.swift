// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// The paths that an actor.json names, and where they stand in it.
package struct ActorPaths: Sendable {
  /// A path in it.
  package struct Named: Sendable, Equatable {
    /// The member that has it: `["storages", "dataset"]`.
    package let keys: [String]
    /// As it is written, relative to the file's directory.
    package let path: String
  }

  private let json: JSONFile
  private let file: String
  private let text: [UInt8]
  /// The paths, in the order of the fields.
  package let all: [Named]

  /// Reads `text`, the contents of `file`.
  package init(_ text: [UInt8], file: String) throws(ProjectError) {
    (self.text, self.file) = (text, file)
    json = try JSONFile(text, name: file, code: .invalidConfiguration)
    var named: [Named] = []
    for (keys, _) in ActorField.paths(in: json) {
      if let path = json.path(at: keys) { named.append(Named(keys: keys, path: path)) }
    }
    all = named
  }

  /// The path that the field `name` has; nil where it has none.
  package func path(_ name: String) -> String? { all.first { $0.keys == [name] }?.path }

  /// Whether the field `name` is there, whatever its value.
  package func has(_ name: String) -> Bool {
    switch json.members[name] {
    case nil, .null?: false
    default: true
    }
  }

  /// An error about the path at `keys`.
  package func failure(_ keys: [String], _ reason: String) -> ProjectError { json.failure(keys, reason) }

  /// The same text with other paths; every other byte stays.
  package func text(with paths: [Named]) throws(ProjectError) -> [UInt8] {
    if paths.isEmpty { return text }
    return try ActorConfiguration.edited(text, file: file, paths.map { (path: $0.keys, value: $0.path) })
  }

  /// `text`, a JSON object, without the member `name`, where that is a later one; else as it is.
  package static func removing(_ name: String, from text: [UInt8]) -> [UInt8] {
    guard let ranges = try? JSONScanner.ranges(in: text), let value = ranges[[name]] else { return text }
    // What stands before the value: a comma, and the name.
    guard let comma = text[..<value.lowerBound].lastIndex(of: UInt8(ascii: ",")) else { return text }
    let between = text[(comma + 1)..<value.lowerBound].filter { $0 > 0x20 }
    guard between.elementsEqual("\"\(name)\":".utf8) else { return text }
    var result = text
    result.removeSubrange(comma..<value.upperBound)
    return result
  }
}

extension ActorPaths.Named {
  /// The path `path` of the member at `keys`.
  package init(_ keys: [String], _ path: [UInt8]) {
    self.keys = keys
    self.path = String(decoding: path, as: UTF8.self)
  }
}
