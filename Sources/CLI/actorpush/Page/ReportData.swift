// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Checks
internal import Deploy
internal import FoundationEssentials
internal import SourceTree
internal import SystemIO

/// What the page of `report` shows. All texts are harmless to look at; the page adds no markup of them.
struct ReportData: Encodable, Sendable {
  struct Limit: Encodable, Sendable {
    let name: String
    let bytes: Int
    let limit: Int
  }

  /// What is left out, by index.
  struct Out: Encodable, Sendable {
    var names: [String] = []
    /// The entries that they lie in, by their indices; -1 at the top.
    var parents: [Int] = []
    var bytes: [Int] = []
    var files: [Int] = []
    /// Which of `rules` says so.
    var ruleIndices: [Int] = []
    var rules: [String] = []
    /// The indices of those that have more in them than was counted.
    var partial: [Int] = []
  }

  struct Finding: Encodable, Sendable {
    let id: String
    let severity: String
    let location: String?
    let message: String
    let remedy: String?
  }

  /// The names of the files that a push would change.
  struct Comparison: Encodable, Sendable {
    /// The version on the platform.
    let version: String
    let added: [String]
    let changed: [String]
    let removed: [String]
  }

  let title: String
  let summary: String
  let limits: [Limit]
  let isZip: Bool
  let findings: [Finding]
  /// Nil where the platform was not asked.
  let comparison: Comparison?
  // The entries, by index.
  let names: [String]
  let parents: [Int32]
  let bytes: [Int]
  /// A letter for each entry: "d" a directory, "t" TEXT, "b" BASE64.
  let kinds: String
  let out: Out

  /// The JSON of it, harmless in a script element: without "<", ">" and "&", and without what older readers
  /// take for the end of a line.
  var scriptSafeJSON: [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let json = try? encoder.encode(self) else { return Array("{}".utf8) }
    return Self.scriptSafe(Array(json))
  }

  /// All of these stand in strings of the JSON only, where an escape means the same.
  static func scriptSafe(_ json: [UInt8]) -> [UInt8] {
    var safe: [UInt8] = []
    safe.reserveCapacity(json.count + json.count / 16)
    var index = 0
    while index < json.count {
      switch json[index] {
      case UInt8(ascii: "<"): safe += Array("\\u003c".utf8)
      case UInt8(ascii: ">"): safe += Array("\\u003e".utf8)
      case UInt8(ascii: "&"): safe += Array("\\u0026".utf8)
      case 0xE2 where json[index...].starts(with: [0xE2, 0x80, 0xA8]):
        safe += Array("\\u2028".utf8)
        index += 2
      case 0xE2 where json[index...].starts(with: [0xE2, 0x80, 0xA9]):
        safe += Array("\\u2029".utf8)
        index += 2
      default: safe.append(json[index])
      }
      index += 1
    }
    return safe
  }
}
