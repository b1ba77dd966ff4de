// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Reads the records of a manifest, one after the other.
struct ManifestReader {
  private var rest: ArraySlice<UInt8>

  init(_ records: ArraySlice<UInt8>) { rest = records }

  /// The next entry, and where its record begins; nil at the end.
  mutating func next() throws(Manifest.Malformed) -> (start: Int, entry: Manifest.Entry)? {
    let start = rest.startIndex
    guard let kind = rest.popFirst() else { return nil }
    let name = try take(try takeNumber())
    switch kind {
    case UInt8(ascii: "d"): return (start, Manifest.Entry(kind: kind, name: name, byteCount: 0, blocks: []))
    case UInt8(ascii: "f"), UInt8(ascii: "x"):
      let count = try takeNumber()
      let blockCount = count / ContentDigest.blockSize + (count % ContentDigest.blockSize == 0 ? 0 : 1)
      let blocks = try take(blockCount * ContentDigest.byteCount)
      return (start, Manifest.Entry(kind: kind, name: name, byteCount: count, blocks: blocks))
    default: throw Manifest.Malformed()
    }
  }

  private mutating func takeNumber() throws(Manifest.Malformed) -> Int {
    let number = try take(8).reduce(into: UInt64(0)) { $0 = $0 << 8 | UInt64($1) }
    guard number < UInt64(Int.max) >> 8 else { throw Manifest.Malformed() }
    return Int(number)
  }

  private mutating func take(_ count: Int) throws(Manifest.Malformed) -> ArraySlice<UInt8> {
    guard count <= rest.count else { throw Manifest.Malformed() }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }
}
