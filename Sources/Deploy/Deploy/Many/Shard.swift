// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// One of several machines that share the work: every Actor belongs to exactly one of them.
///
/// Which one is told by the Actor's name and the number of machines alone. Where an Actor comes or goes, all
/// others stay where they are; where a machine is added, only what moves to it moves (rendezvous hashing).
package struct Shard: Sendable, Equatable {
  /// From 1.
  package let number: Int
  /// How many there are.
  package let count: Int

  /// The shard that `text` names: "2/7"; nil where it is none.
  package init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let number = parts[0], let count = parts[1], (1...4096).contains(count),
      (1...count).contains(number)
    else { return nil }
    (self.number, self.count) = (number, count)
  }

  /// Whether the Actor called `name` belongs to it.
  package func holds(_ name: [UInt8]) -> Bool {
    var best = (number: 1, weight: Self.weight(name, 1))
    for other in 1...count {
      let weight = Self.weight(name, other)
      if weight > best.weight { best = (other, weight) }
    }
    return best.number == number
  }

  /// The FNV-1a hash of the name and the number, mixed as MurmurHash3 does at its end. It must never change.
  private static func weight(_ name: [UInt8], _ number: Int) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in name + [0, UInt8(number & 0xFF), UInt8(number >> 8 & 0xFF)] {
      hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
    }
    hash = (hash ^ hash >> 33) &* 0xFF51_AFD7_ED55_8CCD
    hash = (hash ^ hash >> 33) &* 0xC4CE_B9FE_1A85_EC53
    return hash ^ hash >> 33
  }
}
