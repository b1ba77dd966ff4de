// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

extension ObjectReader {
  /// What the objects together have that others still build on, at the most.
  private static let familyLimit = 1 << 24

  /// An object, and which of its deltas is next.
  private struct Level {
    /// Where it lies in `bases`.
    let range: Range<Int>
    var next: Int32
    /// How many bytes were made on the way to it, from the last object on that is wanted.
    let made: Int
  }

  /// Reads the objects at `locations`, which come in their order, and calls `body` with the indices, kind and
  /// bytes of each, as long as that returns true. What can't be read so, `body` does not see.
  mutating func readFamilies<Failure: Error>(
    _ locations: [ObjectStore.Location],
    _ body: (Range<Int>, ObjectKind, RawSpan) throws(Failure) -> Bool
  ) throws(Failure) {
    let families = families(of: locations)
    var bases = WriteBuffer(capacity: 1 << 16)
    var levels: [Level] = []
    for root in families.roots {
      let member = families.members[root]
      guard let header = member.header, case .object(let kind) = header.content,
        inflateObject(header, member.location.pack)
      else { continue }
      if !member.wanted.isEmpty, try !body(member.wanted, kind, object.bytes) { return }
      push(member.firstChild, made: 0, &bases, &levels)
      while let level = levels.last {
        let child = families.members[Int(level.next)]
        let isRead =
          child.header.map { inflateDelta($0, child.location.pack) } == true
          && Delta.apply(delta, to: bases.bytes.extracting(level.range), &object)
        if child.next < 0 {
          // Nothing builds on it any more: most chains have no branches.
          bases.truncate(to: level.range.lowerBound)
          levels.removeLast()
        } else {
          levels[levels.count - 1].next = child.next
        }
        guard isRead else { continue }
        let made = child.wanted.isEmpty ? level.made + object.count : 0
        if made > chainBytes { continue }
        if !child.wanted.isEmpty, try !body(child.wanted, kind, object.bytes) { return }
        push(child.firstChild, made: made, &bases, &levels)
      }
    }
  }

  /// Keeps the object that was read last for its deltas, of which `first` is the first one.
  private func push(
    _ first: Int32, made: Int, _ bases: inout WriteBuffer, _ levels: inout [Level]
  ) {
    guard first >= 0, bases.count + object.count <= Self.familyLimit else { return }
    let start = bases.count
    bases.append(object.bytes)
    levels.append(Level(range: start..<bases.count, next: first, made: made))
  }

  private mutating func families(of locations: [ObjectStore.Location]) -> DeltaFamilies {
    let packs = store.packs
    return DeltaFamilies(locations) {
      header(at: $0)
    } base: { header, pack in
      switch header.content {
      case .object: nil
      case .delta(let base): ObjectStore.Location(pack: pack, offset: base)
      // git looks for it in the same pack alone.
      case .deltaOf(let id):
        packs[pack].index.offset(of: id).map { ObjectStore.Location(pack: pack, offset: $0) }
      }
    }
  }
}
