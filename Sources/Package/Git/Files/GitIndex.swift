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
    var name: [UInt8] = []
    var offset = 12
    for _ in 0..<count {
      let start = offset
      offset += 40 + hashSize + 2
      guard offset < end else { throw .malformed }
      let isExtended = version >= 3 && bytes[offset - 2] & 0x40 != 0
      var isMissing = false
      if isExtended {
        isMissing = bytes[offset] & 0x40 != 0
        offset += 2
      }
      if version == 4 {
        let (dropped, next) = try variableWidth(bytes, at: offset, end: end)
        guard dropped <= name.count else { throw .malformed }
        name.removeLast(dropped)
        offset = next
      } else {
        name.removeAll(keepingCapacity: true)
      }
      while offset < end, bytes[offset] != 0 {
        name.append(bytes[offset])
        offset += 1
      }
      guard offset < end else { throw .malformed }
      // Before version 4 an entry is padded with one to eight NULs to a multiple of eight.
      offset = version == 4 ? offset + 1 : start + ((offset - start) / 8 + 1) * 8
      let mode = word(bytes, start + 24)
      tracked.append(name.span, isSubmodule: mode & 0o170000 == 0o160000)
      if isMissing, TrackedPaths.isIgnoreFile(name) {
        let object = (0..<hashSize).map { bytes[start + 40 + $0] }
        tracked.missingIgnoreFiles.append(
          TrackedPaths.MissingFile(path: name, object: Array(Hex.lowercase(object).utf8)))
      }
    }
    try checkExtensions(bytes, from: offset, to: end)
    tracked.finish()
    return tracked
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
