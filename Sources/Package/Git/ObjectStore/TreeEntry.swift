// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// An entry of a tree object: "MODE NAME NUL", and the name of an object in bytes.
struct TreeEntry {
  /// nil for a tree.
  let kind: CommitTree.Kind?
  let name: Range<Int>
  let id: ObjectID

  var isTree: Bool { kind == nil }
  var end: Int { name.upperBound + 1 + ObjectID.byteCount }

  /// The entry at `start` of `bytes`, which ends before `end`; nil where it is not as git writes it today, or
  /// is refused.
  init?(_ bytes: Span<UInt8>, at start: Int, end: Int) {
    var index = start
    var mode: UInt32 = 0
    while index < end, bytes[index] != UInt8(ascii: " ") {
      guard (UInt8(ascii: "0")...UInt8(ascii: "7")).contains(bytes[index]), index - start < 6 else {
        return nil
      }
      mode = mode << 3 | UInt32(bytes[index] - UInt8(ascii: "0"))
      index += 1
    }
    guard index < end, bytes[start] != UInt8(ascii: "0") else { return nil }
    let nameStart = index + 1
    index = nameStart
    while index < end, bytes[index] != 0 { index += 1 }
    guard index < end, end - index > ObjectID.byteCount else { return nil }
    name = nameStart..<index
    guard TreeListing.refusal(ofName: bytes.extracting(name)) == nil else { return nil }
    switch mode {
    case 0o040000: kind = nil
    // git prints the first for the second.
    case 0o100644, 0o100664: kind = TreeListing.kind(ofMode: 0o100644)
    case 0o100755, 0o120000, 0o160000: kind = TreeListing.kind(ofMode: mode)
    default: return nil
    }
    // SAFETY: bytes have no padding.
    id = ObjectID(unsafe bytes.bytes, at: index + 1)
  }

  /// Whether it comes before `other`: in a tree, a tree's name counts as if it ended with a "/".
  func isBefore(_ other: TreeEntry, _ bytes: Span<UInt8>) -> Bool {
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
