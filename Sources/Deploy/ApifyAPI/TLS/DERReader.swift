// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Reads elements of DER (X.690), one after the other. It trusts no length.
struct DERReader {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  /// The next element: its tag and its contents; nil at the end, and where it is malformed.
  mutating func next() -> (tag: UInt8, contents: ArraySlice<UInt8>)? {
    // No certificate has tags of several bytes.
    guard let tag = rest.popFirst(), tag & 0x1F != 0x1F, let first = rest.popFirst() else { return end() }
    var length = Int(first)
    if first >= 0x80 {
      let count = Int(first & 0x7F)
      guard (1...4).contains(count), rest.count >= count else { return end() }
      length = rest.prefix(count).reduce(0) { $0 << 8 | Int($1) }
      rest = rest.dropFirst(count)
    }
    guard length <= rest.count else { return end() }
    defer { rest = rest.dropFirst(length) }
    return (tag, rest.prefix(length))
  }

  /// The contents of the next element where it has the tag `tag`.
  mutating func next(_ tag: UInt8) -> ArraySlice<UInt8>? {
    guard let element = next(), element.tag == tag else { return nil }
    return element.contents
  }

  private mutating func end() -> (UInt8, ArraySlice<UInt8>)? {
    rest = []
    return nil
  }
}
