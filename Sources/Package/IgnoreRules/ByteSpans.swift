// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

extension Array<UInt8> {
  /// The bytes of `span`, copied.
  init(_ span: Span<UInt8>) {
    self = []
    reserveCapacity(span.count)
    for index in span.indices { append(span[index]) }
  }
}

extension Span<UInt8> {
  /// How many bytes stand before the first that is special in a pattern (git's `simple_length`).
  var literalPrefixCount: Int {
    for index in indices {
      switch self[index] {
      case UInt8(ascii: "*"), UInt8(ascii: "?"), UInt8(ascii: "["), UInt8(ascii: "\\"): return index
      default: continue
      }
    }
    return count
  }

  func contains(_ byte: UInt8) -> Bool {
    for index in indices where self[index] == byte { return true }
    return false
  }

  /// Whether it begins with `prefix`, which has been lowered where case is ignored and is no longer than the
  /// span.
  func starts(with prefix: [UInt8], ignoringCase: Bool) -> Bool {
    let prefix = prefix.span
    if ignoringCase {
      for index in prefix.indices where lowered(self[index]) != prefix[index] { return false }
    } else {
      for index in prefix.indices where self[index] != prefix[index] { return false }
    }
    return true
  }
}
