// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// Reads here and there in packs, mostly forward.
struct PackWindow: ~Copyable {
  private static let capacity = 1 << 17
  /// What is read where the last read does not make this one likely.
  private static let jumpCount = 1 << 14

  private var buffer = ReadBuffer(capacity: PackWindow.capacity)
  /// Which pack it is that is read, and where its objects end.
  private var pack = -1
  private var end = 0
  private var start = 0

  /// Sees to it that what lies at `offset` of the pack `number` is there: at least `count` bytes, fewer only
  /// where the objects end before. Returns false where nothing is.
  mutating func load(_ store: ObjectStore, _ number: Int, at offset: Int, count: Int) -> Bool {
    let known = start + buffer.count
    if number == pack, offset >= start, offset < end, min(offset + count, end) <= known { return true }
    // A copy of the pack would be counted, by all threads at once: none is made for each object.
    let pack = store.packs[number]
    guard offset >= Pack.headerCount, offset < pack.end else { return false }
    let isForward = number == self.pack && offset >= start && offset <= known + Self.capacity
    let limit = min(pack.end - offset, isForward ? Self.capacity : max(count, Self.jumpCount))
    self.pack = -1
    do throws(SystemError) {
      try buffer.fill(from: pack.file.descriptor, at: offset, limit: limit)
    } catch {
      return false
    }
    guard buffer.count == limit else { return false }
    (self.pack, start, end) = (number, offset, pack.end)
    return true
  }

  /// The bytes from `offset` on, which were loaded.
  @_lifetime(borrow self)
  func bytes(from offset: Int) -> RawSpan { buffer.bytes.extracting((offset - start)..<buffer.count) }
}
