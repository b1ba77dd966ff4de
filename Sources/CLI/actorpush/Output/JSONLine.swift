// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import FoundationEssentials
internal import SystemIO

/// Values as JSON on one line.
enum JSONLine {
  /// The JSON of `value`, without the end of the line. The members of objects are sorted, so that the same
  /// value is the same text. What GitHub's runner would take for a command ("##["), and what would steer a
  /// terminal or turn the order of a text, is escaped: only strings have it.
  static func bytes(_ value: some Encodable) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(value) else { return [] }
    let bytes = Array(data)
    return mayAct(bytes) ? escaped(bytes) : bytes
  }

  private static func escaped(_ text: [UInt8]) -> [UInt8] {
    var escaped: [UInt8] = []
    escaped.reserveCapacity(text.count)
    var index = 0
    while index < text.count {
      guard let (scalar, count) = acting(text[index...]) else {
        escaped.append(text[index])
        index += 1
        continue
      }
      let digits = String(scalar, radix: 16)
      escaped += Array(("\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits).utf8)
      index += count
    }
    return escaped
  }

  /// The character that `text`, UTF-8, begins with, and its length, where it is to be escaped: a control
  /// character beyond JSON's own rules, a mark of direction, a separator of lines, or the "#" of "##[".
  private static func acting(_ text: ArraySlice<UInt8>) -> (scalar: UInt32, count: Int)? {
    let next = text.dropFirst()
    switch (text.first, next.first, next.dropFirst().first) {
    case (0x23, 0x23, 0x5B): return (0x23, 1)
    case (0x7F, _, _): return (0x7F, 1)
    case (0xC2, let low?, _) where low < 0xA0: return (UInt32(low), 2)
    case (0xD8, 0x9C, _): return (0x061C, 2)
    case (0xE2, 0x80, let low?) where [0x8E, 0x8F].contains(low) || (0xA8...0xAE).contains(low):
      return (0x2000 + UInt32(low & 0x3F), 3)
    case (0xE2, 0x81, let low?) where (0xA6...0xA9).contains(low): return (0x2040 + UInt32(low & 0x3F), 3)
    default: return nil
    }
  }

  /// Whether `text` may have what is escaped beyond JSON's own rules.
  static func mayAct(_ text: [UInt8]) -> Bool {
    text.contains { $0 == 0x23 || $0 == 0x7F || $0 == 0xC2 || $0 == 0xD8 || $0 == 0xE2 }
  }

  /// Prints `value`.
  static func write(_ value: some Encodable) throws(Failure) {
    let line = bytes(value) + Array("\n".utf8)
    try writeOutput { output throws(SystemError) in try output.write(line) }
  }
}
