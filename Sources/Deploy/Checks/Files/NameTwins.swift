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
    var table: [(hash: UInt64, index: Int32)] = Array(repeating: (0, -1), count: mask + 1)
    for index in entries.indices {
      let hash = hash(entries.path(index))
      var place = Int(truncatingIfNeeded: hash) & mask
      while table[place].index >= 0 {
        let other = Int(table[place].index)
        if table[place].hash == hash, areTwins(other, index) {
          pairs.append((other, index))
          if pairs.count == limit { return pairs }
          break
        }
        place = (place + 1) & mask
      }
      table[place] = (hash, Int32(index))
    }
    return pairs
  }

  /// Whether all of `path` stays as it is in small letters and composed.
  private func isPlain(_ path: ArraySlice<UInt8>) -> Bool {
    for byte in path where byte >= 0x80 || (byte >= 0x41 && byte <= 0x5A) { return false }
    return true
  }

  /// The hash of the directory as it is and of the name in small letters (FNV-1a).
  private func hash(_ path: ArraySlice<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    // What lies in directories that differ so differs, too: only the directories are told of.
    var above = hash
    var nameStart = path.startIndex
    var all: UInt8 = 0
    for place in path.indices {
      let byte = path[place]
      let isCapital = byte >= 0x41 && byte <= 0x5A
      if byte == UInt8(ascii: "/") {
        // The name so far was that of a directory, which is taken as it is.
        above = Self.add(path[nameStart...place], to: above)
        hash = above
        (nameStart, all) = (place + 1, 0)
      } else {
        hash = (hash ^ UInt64(isCapital ? byte | 0x20 : byte)) &* Self.prime
        all |= byte
      }
    }
    if all < 0x80 { return hash }
    let text = folded(path[nameStart...])
    // The Kelvin sign is a "k" in small letters.
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return Self.add(text.utf8, to: above) }
    // A string's hash is that of its composed form.
    return (above ^ UInt64(truncatingIfNeeded: text.hashValue)) &* Self.prime
  }

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
