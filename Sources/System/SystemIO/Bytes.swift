// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

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
