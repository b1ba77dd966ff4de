// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// An entry of a tree object: "MODE NAME NUL", and the name of an object in bytes.
struct TreeEntry {
  /// nil for a tree.
  let kind: CommitTree.Kind?
  let name: Range<Int>
  let id: ObjectID
  /// The first eight bytes of what it is sorted by, the first one highest, padded with zeros.
  private let head: UInt64

  var isTree: Bool { kind == nil }
  var end: Int { name.upperBound + 1 + ObjectID.byteCount }

  /// The entry at `start` of `bytes`, which ends before `end`; nil where it is not as git writes it today, or
  /// is refused.
  init?(_ bytes: Span<UInt8>, at start: Int, end: Int) {
    // SAFETY: bytes have no padding.
    let raw = unsafe bytes.bytes
    guard let (kind, nameStart) = Self.mode(raw, at: start, end: end),
      let (nameEnd, isPlain) = Self.endOfName(raw, from: nameStart, end: end),
      end - nameEnd > ObjectID.byteCount
    else { return nil }
    name = nameStart..<nameEnd
    guard isPlain || TreeListing.refusal(ofName: bytes.extracting(name)) == nil else { return nil }
    self.kind = kind
    id = ObjectID(raw, at: nameEnd + 1)
    // At least the NUL and the object's name lie behind the name.
    let unused = UInt64(max(0, 8 - name.count) * 8)
    var head = UInt64(bigEndian: raw, at: nameStart)
    if unused > 0 {
      head = (head >> unused) << unused
      if kind == nil { head |= UInt64(UInt8(ascii: "/")) << (unused - 8) }
    }
    self.head = head
  }

  /// What the entry at `start` is, nil for a tree, and where its name begins.
  private static func mode(
    _ bytes: RawSpan, at start: Int, end: Int
  ) -> (kind: CommitTree.Kind?, nameStart: Int)? {
    // "100644 ": nearly all.
    if start + 8 <= end, UInt64(bigEndian: bytes, at: start) >> 8 == 0x31_3030_3634_3420 {
      return (.file, start + 7)
    }
    var (index, mode) = (start, UInt32(0))
    while index < end, index - start < 6 {
      let digit = bytes.byte(at: index) ^ UInt8(ascii: "0")
      if digit > 7 { break }
      mode = mode << 3 | UInt32(digit)
      index += 1
    }
    guard index < end, bytes.byte(at: index) == UInt8(ascii: " "), bytes.byte(at: start) != UInt8(ascii: "0")
    else { return nil }
    switch mode {
    case 0o040000: return (nil, index + 1)
    // git prints the first for the second.
    case 0o100644, 0o100664: return (.file, index + 1)
    case 0o100755, 0o120000, 0o160000:
      guard let kind = TreeListing.kind(ofMode: mode) else { return nil }
      return (kind, index + 1)
    default: return nil
    }
  }

  /// Where the name from `start` on ends with a NUL, and whether it is one of three bytes or more, not too
  /// many, and without a "/"; nil where there is none, or too little lies behind it.
  static func endOfName(_ bytes: RawSpan, from start: Int, end: Int) -> (end: Int, isPlain: Bool)? {
    var (index, slashes) = (start, UInt64(0))
    // The object's name behind it is longer than a word.
    while index + 8 <= end {
      let word = UInt64(littleEndian: bytes, at: index)
      slashes |= Self.zeros(word ^ 0x2F2F_2F2F_2F2F_2F2F)
      let zeros = Self.zeros(word)
      if zeros != 0 {
        index += zeros.trailingZeroBitCount / 8
        // A "/" behind the name counts too: then the name is looked at.
        return (index, slashes == 0 && (3...255).contains(index - start))
      }
      index += 8
    }
    return nil
  }

  /// The top bit of each byte of `word` that is zero, up to the first one; those behind it may be set too.
  private static func zeros(_ word: UInt64) -> UInt64 {
    (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
  }

  /// Whether it comes before `other`: in a tree, a tree's name counts as if it ended with a "/".
  func isBefore(_ other: TreeEntry, _ bytes: Span<UInt8>) -> Bool {
    head != other.head ? head < other.head : isBeforeBehindHead(other, bytes)
  }

  private func isBeforeBehindHead(_ other: TreeEntry, _ bytes: Span<UInt8>) -> Bool {
    let count = min(name.count, other.name.count)
    var index = 0
    while index < count {
      let (one, two) = (bytes[name.lowerBound + index], bytes[other.name.lowerBound + index])
      if one != two { return one < two }
      index += 1
    }
    return byte(count, bytes) < other.byte(count, bytes)
  }

  private func byte(_ index: Int, _ bytes: Span<UInt8>) -> UInt8 {
    if index < name.count { return bytes[name.lowerBound + index] }
    return isTree ? UInt8(ascii: "/") : 0
  }
}
