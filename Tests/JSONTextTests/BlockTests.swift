// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import JSONText
import TestSupport
import Testing

/// What a kernel does at the borders of what it takes in one step: 64 bytes, groups of four such blocks, and
/// the 64 bytes before the first group. The portable kernel, which KernelTests compares with the rule, tells.
@Suite struct BlockTests {
  static let kernels = TextKernel.available.filter { $0 != .portable }

  /// Characters of one to four bytes, their mixture, and those whose second byte has a rule of its own.
  static let characters = ["x", "é", "中", "😀", "aé中😀", "한", "अ", "\u{10000}", "\u{10ffff}"]

  /// Plain; each way to escape; what no text has. Over a character of more bytes, the first breaks it, too.
  static let bytes: [UInt8] = [0x78, 0x22, 0x5c, 0x0a, 0x0b, 0x1c, 0x1f, 0x00, 0x80, 0xc0, 0xed, 0xf4, 0xff]

  static func text(of character: String, after shift: Int, count: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0x79, count: shift)
    let piece = Array(character.utf8)
    while bytes.count < count { bytes += piece }
    return Array(bytes[..<count])
  }

  /// Escaping and classifying say the same as the portable kernel, of all of it and cut in two.
  static func compare(
    _ bytes: [UInt8], with kernel: TextKernel, cut: Int, in memory: borrowing TextMemory,
    _ comment: @autoclosure () -> Comment, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let expected = memory.escape(bytes[...], kernel: .portable)
    var sizes = [cut, .max].makeIterator()
    let isSame =
      memory.escape(bytes[...], kernel: kernel).isSame(as: expected)
      && memory.escape(bytes[...], kernel: kernel, nextSize: { sizes.next() ?? 1 }).isSame(as: expected)
      && memory.classify(bytes[...], kernel: kernel) == expected?.supplementary
    if !isSame { Issue.record(comment(), sourceLocation: sourceLocation) }
  }

  @Test(arguments: kernels, characters)
  func charactersCutByBlocksAnywhere(_ kernel: TextKernel, _ character: String) {
    let memory = TextMemory(longest: 660)
    let lengths = [63, 64, 65, 127, 256, 319, 320, 321, 322, 323, 384, 575, 576, 577, 640]
    for shift in 0..<64 {
      for count in lengths {
        let bytes = Self.text(of: character, after: shift, count: max(count, shift))
        Self.compare(bytes, with: kernel, cut: 7 + shift, in: memory, "shift \(shift), length \(count)")
      }
    }
  }

  @Test(arguments: kernels, characters) func oneByteAtEachPlace(_ kernel: TextKernel, _ character: String) {
    let memory = TextMemory(longest: 660)
    // The first block, the first group and the beginning of the second; its end and what is behind it.
    let places = Array(0..<330) + Array(560..<600)
    for byte in Self.bytes {
      for place in places {
        // Once in place of a byte, once between two characters.
        var bytes = Self.text(of: character, after: 1, count: 640)
        bytes[place] = byte
        let width = character.utf8.count
        var whole = Self.text(of: character, after: 0, count: 640 / width * width)
        whole.insert(byte, at: place / width * width)
        Self.compare(bytes, with: kernel, cut: place, in: memory, "\(byte) in place of the one at \(place)")
        Self.compare(whole, with: kernel, cut: place, in: memory, "\(byte) before \(place)")
      }
    }
  }

  /// Up to more than a block of specials that follow each other, and as many with one byte between them.
  @Test(arguments: kernels, ["x", "中"]) func runsOfSpecials(_ kernel: TextKernel, _ character: String) {
    let memory = TextMemory(longest: 800)
    let width = character.utf8.count
    for run in 0...66 {
      for place in stride(from: 63 / width * width, to: 63 / width * width + 128, by: width) {
        for gap in [1, 2] {
          var bytes = Self.text(of: character, after: 0, count: 600 / width * width)
          var specials = [UInt8](repeating: 0x7a, count: run * gap)
          for index in stride(from: 0, to: specials.count, by: gap) {
            specials[index] = [0x0a, 0x22, 0x5c, 0x09][index % 4]
          }
          bytes.insert(contentsOf: specials, at: place)
          Self.compare(bytes, with: kernel, cut: place, in: memory, "\(run) at \(place), every \(gap)")
        }
      }
    }
  }

  /// Two specials in 64 bytes, at each two places.
  @Test(arguments: kernels, ["x", "é"]) func pairsOfSpecials(_ kernel: TextKernel, _ character: String) {
    let memory = TextMemory(longest: 660)
    let width = character.utf8.count
    for first in stride(from: 62, through: 128, by: width) {
      for second in stride(from: first, through: 130, by: width) {
        var bytes = Self.text(of: character, after: 0, count: 400)
        bytes.insert(0x0a, at: second)
        bytes.insert(0x22, at: first)
        Self.compare(bytes, with: kernel, cut: second, in: memory, "\(first), \(second)")
      }
    }
  }

  /// A whole page between two guard pages: bytes before a block are read again, but none before the first.
  @Test(arguments: kernels, characters)
  func nothingIsReadBeforeTheText(_ kernel: TextKernel, _ character: String) {
    let memory = TextMemory(longest: 1)
    let page = unsafe memory.input.bytes.count
    let whole = TextMemory(longest: page)
    let bytes = Self.text(of: character, after: 0, count: page)
    Self.compare(bytes, with: kernel, cut: page / 2, in: whole, "a page")
  }

  @Test(arguments: kernels) func longMixtures(_ kernel: TextKernel) {
    let memory = TextMemory(longest: 3000)
    var random = SeededGenerator(seed: 21)
    for number in 0..<3000 {
      var bytes: [UInt8] = []
      let limit = Int.random(in: 0..<2900, using: &random)
      let noise = Int.random(in: 1...80, using: &random)
      let favourite = Self.characters[number % Self.characters.count]
      while bytes.count < limit {
        switch Int.random(in: 0..<noise, using: &random) {
        case 0: bytes += Array((Self.characters.randomElement(using: &random) ?? "").utf8)
        case 1: bytes.append([0x22, 0x5c, 0x0a, 0x1b][Int.random(in: 0..<4, using: &random)])
        default: bytes += Array(favourite.utf8)
        }
      }
      if number % 3 == 0, let index = bytes.indices.randomElement(using: &random) {
        bytes[index] = UInt8.random(in: 0...255, using: &random)
      }
      let cut = Int.random(in: 0...bytes.count, using: &random)
      Self.compare(bytes, with: kernel, cut: cut, in: memory, "mixture \(number)")
    }
  }
}
