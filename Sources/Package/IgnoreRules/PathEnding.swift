// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// What the last bytes of a path must be for a pattern to match it: nearly every pattern is ruled out by one
/// comparison.
struct PathEnding: Sendable {
  private let bits: UInt64
  private let mask: UInt64
  private let isDirectoryOnly: Bool

  /// The ending that `pattern` asks for; any, where it ends with a wildcard or ignores case.
  init(_ pattern: Pattern, ignoringCase: Bool) {
    isDirectoryOnly = pattern.isDirectoryOnly
    switch pattern.shape {
    case .literal(let bytes) where !ignoringCase, .suffix(let bytes) where !ignoringCase:
      bits = Self.word(at: bytes.span)
      mask = bytes.count >= 8 ? .max : (1 << (8 * UInt64(bytes.count))) - 1
    default:
      (bits, mask) = (0, 0)
    }
  }

  /// Whether a path that ends with `word` may match.
  func allows(_ word: UInt64, _ isDirectory: Bool) -> Bool {
    word & mask == bits && (isDirectory || !isDirectoryOnly)
  }

  /// The last eight bytes of `path`, the last one lowest; zeros where there are fewer.
  static func word(at path: Span<UInt8>) -> UInt64 {
    // SAFETY: any eight bytes are a number; where they begin is checked by the span.
    if path.count >= 8 {
      return unsafe UInt64(
        bigEndian: path.bytes.unsafeLoadUnaligned(fromByteOffset: path.count - 8, as: UInt64.self))
    }
    var word: UInt64 = 0
    for index in path.indices { word = word << 8 | UInt64(path[index]) }
    return word
  }
}
