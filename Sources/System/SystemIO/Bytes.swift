// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

extension Collection<UInt8> {
  /// Whether the bytes of `text` stand in it, one behind the other.
  package func holds(_ text: String) -> Bool {
    let part = Array(text.utf8)
    return indices.contains { self[$0...].starts(with: part) }
  }
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
