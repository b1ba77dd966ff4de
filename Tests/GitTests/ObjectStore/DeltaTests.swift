// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import SystemIO
import Testing

@testable import Git

@Suite("A delta") struct DeltaTests {
  /// What `delta` makes of `base`; nil where it is refused.
  private static func apply(_ delta: [UInt8], to base: [UInt8]) -> [UInt8]? {
    func buffer(_ bytes: [UInt8]) -> WriteBuffer {
      var buffer = WriteBuffer(capacity: 16)
      buffer.append(bytes)
      return buffer
    }
    var output = buffer([1, 2, 3])
    return Delta.apply(buffer(delta), to: buffer(base), &output) ? output.array : nil
  }

  private static let base = Array("0123456789".utf8)

  /// A delta, and what it makes of ten digits.
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let delta: [UInt8]
    let result: String?

    init(_ name: String, _ delta: [UInt8], _ result: String?) {
      (self.name, self.delta, self.result) = (name, delta, result)
    }

    var testDescription: String { name }
  }

  @Test(
    "makes what it says, or is refused",
    arguments: [
      Case("a copy", [10, 3, 0x91, 4, 3], "456"),
      Case("a copy from the start", [10, 3, 0x90, 3], "012"),
      Case("a copy of all", [10, 10, 0x90, 10], "0123456789"),
      Case("an insertion", [10, 2, 2, 0x61, 0x62], "ab"),
      Case("both", [10, 5, 0x91, 8, 2, 1, 0x61, 0x90, 2], "89a01"),
      Case("a size of two bytes", [0x8A, 0, 3, 0x90, 3], "012"),
      Case("of another base", [11, 3, 0x90, 3], nil),
      Case("a copy that ends behind the base", [10, 3, 0x91, 8, 3], nil),
      Case("a copy that begins behind the base", [10, 1, 0x91, 11, 1], nil),
      Case("a copy from far behind the base", [10, 1, 0x9F, 0xFF, 0xFF, 0xFF, 0xFF, 1], nil),
      Case("a copy of 64 KiB of a short base", [10, 3, 0x80, 0], nil),
      Case("more than it announces", [10, 2, 0x90, 3], nil),
      Case("more inserted than it announces", [10, 1, 2, 0x61, 0x62], nil),
      Case("less than it announces", [10, 4, 0x90, 3], nil),
      Case("a command 0", [10, 3, 0, 0x90, 3], nil),
      Case("an insertion that is cut off", [10, 3, 3, 0x61, 0x62], nil),
      Case("a copy without its length", [10, 3, 0x91, 4], nil),
      Case("a copy without its offset", [10, 3, 0x97, 4], nil),
      Case(
        "a size without end", [10, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 1, 0x90, 1],
        nil),
      Case("a result that is too large", [10, 0x81, 0x80, 0x80, 0x80, 0x10, 0x90, 1], nil),
      Case("shorter than any", [10, 0], nil),
      Case("nothing", [], nil),
    ])
  func outcomes(_ row: Case) {
    #expect(Self.apply(row.delta, to: Self.base).map { String(decoding: $0, as: UTF8.self) } == row.result)
  }

  @Test("copies 64 KiB where a length is 0") func longCopy() {
    let base = (0..<70_000).map { UInt8(truncatingIfNeeded: $0 * 7 + $0 >> 8) }
    let delta: [UInt8] = [0xF0, 0xA2, 4, 0x80, 0x80, 4, 0x81, 16]
    #expect(Self.apply(delta, to: base) == Array(base[16..<(16 + 0x10000)]))
  }
}
