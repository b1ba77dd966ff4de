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
  /// Patterns of 4 to 16 bytes, repeated about 12 to 36 KiB later, and never nearer by: as in WebAssembly.
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
      // Two stretches of 12 KiB by turns, each in another order than two before, and a little of it new.
      var stretches = (0..<2).map { _ in (0..<1200).map { _ in Self.pattern(&random) } }
      var turn = 0
      while bytes.count < count {
        stretches[turn].shuffle(using: &random)
        for index in 0..<120 { stretches[turn][index] = Self.pattern(&random) }
        for pattern in stretches[turn] { bytes += pattern }
        turn = 1 - turn
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

  private static func pattern(_ random: inout SeededGenerator) -> [UInt8] {
    random.bytes(Int.random(in: 4...16, using: &random))
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
