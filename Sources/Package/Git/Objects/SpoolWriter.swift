// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Synchronization
internal import SystemIO

/// Which part of a spool is taken.
final class SpoolSpace: Sendable {
  private let next = Mutex(0)

  var end: Int { next.withLock { $0 } }

  /// Takes `count` bytes, and returns where they begin.
  func reserve(_ count: Int) -> Int {
    next.withLock { next in
      defer { next += count }
      return next
    }
  }

  /// Takes all up to `end`.
  func skip(to end: Int) { next.withLock { $0 = max($0, end) } }
}

/// Writes contents into a spool, beside other writers: many small ones at once, each in one piece.
struct SpoolWriter: ~Copyable {
  /// What is written at once. Of large contents each part is.
  private static let capacity = 1 << 20

  private let file: SharedFile
  private let space: SpoolSpace
  private var buffer = WriteBuffer(capacity: SpoolWriter.capacity)
  /// Where the buffer's first byte goes; nil where no space is taken for it.
  private var start: Int?
  /// Where the rest of a large content goes.
  private var direct: Int?
  /// Where the content at hand begins in the buffer.
  private var content = 0

  init(_ file: SharedFile, _ space: SpoolSpace) {
    self.file = file
    self.space = space
  }

  /// Begins a content of `count` bytes, and returns where it lies.
  mutating func begin(count: Int) throws(SystemError) -> Int {
    direct = nil
    if count > Self.capacity {
      let offset = space.reserve(count)
      direct = offset
      return offset
    }
    if buffer.count + count > Self.capacity { try flush() }
    let start = start ?? space.reserve(Self.capacity)
    self.start = start
    content = buffer.count
    return start + content
  }

  /// Takes more of the content.
  mutating func write(_ bytes: RawSpan) throws(SystemError) {
    if let offset = direct {
      try file.descriptor.write(bytes, at: offset)
      direct = offset + bytes.byteCount
    } else {
      buffer.append(bytes)
    }
  }

  /// Whether the content, of which all is written, is what Git LFS leaves of a file.
  var wroteLFSPointer: Bool {
    direct == nil && LFSPointer.mayBe(byteCount: buffer.count - content)
      && LFSPointer.begins(buffer.bytes.extracting(content...))
  }

  /// Writes what waits.
  mutating func flush() throws(SystemError) {
    if let start { try file.descriptor.write(buffer.bytes, at: start) }
    buffer.truncate(to: 0)
    start = nil
  }
}
