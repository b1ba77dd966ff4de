// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import Deflate
import FuzzDriver

/// What an input describes, compressed by our encoder, whole and in two parts: zlib reads it, and an encoder
/// that has seen other inputs makes the same.
struct DeflateTarget: FuzzTarget {
  static let name = "deflate"
  static let summary = "deflate by our encoder, read by zlib"
  static let longest = 1024
  /// A copy from as far back as deflate refers, and one from a byte farther.
  static let words: [[UInt8]] = [[3, 127, 255, 255], [3, 128, 0, 255]]

  /// How long what is described may get.
  private static let limit = 1 << 18

  /// Holds the encoder, which is not copied, where the target is.
  private final class Used {
    var encoder: DeflateEncoder
    init() throws { encoder = try DeflateEncoder() }
  }

  private let used: Used

  init(isSingle: Bool) throws { used = try Used() }

  mutating func run(_ input: [UInt8]) {
    guard input.count > 2 else { return }
    let bytes = Self.describe(input.dropFirst(2))
    do {
      var fresh = try DeflateEncoder()
      let packed = Self.encode(bytes, with: &used.encoder)
      require(packed == Self.encode(bytes, with: &fresh), "an earlier input shows")
      require(try decompress(packed, format: .raw, limit: bytes.count + 1) == bytes, "other bytes come back")
      require(packed.count <= bytes.count + bytes.count / 700 + 16, "\(packed.count) of \(bytes.count) bytes")
      let cut = (Int(input[0]) << 8 | Int(input[1])) % (bytes.count + 1)
      let first = Self.encode(Array(bytes.prefix(cut)), isLast: false, with: &used.encoder)
      let second = Self.encode(bytes, behind: cut, with: &used.encoder)
      require(
        try decompress(first + second, format: .raw, limit: bytes.count + 1) == bytes,
        "other bytes come back of two parts")
    } catch {
      finding("what was compressed cannot be read: \(error)")
    }
  }

  /// Bytes as they are, runs, and copies from any distance: by a byte that says which, and two for the length
  /// or the distance.
  private static func describe(_ input: ArraySlice<UInt8>) -> [UInt8] {
    var rest = input
    var bytes: [UInt8] = []
    var state: UInt32 = 1
    func next() -> Int { Int(rest.popFirst() ?? 0) }
    while let command = rest.popFirst(), bytes.count < limit {
      let (high, low) = (next(), next())
      switch command % 5 {
      case 0: bytes += [UInt8(high), UInt8(low)] + rest.prefix(high)
      case 1: bytes += [UInt8](repeating: UInt8(low), count: high << 4 | 1)
      case 2:
        for _ in 0..<(high << 5) {
          state = state &* 1_664_525 &+ 1_013_904_223
          bytes.append(UInt8(state >> 24) & UInt8(low))
        }
      default:
        let distance = command % 5 == 3 ? (high << 8 | low) + 1 : 32_768 - high
        guard distance <= bytes.count else { continue }
        for _ in 0..<(command % 5 == 3 ? next() + 3 : low + 3) { bytes.append(bytes[bytes.count - distance]) }
      }
    }
    return bytes
  }

  private static func encode(
    _ bytes: [UInt8], behind history: Int = 0, isLast: Bool = true, with encoder: inout DeflateEncoder
  ) -> [UInt8] {
    let capacity = DeflateEncoder.capacity(for: bytes.count - history)
    // SAFETY: the span is over the array's own memory, and `finalize` says how much of it has been written.
    return unsafe [UInt8](unsafeUninitializedCapacity: capacity) { memory, count in
      let raw = UnsafeMutableRawBufferPointer(memory)
      var output = unsafe OutputRawSpan(buffer: raw, initializedCount: 0)
      unsafe encoder.encode(bytes.span.bytes, behind: history, isLast: isLast, into: &output)
      count = unsafe output.finalize(for: raw)
    }
  }

  static func seeds() throws -> [[UInt8]] {
    [
      Array("\0\u{10}\0\u{5}\0hello hello hello".utf8), [1, 0, 1, 255, 65, 1, 255, 66],
      [64, 0, 2, 255, 255, 4, 0, 255],
      [0, 9, 2, 200, 3, 3, 1, 0, 40, 2, 255, 255, 3, 127, 255, 255],
    ]
  }
}
