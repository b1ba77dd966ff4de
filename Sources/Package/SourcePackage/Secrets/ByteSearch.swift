// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// Finds any of several byte strings in one pass, however many there are.
///
/// Few are looked for by a filter, where the processor has one (``ByteFilter``). Otherwise a window as long
/// as the shortest string moves over the bytes (Wu and Manber, 1994). Its last two bytes tell how far it may
/// move without missing one, so most bytes are never looked at.
struct ByteSearch: Sendable {
  /// An occurrence.
  struct Match: Equatable {
    /// Which of the strings.
    let pattern: Int
    /// Where it begins.
    let offset: Int
  }

  /// The shortest string that is worth a search.
  static let shortest = 4

  private let patterns: [[UInt8]]
  /// The length of the shortest string.
  private let window: Int
  /// How far the window may move, by its last two bytes.
  private let shifts: [UInt8]
  /// The strings whose first `window` bytes end with these two.
  private let endings: [Int: [Int]]
  private let filter: ByteFilter?

  /// A search for `patterns`; nil where there is none, or one is shorter than ``shortest``.
  ///
  /// - Parameter filters: whether a filter may be used. Tests say that none is.
  init?(_ patterns: [[UInt8]], filters: Bool = true) {
    guard let least = patterns.lazy.map(\.count).min(), least >= Self.shortest else { return nil }
    let window = min(least, Int(UInt8.max))
    var shifts = [UInt8](repeating: UInt8(window - 1), count: 1 << 16)
    var endings: [Int: [Int]] = [:]
    for (index, pattern) in patterns.enumerated() {
      for end in 1..<window {
        let block = Int(pattern[end - 1]) | Int(pattern[end]) << 8
        shifts[block] = min(shifts[block], UInt8(window - 1 - end))
        if end == window - 1 { endings[block, default: []].append(index) }
      }
    }
    self.patterns = patterns
    self.window = window
    self.shifts = shifts
    self.endings = endings
    filter = filters ? ByteFilter(patterns, within: window) : nil
  }

  /// The length of the longest string.
  var longest: Int { patterns.lazy.map(\.count).max() ?? 0 }

  /// Calls `onMatch` with each occurrence in `bytes`, in the order in which they begin.
  func forEachMatch(in bytes: RawSpan, _ onMatch: (Match) -> Void) {
    if let filter {
      filter.forEachOffset(in: bytes) { start in
        for index in patterns.indices where holds(patterns[index], in: bytes, at: start) {
          onMatch(Match(pattern: index, offset: start))
        }
      }
      return
    }
    var end = window - 1
    while end < bytes.byteCount {
      let block = Int(bytes.byte(at: end - 1)) | Int(bytes.byte(at: end)) << 8
      let shift = Int(shifts[block])
      if shift > 0 {
        end += shift
        continue
      }
      let start = end + 1 - window
      for index in endings[block] ?? [] where holds(patterns[index], in: bytes, at: start) {
        onMatch(Match(pattern: index, offset: start))
      }
      end += 1
    }
  }

  private func holds(_ pattern: [UInt8], in bytes: RawSpan, at start: Int) -> Bool {
    guard pattern.count <= bytes.byteCount - start else { return false }
    return pattern.indices.allSatisfy { bytes.byte(at: start + $0) == pattern[$0] }
  }
}
