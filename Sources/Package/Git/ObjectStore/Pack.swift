// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// An open pack with its index.
struct Pack: Sendable {
  /// "PACK", a version, the number of objects.
  static let headerCount = 12

  let file: SharedFile
  let index: PackIndex
  /// Where the objects end, and the checksum begins.
  let end: Int

  /// Why a pack can't be used.
  enum Failure: Error {
    /// There is no pack beside the index: git takes no notice of that.
    case absent
    case unusual
  }

  /// The pack whose index is the file `path`, of at most `limit` bytes.
  init(index path: [UInt8], limit: Int) throws(Failure) {
    let packPath = path.dropLast("idx".utf8.count) + Array("pack".utf8)
    guard Paths.status(packPath) != nil else { throw .absent }
    do throws(SystemError) {
      let indexFile = try Descriptor.open(CString(path), as: .file)
      guard try indexFile.status().isRegular, let index = PackIndex(try indexFile.readAll(limit: limit))
      else { throw SystemError(code: EINVAL) }
      file = try SharedFile.reading(packPath)
      let status = try file.descriptor.status()
      guard status.isRegular, status.byteCount >= Self.headerCount + ObjectID.byteCount else {
        throw SystemError(code: EINVAL)
      }
      end = status.byteCount - ObjectID.byteCount
      let header = try file.descriptor.bytes(at: 0, count: Self.headerCount)
      let checksum = try file.descriptor.bytes(at: end, count: ObjectID.byteCount)
      // SAFETY: bytes have no padding.
      let span = unsafe header.span.bytes
      guard span.byteCount == Self.headerCount, UInt32(bigEndian: span, at: 0) == 0x5041_434B,
        (2...3).contains(UInt32(bigEndian: span, at: 4)),
        Int(UInt32(bigEndian: span, at: 8)) == index.count, checksum.elementsEqual(index.packChecksum)
      else { throw SystemError(code: EINVAL) }
      self.index = index
    } catch {
      throw .unusual
    }
  }
}
