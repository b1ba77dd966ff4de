// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import FoundationEssentials

/// A JSON object that was read from a file, with the place of each of its values.
struct JSONFile {
  /// Any JSON value.
  enum Value: Decodable, Equatable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([Value])
    case object([String: Value])

    init(from decoder: any Decoder) throws {
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

    /// What it is, for a sentence.
    var kind: String {
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

  /// The members of the object.
  let members: [String: Value]
  private let name: String
  private let text: [UInt8]
  private let places: [[String]: Int]
  private let code: ProjectError.Code

  /// Reads `text`, the contents of the file called `name`.
  init(_ text: [UInt8], name: String, code: ProjectError.Code) throws(ProjectError) {
    self.name = name
    self.text = text
    self.code = code
    do throws(JSONScanner.Failure) {
      places = try JSONScanner.places(in: text)
    } catch {
      throw ProjectError(
        code, file: name, position: JSONPosition(error.offset, in: text),
        reason: "not valid JSON: " + error.reason)
    }
    let body = text.starts(with: [0xEF, 0xBB, 0xBF]) ? text.dropFirst(3) : text[...]
    guard let value = try? JSONDecoder().decode(Value.self, from: Data(body)) else {
      throw ProjectError(code, file: name, reason: "not valid JSON")
    }
    guard case .object(let members) = value else {
      throw ProjectError(
        code, file: name, position: JSONPosition(places[[]] ?? 0, in: text),
        reason: "a JSON object is expected, not \(value.kind)")
    }
    self.members = members
  }

  /// An error about the value at `path`.
  func failure(_ path: [String], _ reason: String) -> ProjectError {
    ProjectError(code, file: name, position: places[path].map { JSONPosition($0, in: text) }, reason: reason)
  }

  /// Where the value at `path` stands.
  func position(_ path: [String]) -> JSONPosition? { places[path].map { JSONPosition($0, in: text) } }

  /// Throws where there is a member of another name than `names`: a slip of the pen, which would say nothing.
  func allow(_ names: [String]) throws(ProjectError) {
    guard let stranger = members.keys.filter({ !names.contains($0) }).min() else { return }
    throw failure(
      [stranger], "\(JSONFile.shown(stranger)) is not known here; known are \(names.joined(separator: ", "))")
  }

  /// The string called `key`; nil where there is none or null.
  func string(_ key: String) throws(ProjectError) -> String? {
    switch members[key] {
    case nil, .null: return nil
    case .string(let value): return value
    case let other?: throw failure([key], "\"\(key)\" must be a string, not \(other.kind)")
    }
  }

  /// The boolean called `key`; nil where there is none or null.
  func bool(_ key: String) throws(ProjectError) -> Bool? {
    switch members[key] {
    case nil, .null: return nil
    case .bool(let value): return value
    case let other?: throw failure([key], "\"\(key)\" must be true or false, not \(other.kind)")
    }
  }
}
