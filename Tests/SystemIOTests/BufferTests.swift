// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import SystemIO
import TestSupport
import Testing

@Suite("Buffers")
struct BufferTests {
  @Test("A buffer keeps its bytes as it grows, from the heap to pages", arguments: [1, 100, 1 << 18])
  func growth(capacity: Int) {
    var buffer = WriteBuffer(capacity: capacity)
    var expected: [UInt8] = []
    for round in 0..<2000 {
      let piece = (0..<(round % 700)).map { UInt8(truncatingIfNeeded: $0 ^ round) }
      buffer.append(piece)
      expected += piece
    }
    #expect(buffer.count == expected.count && buffer.capacity >= expected.count)
    #expect(buffer.array == expected)
    #expect(buffer.array(from: 1000) == Array(expected[1000...]))
    buffer.truncate(to: 5)
    buffer.append("end")
    #expect(buffer.array == expected[..<5] + Array("end".utf8))
  }

  @Test("A body appends as much as it writes, not what it could")
  func body() {
    var buffer = WriteBuffer(capacity: 1)
    buffer.append("a")
    let outcome = buffer.append(capacity: 100) { output in
      output.append(UInt8(ascii: "b"))
      return output.freeCapacity
    }
    #expect(outcome == 99)
    #expect(buffer.array == Array("ab".utf8))
  }

  @Test("A read buffer is filled from an offset, up to the limit")
  func filling() throws {
    let directory = try TemporaryFolder()
    try directory.write("file", "abcdefgh")
    let file = try Descriptor.open(CString(directory("file")), as: .file)
    var buffer = ReadBuffer(capacity: 4)
    try buffer.fill(from: file, at: 2, limit: 3)
    #expect(buffer.bytes.byteCount == 3 && buffer.bytes.byte(at: 0) == UInt8(ascii: "c"))
    try buffer.fill(from: file, at: 6, limit: 100)
    #expect(buffer.count == 2 && !buffer.isFull)
    buffer.clear()
    #expect(try buffer.read(from: file) == 4 && buffer.isFull)
  }
}
