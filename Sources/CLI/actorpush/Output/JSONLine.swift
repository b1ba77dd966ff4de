// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import FoundationEssentials
internal import SystemIO

/// Values as JSON on one line.
enum JSONLine {
  /// The JSON of `value`, without the end of the line. The members of objects are sorted, so that the same
  /// value is the same text. What GitHub's runner would take for a command ("##[", which only a string has)
  /// is escaped.
  static func bytes(_ value: some Encodable) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(value) else { return [] }
    let bytes = Array(data)
    return mayOrder(bytes) ? withoutOrders(bytes) : bytes
  }

  private static func withoutOrders(_ text: [UInt8]) -> [UInt8] {
    let order = Array("##[".utf8)
    var escaped: [UInt8] = []
    for index in text.indices {
      if text[index...].starts(with: order) {
        escaped += Array("\\u0023".utf8)
      } else {
        escaped.append(text[index])
      }
    }
    return escaped
  }

  /// Whether `text` may have what is escaped beyond JSON's own rules.
  static func mayOrder(_ text: [UInt8]) -> Bool { text.contains(UInt8(ascii: "#")) }

  /// Prints `value`.
  static func write(_ value: some Encodable) throws(Failure) {
    let line = bytes(value) + Array("\n".utf8)
    try writeOutput { output throws(SystemError) in try output.write(line) }
  }
}
