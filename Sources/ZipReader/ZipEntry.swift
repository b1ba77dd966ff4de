// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// One member of a zip, as its directory describes it.
package struct ZipEntry: Sendable {
  /// Its name, without the "/" at a folder's end.
  package let name: [UInt8]
  /// Whether it is a folder.
  package let isFolder: Bool
  /// Its Unix permission bits; 0 where the zip was made by a system that has none.
  package let permissions: UInt16
  /// Its size in bytes.
  package let byteCount: Int
  let method: UInt16
  let crc: UInt32
  let compressedCount: Int
  let headerOffset: Int

  /// Whether its owner may execute it.
  package var isExecutable: Bool { permissions & 0o100 != 0 }
}

/// What is wrong with a zip.
package struct ZipError: Error, Sendable, CustomStringConvertible {
  /// The member that it is about; empty where it is about the zip as a whole.
  package let name: [UInt8]
  /// What is wrong, in a few words.
  package let reason: String

  init(_ reason: String, name: [UInt8] = []) {
    self.name = name
    self.reason = reason
  }

  /// The member and what is wrong with it.
  package var description: String {
    name.isEmpty ? reason : String(decoding: name, as: UTF8.self) + ": " + reason
  }
}
