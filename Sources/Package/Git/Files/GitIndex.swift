// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// Reads git's index, versions 2 to 4 (gitformat-index(5)).
package enum GitIndex {
  package enum Failure: Error, Equatable {
    /// It is split, sparse or of a kind that only git itself can read.
    case needsGit
    /// It is no index, or cut off.
    case malformed
  }

  /// The paths that the index `bytes` names; object names have `hashSize` bytes.
  package static func paths(
    in bytes: Span<UInt8>, hashSize: Int, ignoringCase: Bool
  ) throws(Failure) -> TrackedPaths {
    guard bytes.count >= 12 + hashSize, bytes[0] == 0x44, bytes[1] == 0x49, bytes[2] == 0x52, bytes[3] == 0x43
    else {
      throw .malformed
    }
    let version = word(bytes, 4)
    guard (2...4).contains(version) else { throw .needsGit }
    let count = word(bytes, 8)
    let end = bytes.count - hashSize
    var tracked = TrackedPaths(ignoringCase: ignoringCase)
    // What an entry has beside its name, at the least.
    let fixedCount = 40 + hashSize + 2
    guard count <= bytes.count / fixedCount else { throw .malformed }
    tracked.reserve(count, byteCount: bytes.count - count * fixedCount)
    var name: [UInt8] = []
    var offset = 12
    for _ in 0..<count {
      let start = offset
      offset += fixedCount
      guard offset < end else { throw .malformed }
      // Only version 3 and later write it; git reads it in any.
      let isExtended = bytes[offset - 2] & 0x40 != 0
      var isMissing = false
      if isExtended {
        // One in conflict is there, in more than one stage.
        isMissing = bytes[offset] & 0x40 != 0 && bytes[offset - 2] & 0x30 == 0
        offset += 2
      }
      let kind = word(bytes, start + 24) & 0o170000
      // A directory stands for all below it, in an index that is sparse, or should say so.
      guard kind != 0o040000 else { throw .needsGit }
      let isSubmodule = kind == 0o160000
      if version < 4 {
        let nameEnd = try endOfName(in: bytes, at: offset, flags: start + fixedCount - 2, limit: end)
        let path = bytes.extracting(offset..<nameEnd)
        tracked.append(path, isSubmodule: isSubmodule)
        if isMissing { note(path.indices.map { path[$0] }, start, hashSize, in: bytes, &tracked) }
        // An entry is padded with one to eight NULs to a multiple of eight.
        offset = start + ((nameEnd - start) / 8 + 1) * 8
      } else {
        let (dropped, next) = try variableWidth(bytes, at: offset, end: end)
        guard dropped <= name.count else { throw .malformed }
        name.removeLast(dropped)
        offset = next
        while offset < end, bytes[offset] != 0 {
          name.append(bytes[offset])
          offset += 1
        }
        guard offset < end else { throw .malformed }
        // git would copy as many bytes as the flags say, less than the name or more.
        let length = lengthOfName(in: bytes, flags: start + fixedCount - 2)
        guard length == 0xFFF || length == name.count else { throw .malformed }
        offset += 1
        tracked.append(name.span, isSubmodule: isSubmodule)
        if isMissing { note(name, start, hashSize, in: bytes, &tracked) }
      }
    }
    try checkExtensions(bytes, from: offset, to: end)
    tracked.finish()
    return tracked
  }

  /// Where the name at `offset` ends, with the NUL behind it: the flags hold its length, where that has
  /// twelve bits.
  private static func endOfName(
    in bytes: Span<UInt8>, at offset: Int, flags: Int, limit: Int
  ) throws(Failure) -> Int {
    let length = lengthOfName(in: bytes, flags: flags)
    var end = offset + length
    if length == 0xFFF { while end < limit, bytes[end] != 0 { end += 1 } }
    guard end < limit, bytes[end] == 0 else { throw .malformed }
    return end
  }

  /// The length of a name as the flags say it; 0xFFF where it is longer than twelve bits can say.
  private static func lengthOfName(in bytes: Span<UInt8>, flags: Int) -> Int {
    (Int(bytes[flags]) << 8 | Int(bytes[flags + 1])) & 0xFFF
  }

  /// Notes the file at `path`, whose entry begins at `start`, as one that need not be in the work tree.
  private static func note(
    _ path: [UInt8], _ start: Int, _ hashSize: Int, in bytes: Span<UInt8>, _ tracked: inout TrackedPaths
  ) {
    tracked.skipped += path + [0]
    guard TrackedPaths.isIgnoreFile(path) else { return }
    let object = (0..<hashSize).map { bytes[start + 40 + $0] }
    tracked.missingIgnoreFiles.append(
      TrackedPaths.MissingFile(path: path, object: Array(Hex.lowercase(object).utf8)))
  }

  /// An extension whose name begins with a small letter must be understood; none of them is here.
  private static func checkExtensions(_ bytes: Span<UInt8>, from start: Int, to end: Int) throws(Failure) {
    var offset = start
    while offset + 8 <= end {
      if bytes[offset] >= 0x61 { throw .needsGit }
      offset += 8 + word(bytes, offset + 4)
    }
  }

  private static func word(_ bytes: Span<UInt8>, _ offset: Int) -> Int {
    Int(bytes[offset]) << 24 | Int(bytes[offset + 1]) << 16 | Int(bytes[offset + 2]) << 8
      | Int(bytes[offset + 3])
  }

  /// A number of variable width, as pack files have it for offsets.
  private static func variableWidth(
    _ bytes: Span<UInt8>, at start: Int, end: Int
  ) throws(Failure) -> (value: Int, next: Int) {
    var offset = start
    guard offset < end else { throw .malformed }
    var byte = bytes[offset]
    var value = Int(byte & 0x7F)
    while byte & 0x80 != 0 {
      offset += 1
      guard offset < end, value < 1 << 40 else { throw .malformed }
      byte = bytes[offset]
      value = (value + 1) << 7 | Int(byte & 0x7F)
    }
    return (value, offset + 1)
  }
}
