// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import TestSupport

/// A kind of asset, by what deflate can win with it.
enum ZipKind: String, CaseIterable {
  /// Nothing: as of media.
  case random
  /// Little: words with random bytes between them.
  case mixed
  /// Short repetitions of words.
  case prose
  /// Long repetitions: a table as text.
  case rows
  /// Patterns of 4 to 16 bytes, repeated 8 to 32 KiB later, and never nearer by: as in WebAssembly.
  case code
  /// Short patterns of few values, some of them frequent: longer searches find longer repetitions.
  case instructions

  /// A file of this kind, another one for each seed.
  func contents(_ count: Int, seed: Int) -> [UInt8] {
    var random = SeededGenerator(seed)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count + 1024)
    switch self {
    case .random: return random.bytes(count)
    case .mixed, .prose:
      let words = (0..<4000).map { _ in Self.word(&random) }
      while bytes.count < count {
        for _ in 0..<Int.random(in: 3...9, using: &random) { bytes += random.pick(words) }
        if self == .mixed { bytes += random.bytes(10) }
      }
    case .rows:
      for index in 0... {
        bytes += #"{"id":\#(seed + index),"name":"\#(index * index % 97)","ok":true}\#n"#.utf8
        if bytes.count >= count { break }
      }
    case .code:
      bytes = random.bytes(32 << 10)
      while bytes.count < count {
        let length = Int.random(in: 4...16, using: &random)
        if random.chance(90) {
          let start = bytes.count - Int.random(in: 8 << 10...32_000, using: &random)
          bytes += bytes[start..<start + length]
        } else {
          bytes += random.bytes(length)
        }
      }
    case .instructions:
      let patterns = (0..<6000).map { _ in Self.instructions(&random) }
      while bytes.count < count {
        // The first ones are picked more often.
        let limit = Int.random(in: 1...patterns.count, using: &random)
        bytes += patterns[Int.random(in: 0..<limit, using: &random)]
      }
    }
    return Array(bytes.prefix(count))
  }

  private static func word(_ random: inout SeededGenerator) -> [UInt8] {
    let letters = Array("abcdefghijklmnopqrstuvwxyz".utf8)
    return (0..<Int.random(in: 2...10, using: &random)).map { _ in random.pick(letters) } + [32]
  }

  private static func instructions(_ random: inout SeededGenerator) -> [UInt8] {
    let codes: [UInt8] = [0x20, 0x21, 0x22, 0x41, 0x6A, 0x6B, 0x28, 0x36, 0x0B, 0x10, 0x04, 0x40, 0x0D]
    return (0..<Int.random(in: 2...8, using: &random)).flatMap { _ in
      [random.pick(codes), UInt8.random(in: 0..<(random.chance(70) ? 128 : 16), using: &random)]
    }
  }
}
