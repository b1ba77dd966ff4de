// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// The bytes of a zip, by their places.
struct ZipSource: Sendable {
  /// How much is read at a time.
  static let step = 256 << 10

  let byteCount: Int
  let read: @Sendable (_ offset: Int, _ count: Int) throws -> [UInt8]

  /// Exactly `count` bytes, of which the caller has made sure that they are few.
  func bytes(at offset: Int, count: Int, for member: [UInt8]? = nil) throws -> [UInt8] {
    guard offset >= 0, count >= 0, offset <= byteCount - count else {
      throw ZipReaderError(.truncated, member: member, at: offset)
    }
    let bytes = try read(offset, count)
    guard bytes.count == count else { throw ZipReaderError(.truncated, member: member, at: offset) }
    return bytes
  }
}
