// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Cuts what comes in chunks into lines; a line that is absurdly long is cut, too.
struct LineSplitter {
  /// The longest line.
  static let limit = 64 << 10
  private var rest: [UInt8] = []

  /// The lines that end in `bytes`, without their ends.
  mutating func add(_ bytes: some Collection<UInt8>) -> [String] {
    var lines: [String] = []
    for byte in bytes {
      if byte == UInt8(ascii: "\n") {
        lines.append(take())
      } else {
        rest.append(byte)
        if rest.count >= Self.limit { lines.append(take()) }
      }
    }
    return lines
  }

  /// What came behind the last end of a line, if anything.
  mutating func finish() -> String? { rest.isEmpty ? nil : take() }

  private mutating func take() -> String {
    if rest.last == UInt8(ascii: "\r") { rest.removeLast() }
    defer { rest.removeAll(keepingCapacity: true) }
    return String(decoding: rest, as: UTF8.self)
  }
}
