// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import CByteKernels
internal import SystemIO

/// Tells quickly where one of a few byte strings may begin: by three bytes of each, those that are rarest in
/// what people write.
struct ByteFilter: Sendable {
  /// With more strings too much passes.
  private static let patternLimit = 24
  private static let width = Int(CFIND_WIDTH)

  private let kernel: cfind_filter
  /// Where in each string the three bytes are.
  private let offset: Int

  /// A filter for `patterns`, by their first `window` bytes; nil where they are many, or the processor can't
  /// look at many places at a time.
  init?(_ patterns: [[UInt8]], within window: Int) {
    guard cfind_is_fast(), patterns.count <= Self.patternLimit, window >= Self.width else { return nil }
    let offsets = 0...(window - Self.width)
    let rarity = offsets.map { offset in
      patterns.reduce(0) { $0 + $1[offset..<(offset + Self.width)].reduce(0) { $0 + Self.rarity(of: $1) } }
    }
    offset = offsets.max { rarity[$0] < rarity[$1] } ?? 0
    var (low, high) = (
      [UInt8](repeating: 0, count: 16 * Self.width), [UInt8](repeating: 0, count: 16 * Self.width)
    )
    for (index, pattern) in patterns.enumerated() {
      let group = UInt8(1) << UInt8(index % 8)
      for place in 0..<Self.width {
        let byte = Int(pattern[offset + place])
        low[place * 16 + byte & 15] |= group
        high[place * 16 + byte >> 4] |= group
      }
    }
    var kernel = cfind_filter()
    // SAFETY: each table has as many bytes as the array.
    unsafe withUnsafeMutableBytes(of: &kernel.low) { unsafe $0.copyBytes(from: low) }
    unsafe withUnsafeMutableBytes(of: &kernel.high) { unsafe $0.copyBytes(from: high) }
    self.kernel = kernel
  }

  private static let commonest = Array(" etaoinsrhldcumfpgwybvkxjqz".utf8)

  /// The rarer a byte is in English and in programs, the more.
  private static func rarity(of byte: UInt8) -> Int {
    commonest.firstIndex(of: byte) ?? commonest.count
  }

  /// Calls `body` with each offset of `bytes` at which a string may begin, in their order.
  func forEachOffset(in bytes: RawSpan, _ body: (Int) -> Void) {
    unsafe bytes.withUnsafeBytes { memory in
      guard let start = memory.baseAddress else { return }
      var place = offset
      while true {
        // SAFETY: the kernel reads the bytes of the span alone.
        place = unsafe withUnsafePointer(to: kernel) {
          unsafe cfind_next($0, start.assumingMemoryBound(to: UInt8.self), place, memory.count)
        }
        if place >= memory.count { return }
        body(place - offset)
        place += 1
      }
    }
  }
}
