// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// Reads here and there in packs, and keeps the parts that were read last, at most 8 MiB: a delta's base lies
/// before it, often far.
struct PackWindow: ~Copyable {
  private static let blockCount = 1 << 16
  /// What is kept of the block behind it: a header begins in one block and may end in the next.
  private static let overlap = 64
  private static let stride = blockCount + overlap
  private static let slotCount = 128

  /// A part of a pack.
  private struct Block {
    var pack = -1
    var number = 0
    /// Where it lies in `memory`; nil as long as no memory was taken for it.
    var start: Int?
    var count = 0
  }

  private var memory: [UInt8] = []
  private var blocks = [Block](repeating: Block(), count: PackWindow.slotCount)
  /// Which pack it is that is read, and where its objects end.
  private var pack = -1
  private var end = 0
  /// What was loaded, in `memory`.
  private var loaded = 0..<0

  /// Sees to it that `bytes` begin with what lies at `offset` of the pack `number`: at least a header, less
  /// only where the objects end before. Returns false where nothing is.
  mutating func load(_ store: ObjectStore, _ number: Int, at offset: Int) -> Bool {
    // A copy of the pack would be counted, by all threads at once: none is made for each object.
    if number != pack { (pack, end) = (number, store.packs[number].end) }
    guard offset >= Pack.headerCount, offset < end else { return false }
    let block = offset / Self.blockCount
    let slot = (block + number) % Self.slotCount
    if blocks[slot].pack != number || blocks[slot].number != block {
      guard fill(slot, store.packs[number], number, block) else { return false }
    }
    guard let start = blocks[slot].start else { return false }
    loaded = (start + offset % Self.blockCount)..<(start + blocks[slot].count)
    return true
  }

  private mutating func fill(_ slot: Int, _ pack: Pack, _ number: Int, _ block: Int) -> Bool {
    let start = blocks[slot].start ?? memory.count
    if start == memory.count {
      // Memory that is not used is not taken from the system, and what grows is copied.
      memory.reserveCapacity(Self.slotCount * Self.stride)
      memory.append(contentsOf: repeatElement(0, count: Self.stride))
    }
    let offset = block * Self.blockCount
    let count = min(Self.stride, end - offset)
    blocks[slot] = Block(start: start)
    // SAFETY: the memory of the block, which has room for its stride.
    let filled = unsafe memory.withUnsafeMutableBytes { memory in
      var filled = 0
      while filled < count {
        let rest = unsafe UnsafeMutableRawBufferPointer(
          rebasing: memory[(start + filled)..<(start + count)])
        guard let read = unsafe try? pack.file.descriptor.read(into: rest, at: offset + filled), read > 0
        else { break }
        filled += read
      }
      return filled
    }
    guard filled == count else { return false }
    blocks[slot] = Block(pack: number, number: block, start: start, count: count)
    return true
  }

  /// What was loaded.
  var bytes: RawSpan {
    @_lifetime(borrow self) get {
      // SAFETY: bytes have no padding.
      unsafe memory.span.bytes.extracting(loaded)
    }
  }
}
