// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// What was read last, for the deltas that build on it. Memory is taken as it is needed, at most
/// 2 × `generationLimit`, and none for a single object.
struct BaseCache: ~Copyable {
  /// What is kept before the oldest half is given up.
  private static let generationLimit = 1 << 23
  /// Larger ones would drive out too many others.
  private static let objectLimit = 1 << 20
  private static let slotBits = 13

  private struct Slot {
    var location = ObjectStore.Location(pack: -1, offset: 0)
    var kind = ObjectKind.blob
    /// Of which generation it is.
    var generation = -2
    var start = 0
    var count = 0
  }

  private var slots = [Slot](repeating: Slot(), count: 1 << BaseCache.slotBits)
  private var young = WriteBuffer(capacity: 1 << 18)
  private var old = WriteBuffer(capacity: 1 << 18)
  private var generation = 0

  private static func slot(of location: ObjectStore.Location) -> Int {
    let mixed = UInt64(truncatingIfNeeded: location.offset ^ location.pack << 48) &* 0x9E37_79B9_7F4A_7C15
    return Int(mixed >> UInt64(64 - slotBits))
  }

  /// An object that is kept, until another one is.
  struct Found {
    let kind: ObjectKind
    fileprivate let isYoung: Bool
    fileprivate let range: Range<Int>
  }

  /// Where the object at `location` is kept; nil where it is not.
  func find(_ location: ObjectStore.Location) -> Found? {
    let slot = slots[Self.slot(of: location)]
    guard slot.location == location, slot.generation >= generation - 1 else { return nil }
    return Found(
      kind: slot.kind, isYoung: slot.generation == generation,
      range: slot.start..<(slot.start + slot.count))
  }

  /// Replaces the contents of `output` by what was found last.
  func copy(_ found: Found, to output: inout WriteBuffer) {
    output.truncate(to: 0)
    output.append(bytes(of: found))
  }

  /// Replaces the contents of `output` by what `delta` makes of what was found last; false where it is no
  /// delta of it.
  func apply(_ delta: borrowing WriteBuffer, to found: Found, _ output: inout WriteBuffer) -> Bool {
    Delta.apply(delta, to: bytes(of: found), &output)
  }

  @_lifetime(borrow self)
  private func bytes(of found: Found) -> RawSpan {
    found.isYoung ? young.bytes.extracting(found.range) : old.bytes.extracting(found.range)
  }

  /// Keeps the object at `location`.
  mutating func insert(_ location: ObjectStore.Location, _ kind: ObjectKind, _ bytes: borrowing WriteBuffer) {
    guard bytes.count <= Self.objectLimit else { return }
    if young.count + bytes.count > Self.generationLimit {
      swap(&young, &old)
      young.truncate(to: 0)
      generation += 1
    }
    slots[Self.slot(of: location)] = Slot(
      location: location, kind: kind, generation: generation, start: young.count, count: bytes.count)
    young.append(bytes.bytes)
  }
}
