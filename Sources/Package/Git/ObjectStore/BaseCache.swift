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

  /// Replaces the contents of `output` by the object at `location`, and returns its kind; nil where it is not
  /// there.
  func copy(_ location: ObjectStore.Location, to output: inout WriteBuffer) -> ObjectKind? {
    let slot = slots[Self.slot(of: location)]
    guard slot.location == location, slot.generation >= generation - 1 else { return nil }
    output.truncate(to: 0)
    let range = slot.start..<(slot.start + slot.count)
    if slot.generation == generation {
      output.append(young.bytes.extracting(range))
    } else {
      output.append(old.bytes.extracting(range))
    }
    return slot.kind
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
