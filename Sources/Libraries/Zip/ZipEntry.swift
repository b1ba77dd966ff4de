// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// One member of a zip, as its directory describes it.
package struct ZipEntry: Sendable {
  /// Its name, without the "/" at a folder's end. Not checked: ``ZipArchive/validate(limit:)`` does that.
  package let name: [UInt8]
  /// Whether it is a folder.
  package let isFolder: Bool
  /// Its mode as in stat(2), kind and permissions; 0 where the zip was made by a system that has none.
  package let mode: UInt16
  /// Its size in bytes, as the directory says.
  package let byteCount: Int
  /// The size of its contents in the zip, in bytes.
  package let compressedCount: Int
  /// How its contents are compressed: 0 not at all, 8 by deflate.
  package let method: UInt16
  /// The CRC-32 of its contents, as the directory says.
  package let crc: UInt32
  /// Where its own header begins, in bytes from the start of the zip.
  package let headerOffset: Int

  /// Its Unix permission bits; 0 where there are none.
  package var permissions: UInt16 { mode & 0o7777 }
  /// Whether its owner may execute it.
  package var isExecutable: Bool { mode & 0o100 != 0 }
  /// Whether it is a symbolic link; its contents are then what it points to.
  package var isSymbolicLink: Bool { kind == 0o120000 }

  /// The bits of the mode that say what it is; 0 where nothing does.
  var kind: UInt16 { mode & 0o170000 }
  /// The name as it stands in the zip.
  var fullName: [UInt8] { isFolder ? name + [UInt8(ascii: "/")] : name }

  func error(_ cause: ZipReaderError.Cause, at offset: Int? = nil) -> ZipReaderError {
    ZipReaderError(cause, member: fullName, at: offset)
  }
}
