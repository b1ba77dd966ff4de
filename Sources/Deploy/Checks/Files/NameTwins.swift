// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Finds names in one directory that are the same in small letters and composed.
///
/// Paths go by a hash into a table of their indices, without an object for each of them; the few that meet
/// there are compared.
struct NameTwins {
  private let entries: CheckedPackage.Entries

  init(_ entries: CheckedPackage.Entries) { self.entries = entries }

  /// The first `limit` pairs: each later path with the last one before it that it is a twin of.
  func pairs(limit: Int) -> [(before: Int, index: Int)] {
    // A pair has a capital or a character that is not ASCII in one of its names, and most trees have few.
    guard entries.indices.contains(where: { !isPlain(entries.path($0)) }) else { return [] }
    var pairs: [(before: Int, index: Int)] = []
    // At most half full, so that a search ends soon.
    let mask = (1 << (Int.bitWidth - (2 * entries.count).leadingZeroBitCount)) - 1
    // The upper half of a hash and an index, from 1, in each place.
    var table = [UInt64](repeating: 0, count: mask + 1)
    var directory = (path: ArraySlice<UInt8>(), hash: Self.seed)
    for index in entries.indices {
      let path = entries.path(index)
      let name = name(path)
      let above = path[..<name.startIndex]
      // What lies in one directory stands together.
      if !above.elementsEqual(directory.path) { directory = (above, Self.add(above, to: Self.seed)) }
      let hash = hash(name, in: directory.hash)
      var place = Int(truncatingIfNeeded: hash) & mask
      while table[place] != 0 {
        let other = Int(table[place] & 0xFFFF_FFFF) - 1
        if table[place] >> 32 == hash >> 32, areTwins(other, index) {
          pairs.append((other, index))
          if pairs.count == limit { return pairs }
          break
        }
        place = (place + 1) & mask
      }
      table[place] = (hash & ~0xFFFF_FFFF) | UInt64(index + 1)
    }
    return pairs
  }

  /// Whether all of `path` stays as it is in small letters and composed.
  private func isPlain(_ path: ArraySlice<UInt8>) -> Bool {
    for byte in path where byte >= 0x80 || (byte >= 0x41 && byte <= 0x5A) { return false }
    return true
  }

  /// The hash of `name` in small letters (FNV-1a), in a directory whose path has the hash `above`: what lies
  /// in directories that are twins differs, so that only the directories are told of.
  private func hash(_ name: ArraySlice<UInt8>, in above: UInt64) -> UInt64 {
    var hash = above
    var all: UInt8 = 0
    for byte in name {
      let isCapital = byte >= 0x41 && byte <= 0x5A
      hash = (hash ^ UInt64(isCapital ? byte | 0x20 : byte)) &* Self.prime
      all |= byte
    }
    if all < 0x80 { return hash }
    let text = folded(name)
    // The Kelvin sign is a "k" in small letters.
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return Self.add(text.utf8, to: above) }
    // A string's hash is that of its composed form.
    return (above ^ UInt64(truncatingIfNeeded: text.hashValue)) &* Self.prime
  }

  private static let seed: UInt64 = 0xCBF2_9CE4_8422_2325
  private static let prime: UInt64 = 0x100_0000_01B3

  private static func add(_ bytes: some Sequence<UInt8>, to hash: UInt64) -> UInt64 {
    bytes.reduce(hash) { ($0 ^ UInt64($1)) &* prime }
  }

  private func areTwins(_ left: Int, _ right: Int) -> Bool {
    let (left, right) = (entries.path(left), entries.path(right))
    let (leftName, rightName) = (name(left), name(right))
    return left[..<leftName.startIndex].elementsEqual(right[..<rightName.startIndex])
      && folded(leftName) == folded(rightName)
  }

  private func name(_ path: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    path[(path.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? path.startIndex)...]
  }

  /// Small letters: `String`'s equality is that of canonical equivalence.
  private func folded(_ name: ArraySlice<UInt8>) -> String {
    String(decoding: name, as: UTF8.self).lowercased()
  }
}
