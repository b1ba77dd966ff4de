// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Something to compress.
enum Material: String, CaseIterable, Sendable {
  case nothing, oneByte, text, noise, zeros, longerThanTheBuffer

  var bytes: [UInt8] {
    switch self {
    case .nothing: return []
    case .oneByte: return [0]
    case .text: return (0..<5000).flatMap { "line \($0): the quick brown fox\n".utf8 }
    case .noise: return randomBytes(count: 100_000)
    case .zeros: return [UInt8](repeating: 0, count: 3_000_000)
    case .longerThanTheBuffer: return randomBytes(count: 400_000) + (0..<50_000).flatMap { "\($0), ".utf8 }
    }
  }
}

/// Bytes without a pattern, the same each time (a linear congruential generator's upper bits).
func randomBytes(count: Int) -> [UInt8] {
  var state: UInt64 = 42
  return (0..<count).map { _ in
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return UInt8(truncatingIfNeeded: state >> 56)
  }
}

extension Array where Element == UInt8 {
  mutating func append(_ bytes: RawSpan) {
    // SAFETY: read only, within the call.
    unsafe bytes.withUnsafeBytes { unsafe append(contentsOf: $0) }
  }

  /// The slices of at most `size` bytes that this is made of.
  func slices(of size: Int) -> [[UInt8]] {
    stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
  }

  /// Hands its bytes over.
  func withBytes<R, E: Error>(_ body: (RawSpan) throws(E) -> R) throws(E) -> R {
    // SAFETY: bytes have no padding to read.
    try unsafe body(span.bytes)
  }
}
