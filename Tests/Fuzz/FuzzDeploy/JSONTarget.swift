// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import FoundationEssentials
import FuzzDriver

@testable import ActorProject
@testable import ApifyAPI

/// What is read as JSON: the answers of the platform, the files of a project and its user, and what is kept
/// of earlier runs. The first byte says which.
///
/// Nothing may trap. What was read, written and read again is the same. Whether a file is JSON at all, Python
/// knows too.
struct JSONTarget: FuzzTarget {
  static let name = "json"
  static let summary = "the JSON of each model, read and written again; what is JSON, against Python"
  static let longest = 4096

  private let readers: [Reader]
  private let judge: JSONJudge

  init(isSingle: Bool) throws {
    let directory = try Workspace.make(Self.name)
    let judge = try JSONJudge(in: directory)
    self.judge = judge
    readers = try Reader.answers() + Reader.files(judge) + Reader.memories(in: directory)
  }

  mutating func run(_ input: [UInt8]) {
    guard let first = input.first else { return }
    let reader = readers[Int(first) % readers.count]
    do { try reader.read(Array(input.dropFirst())) } catch { finding("\(reader.name): \(error)") }
  }

  static func seeds() throws -> [[UInt8]] {
    let directory = try Workspace.make("json-seeds")
    let judge = try JSONJudge(in: directory)
    let readers = try Reader.answers() + Reader.files(judge) + Reader.memories(in: directory)
    return readers.enumerated().flatMap { index, reader in
      reader.seeds.map { [UInt8(index)] + Array($0.utf8) }
    }
  }

  static let words =
    [
      "{\"data\":", "\"id\":", "\"name\":", "\"version\":", "\"items\":", "\"status\":", "\"format\":1",
      "\"actVersion\":", "\"versionNumber\":\"0.1\"", "\"sourceFiles\":", "\"envVars\":", "\"isSecret\":true",
      "\"content\":", "\"folder\":true", "\"taggedBuilds\":", "\"error\":", "\"type\":", "\"message\":",
      "\"environmentVariables\":", "\"buildTag\":", "\"targets\":", "\"push\":", "\"steps\":", "\"digest\":",
      "null", "true", "false", "[]", "{}", "1e999", "-0", "\\u0000", "\\ud83d", "\\ude00", "\\u00e9", "\\\"",
      "\u{FEFF}", "9223372036854775807", "0.1", "1E+2",
    ].map { Array($0.utf8) } + [[0xFF], [0xED, 0xA0, 0x80], [0]]
}

/// One kind of text that is read.
struct Reader {
  let name: String
  let seeds: [String]
  /// Ends the program where something is wrong.
  let read: ([UInt8]) throws -> Void
}

extension Reader {
  static func decode<Value: Decodable>(_ type: Value.Type, _ text: [UInt8]) -> Value? {
    try? JSONDecoder().decode(type, from: Data(text))
  }

  static func encode(_ value: some Encodable) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(value))
  }

  /// What is read, written and read again is written the same.
  static func again<Value: Codable>(_ type: Value.Type, _ seeds: String...) -> Reader {
    Reader(name: "\(type)", seeds: seeds) { text in
      guard let value = decode(type, text) else { return }
      let written = try encode(value)
      guard let second = decode(type, written) else { finding("\(type): \(written.shown) is not read again") }
      let again = try encode(second)
      require(again == written, "\(type): \(written.shown) is written again as \(again.shown)")
    }
  }

  /// What is read, written and read again is equal: sets have no order.
  static func equal<Value: Codable & Equatable>(_ type: Value.Type, _ seeds: String...) -> Reader {
    Reader(name: "\(type)", seeds: seeds) { text in
      guard let value = decode(type, text) else { return }
      let written = try encode(value)
      require(decode(type, written) == value, "\(type): \(written.shown) is not the same again")
    }
  }
}
