// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import JSONText
import TestSupport
import Testing

@Suite(.enabled(if: PythonOracle.isInstalled)) struct PythonTests {
  static let kernels = TextKernel.available

  /// Every value at which a rule about lead or second bytes changes, and its neighbours.
  static let boundaries: [UInt8] = [
    0x00, 0x01, 0x22, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec,
    0xed, 0xee,
    0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff,
  ]

  /// All sequences of one to four of these, each at another place in a line of ASCII, in one piece and cut.
  @Test func everyShortSequenceNearTheBoundaries() throws {
    let numbers = Self.boundaries.map(String.init).joined(separator: ",")
    let program = """
      import itertools, sys
      def text(b):
        try: return 1 if 0 not in b and b.decode() is not None else 0
        except UnicodeDecodeError: return 0
      for n in (1, 2, 3, 4):
        sys.stdout.buffer.write(bytes(text(bytes(s)) for s in itertools.product((\(numbers)), repeat=n)))
      """
    guard let oracle = PythonOracle(program: program) else {
      Issue.record("cannot start python3")
      return
    }
    let memory = TextMemory(longest: 160)
    let line = [UInt8](repeating: UInt8(ascii: "x"), count: 160)
    var wrong = 0
    for length in 1...4 {
      let count = (0..<length).reduce(1) { product, _ in product * Self.boundaries.count }
      let verdicts = oracle.read(count)
      try #require(verdicts.count == count)
      for number in 0..<count {
        var bytes = line
        let offset = number % 150
        var rest = number
        for position in (0..<length).reversed() {
          bytes[offset + position] = Self.boundaries[rest % Self.boundaries.count]
          rest /= Self.boundaries.count
        }
        // Behind the sequence nothing, where the number is odd: a cut character at the end.
        let whole = number % 2 == 1 ? bytes[..<(offset + length)] : bytes[...]
        for kernel in Self.kernels {
          let isText =
            number % 8 < 4
            ? memory.classify(whole, kernel: kernel) != nil : memory.escape(whole, kernel: kernel) != nil
          if isText != (verdicts[number] == 1) { wrong += 1 }
        }
        if number % 16 == 3 {
          let isText =
            memory.classify(whole, kernel: TextKernel.best, nextSize: { offset + 1 + number % length }) != nil
          if isText != (verdicts[number] == 1) { wrong += 1 }
        }
      }
    }
    #expect(wrong == 0)
  }

  /// A million valid texts with a few bytes changed, most of them no text any more, some still; Python makes
  /// them.
  @Test func aMillionMutations() {
    let program = """
      import json, random, struct, sys
      random.seed(6)
      alphabets = ["abc xyz", "\\"\\\\/{}[]:,\\n\\t", "\\x01\\x08\\x0b\\x0c\\r\\x1f\\x7f", "\u{e9}\u{3a9}\u{5d0}\u{7ff}",
        "\u{4e2d}\u{ac00}\u{d7ff}\u{800}\u{ffff}\u{e00}\u{feff}", "\u{1f600}\u{10ffff}\u{10000}"]
      pools = [list("".join(random.choices(alphabets, k=9))) for _ in range(200)]
      bytes_ = [0, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc2, 0xdf, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0xf5, 0xff]
      out = sys.stdout.buffer.write
      for i in range(1000000):
        b = bytearray("".join(random.choices(pools[i % 200], k=1 + i % 97)).encode())
        for _ in range(i % 4):
          p = random.randrange(len(b) or 1)
          what = random.randrange(3)
          if what == 0: b[p:p] = bytes((random.choice(bytes_),))
          elif what == 1: del b[p:p + 1]
          else: b[p:p + 1] = bytes((random.choice(bytes_),))
        try: s = b.decode()
        except UnicodeDecodeError: s = None
        if s is None or "\\0" in s: out(struct.pack("<HH", len(b), 65535) + b); continue
        e = json.dumps(s, ensure_ascii=False)[1:-1].encode()
        out(struct.pack("<HHH", len(b), len(e), sum(c > "\u{ffff}" for c in s)) + b + e)
      """
    guard let oracle = PythonOracle(program: program) else {
      Issue.record("cannot start python3")
      return
    }
    let memory = TextMemory(longest: 1024)
    var random = SeededGenerator(seed: 7)
    var wrong = 0
    var texts = 0
    for number in 0..<1_000_000 {
      guard let count = oracle.readNumber(), let escapedCount = oracle.readNumber() else {
        Issue.record("python3 ended early")
        return
      }
      var expected: (text: [UInt8], supplementary: Int)?
      let bytes: [UInt8]
      if escapedCount == 65535 {
        bytes = oracle.read(count)
      } else {
        let supplementary = oracle.readNumber() ?? -1
        bytes = oracle.read(count)
        expected = (oracle.read(escapedCount), supplementary)
        texts += 1
      }
      for kernel in Self.kernels where !memory.escape(bytes[...], kernel: kernel).isSame(as: expected) {
        wrong += 1
      }
      let kernel = Self.kernels[number % Self.kernels.count]
      if memory.classify(bytes[...], kernel: kernel) != expected?.supplementary { wrong += 1 }
      let size = Int.random(in: 1...70, using: &random)
      if !memory.escape(bytes[...], kernel: kernel, nextSize: { size }).isSame(as: expected) { wrong += 1 }
    }
    #expect(wrong == 0)
    #expect(texts > 250_000 && texts < 750_000, "the mutations are one-sided")
  }
}
