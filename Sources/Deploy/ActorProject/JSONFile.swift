// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import FoundationEssentials

/// A JSON object read from a file, with the offset of each of its values.
package struct JSONFile: Sendable {
  package enum Value: Decodable, Equatable, Sendable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([Value])
    case object([String: Value])

    package init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if container.decodeNil() {
        self = .null
      } else if let value = try? container.decode(Bool.self) {
        self = .bool(value)
      } else if let value = try? container.decode(Double.self) {
        self = .number(value)
      } else if let value = try? container.decode(String.self) {
        self = .string(value)
      } else if let value = try? container.decode([Value].self) {
        self = .array(value)
      } else {
        self = .object(try container.decode([String: Value].self))
      }
    }

    /// The kind of value, with its article, for messages.
    package var kind: String {
      switch self {
      case .null: "null"
      case .bool: "a boolean"
      case .number: "a number"
      case .string: "a string"
      case .array: "an array"
      case .object: "an object"
      }
    }
  }

  package let members: [String: Value]
  private let name: String
  private let text: [UInt8]
  private let offsets: [[String]: Int]
  private let code: ProjectError.Code

  /// Reads `text`, the contents of the file called `name`.
  package init(_ text: [UInt8], name: String, code: ProjectError.Code) throws(ProjectError) {
    self.name = name
    self.text = text
    self.code = code
    let scanner: JSONScanner
    do throws(JSONScanner.Failure) {
      scanner = try JSONScanner.scan(text)
    } catch {
      throw ProjectError(
        code, file: name, position: JSONPosition(error.offset, in: text),
        reason: "not valid JSON: " + error.reason)
    }
    offsets = scanner.offsets
    if let (path, offset) = scanner.repetition {
      throw ProjectError(
        code, file: name, position: JSONPosition(offset, in: text),
        reason: "\(JSONFile.shown(path.last ?? "")) comes twice here",
        help: "keep one; programs differ in which counts")
    }
    let body = text.starts(with: [0xEF, 0xBB, 0xBF]) ? text.dropFirst(3) : text[...]
    guard let value = try? JSONDecoder().decode(Value.self, from: Data(body)) else {
      throw ProjectError(code, file: name, reason: "not valid JSON")
    }
    guard case .object(let members) = value else {
      throw ProjectError(
        code, file: name, position: JSONPosition(offsets[[]] ?? 0, in: text),
        reason: "a JSON object is expected, not \(value.kind)")
    }
    self.members = members
  }

  /// An error about the value at `path`.
  func failure(_ path: [String], _ reason: String, help: String? = nil) -> ProjectError {
    ProjectError(code, file: name, position: position(path), reason: reason, help: help)
  }

  /// Where the value at `path` stands; nil where there is none.
  package func position(_ path: [String]) -> JSONPosition? {
    offsets[path].map { JSONPosition($0, in: text) }
  }

  /// The offset of the value at `path`, which is in the file.
  func offset(_ path: [String]) -> Int { offsets[path] ?? 0 }

  /// The value at `path`; nil where there is none.
  package func value(at path: [String]) -> Value? {
    var value = Value.object(members)
    for name in path {
      guard case .object(let members) = value, let next = members[name] else { return nil }
      value = next
    }
    return value
  }

  /// Throws where there is a member that is not one of `names`: a misspelt one would have no effect.
  func allow(_ names: [String]) throws(ProjectError) {
    guard let unknown = members.keys.filter({ !names.contains($0) }).min() else { return }
    throw failure(
      [unknown], "\(JSONFile.shown(unknown)) is not known here",
      help: "known are \(names.joined(separator: ", "))")
  }

  /// The string `key`; nil where it is missing or null.
  func string(_ key: String) throws(ProjectError) -> String? {
    switch members[key] {
    case nil, .null: return nil
    case .string(let value): return value
    case let other?: throw failure([key], "\"\(key)\" must be a string, not \(other.kind)")
    }
  }

  /// The string `key`; nil where there is none.
  func text(_ key: String) -> String? {
    if case .string(let text)? = members[key] { text } else { nil }
  }

  /// The path at `keys`, which names a file; nil where there is none, and where it is an address or absolute.
  package func path(at keys: [String]) -> String? {
    guard case .string(let path)? = value(at: keys), !path.isEmpty, !path.hasPrefix("/"),
      !path.utf8.contains(UInt8(ascii: ":"))
    else { return nil }
    return path
  }

  /// The boolean `key`; nil where it is missing or null.
  func bool(_ key: String) throws(ProjectError) -> Bool? {
    switch members[key] {
    case nil, .null: return nil
    case .bool(let value): return value
    case let other?: throw failure([key], "\"\(key)\" must be true or false, not \(other.kind)")
    }
  }
}
