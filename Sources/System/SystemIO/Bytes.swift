// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

extension [UInt8] {
  /// Whether the bytes of `text` stand in it, one behind the other.
  package func holds(_ text: String) -> Bool {
    let part = Array(text.utf8)
    guard let first = part.first, part.count <= count else { return part.isEmpty }
    for start in 0...(count - part.count) where self[start] == first {
      if self[start...].starts(with: part) { return true }
    }
    return false
  }
}

extension String.UTF8View {
  /// Whether the bytes of `text` stand in it, one behind the other.
  package func holds(_ text: String) -> Bool { Array(self).holds(text) }
}

/// Whether two texts have the same bytes, or are both nil: `==` of texts takes other forms of a character for
/// the same.
package func sameBytes(_ one: String?, _ other: String?) -> Bool {
  guard let one, let other else { return one == nil && other == nil }
  return one.utf8.elementsEqual(other.utf8)
}

extension [UInt8] {
  /// Appends `bytes`.
  @inlinable package mutating func append(copying bytes: Span<UInt8>) {
    // SAFETY: copied within the call.
    unsafe bytes.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
  }

  /// Appends `bytes`.
  @inlinable package mutating func append(copying bytes: RawSpan) {
    // SAFETY: copied within the call.
    unsafe bytes.withUnsafeBytes { unsafe append(contentsOf: $0) }
  }
}
