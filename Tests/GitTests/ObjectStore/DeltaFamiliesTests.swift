// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import SystemIO
import Testing

@testable import Git

/// In packs in which each object takes two bytes, and those whose offset is a multiple of `whole` are no
/// deltas.
@Suite("Families of deltas")
struct DeltaFamiliesTests {
  /// The families of the objects at `offsets`, where each is a delta of the one `distance` bytes before it,
  /// and the offsets whose headers were asked for.
  private static func families(
    _ offsets: [Int], whole: Int, distance: UInt8 = 2
  ) -> (families: DeltaFamilies, asked: [Int]) {
    var asked: [Int] = []
    let families = DeltaFamilies(offsets.map { ObjectStore.Location(pack: 0, offset: $0) }) { location in
      asked.append(location.offset)
      let bytes: [UInt8] = location.offset % whole == 0 ? [0x30, 0x78] : [0x60, distance]
      // SAFETY: bytes have no padding.
      return PackedHeader(unsafe bytes.span.bytes, at: location.offset)
    } base: { header, pack in
      guard case .delta(let base) = header.content else { return nil }
      return ObjectStore.Location(pack: pack, offset: base)
    }
    return (families, asked)
  }

  /// The offsets that are reached from the roots, each family from its root on.
  private static func reached(_ families: DeltaFamilies) -> [Int] {
    var reached: [Int] = []
    var waiting = Array(families.roots.reversed())
    while let index = waiting.popLast() {
      reached.append(families.members[index].location.offset)
      var children: [Int] = []
      var child = families.members[index].firstChild
      while child >= 0 {
        children.append(Int(child))
        child = families.members[Int(child)].next
      }
      waiting += children.reversed()
    }
    return reached
  }

  @Test("are looked at chain by chain, each object once, so that a pack is read nearly forward")
  func order() {
    let (families, asked) = Self.families([1018, 2018, 3018], whole: 1000)
    #expect(asked.count == 30 && Set(asked).count == 30)
    for (one, next) in zip(asked, asked.dropFirst()) where one % 1000 != 0 { #expect(next == one - 2) }
    #expect(Self.reached(families).sorted() == asked.sorted())
  }

  @Test("know a wanted base again, before and behind") func sharedBases() {
    let (families, asked) = Self.families([1004, 1004, 1008, 1010], whole: 1000)
    #expect(asked.count == 6)
    #expect(Self.reached(families) == [1000, 1002, 1004, 1006, 1008, 1010])
    #expect(families.members.map(\.wanted).filter { !$0.isEmpty } == [0..<2, 2..<3, 3..<4])
  }

  @Test("have an end, however long the chains of a pack are") func longChains() {
    let (one, asked) = Self.families([2_000_000], whole: .max)
    #expect(one.roots.isEmpty && asked.count <= ObjectReader.chainLimit)
    let many = (1...1000).map { 100_000_000 + $0 * 20_001 }
    #expect(Self.families(many, whole: .max).families.members.count <= 3 * many.count + 16_384)
  }

  @Test("without a base that is known have no root") func unknownBases() {
    // The base would lie before the first object.
    let (families, _) = Self.families([13, 1002], whole: 1000)
    #expect(Self.reached(families) == [1000, 1002])
  }
}
