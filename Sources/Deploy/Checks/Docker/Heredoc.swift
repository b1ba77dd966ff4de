// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// The beginning of a heredoc: `<<EOF`, `<<-"EOF"`, `3<<EOF`.
struct Heredoc: Equatable {
  private let name: [UInt8]
  private let ignoresTabs: Bool

  /// Returns nil where `word` begins none.
  init?(_ word: [UInt8]) {
    let less = UInt8(ascii: "<")
    var rest = word.drop { $0 >= 0x30 && $0 <= 0x39 }
    guard rest.starts(with: [less, less]) else { return nil }
    rest = rest.dropFirst(2)
    ignoresTabs = rest.first == UInt8(ascii: "-")
    if ignoresTabs { rest = rest.dropFirst() }
    if let quote = rest.first, quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") {
      guard rest.count > 2, rest.last == quote else { return nil }
      rest = rest.dropFirst().dropLast()
    }
    guard !rest.isEmpty, !rest.contains(less) else { return nil }
    name = Array(rest)
  }

  /// Whether `line` is its last one.
  func isEnded(by line: ArraySlice<UInt8>) -> Bool {
    (ignoresTabs ? line.drop { $0 == 0x09 } : line).elementsEqual(name)
  }
}
