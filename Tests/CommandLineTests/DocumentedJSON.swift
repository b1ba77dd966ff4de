// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import FoundationEssentials
import PlatformModel
import TestSupport
import Testing

/// JSON.md: the schemas of what `--json` prints, and examples of it.
struct DocumentedJSON {
  /// The page, read once.
  static let page = Result { try DocumentedJSON() }

  let schemas: JSONSchemas
  /// The texts of the schemas.
  let schemaTexts: [String]
  /// What stands below a command line, by that.
  let examples: [(command: String, json: JSONValue)]

  private init() throws {
    let tests = URL(filePath: #filePath).deletingLastPathComponent()
    let root = tests.deletingLastPathComponent().deletingLastPathComponent()
    let text = try String(contentsOf: root.appending(path: "JSON.md"), encoding: .utf8)
    var (schemaTexts, examples): ([String], [(String, JSONValue)]) = ([], [])
    for block in text.split(separator: "\n```").map(String.init) {
      if block.hasPrefix("json\n") {
        schemaTexts.append(String(block.dropFirst(5)))
      } else if block.hasPrefix("\n$ actorpush ") {
        let lines = block.dropFirst("\n$ actorpush ".count).split(separator: "\n", maxSplits: 1)
        examples.append((String(lines[0]), try JSONValue(Array((lines.last ?? "").utf8))))
      }
    }
    self.schemaTexts = schemaTexts
    self.examples = examples
    schemas = JSONSchemas(try schemaTexts.map { try JSONValue(Array($0.utf8)) })
  }

  /// The id of the schema of what the command `operation` prints; nil: of a command line that names none.
  static func id(_ operation: String?) -> String {
    "urn:actorpush:1:" + (operation?.split(separator: " ").joined(separator: "-") ?? "usage")
  }

  /// What is wrong with `output`, which a command with `--json` has printed.
  static func problems(_ output: Output) throws -> [String] {
    // Nothing could be said: the reader was gone, or the process was killed.
    if output.bytes.isEmpty, output.status == nil || output.status == 141 { return [] }
    guard output.bytes.last == UInt8(ascii: "\n"), !output.bytes.dropLast().contains(UInt8(ascii: "\n"))
    else { return ["is not one line: \(output.text)"] }
    let value = try JSONValue(output.bytes)
    var problems = try page.get().schemas.problems(of: value, by: id(value["operation"]?.string))
    if value["exitCode"] != output.status.map({ .integer(Int64($0)) }) {
      problems.append("exitCode is not the exit status")
    }
    return problems.map { "\($0) in \(output.text)" }
  }
}
