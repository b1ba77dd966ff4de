// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// Reads here and there in a file, mostly forward.
struct SpoolWindow: ~Copyable {
  private let file: SharedFile
  private var buffer = ReadBuffer(capacity: 1 << 18)
  private var start = 0

  init(_ file: SharedFile) { self.file = file }

  /// The line at `offset`, without its end; nil where there is none of a sensible length.
  mutating func line(at offset: Int) throws(SystemError) -> [UInt8]? {
    try load(offset, count: 256)
    var line: [UInt8] = []
    var index = offset - start
    while index < buffer.count, line.count < 256 {
      let byte = buffer.bytes.byte(at: index)
      if byte == UInt8(ascii: "\n") { return line }
      line.append(byte)
      index += 1
    }
    return nil
  }

  mutating func beginsLikeAPointer(at offset: Int, count: Int) throws(SystemError) -> Bool {
    guard LFSPointer.mayBe(byteCount: count) else { return false }
    let beginning = LFSPointer.beginning
    try load(offset, count: beginning.count)
    for (index, byte) in beginning.enumerated() {
      guard offset - start + index < buffer.count, buffer.bytes.byte(at: offset - start + index) == byte
      else { return false }
    }
    return true
  }

  /// Where `pattern`, which begins with a line's end, comes next from `offset` on; nil where it does not.
  mutating func position(of pattern: [UInt8], from offset: Int) throws(SystemError) -> Int? {
    var position = offset
    while true {
      try load(position, count: pattern.count)
      let limit = buffer.count - pattern.count
      if position - start > limit { return nil }
      for index in (position - start)...limit where buffer.bytes.byte(at: index) == UInt8(ascii: "\n") {
        if pattern.indices.allSatisfy({ buffer.bytes.byte(at: index + $0) == pattern[$0] }) {
          return start + index
        }
      }
      position = start + limit + 1
    }
  }

  private mutating func load(_ offset: Int, count: Int) throws(SystemError) {
    if offset >= start, offset + count <= start + buffer.count { return }
    start = offset
    try buffer.fill(from: file.descriptor, at: offset, limit: buffer.capacity)
  }
}
