// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Numbers as a zip has them, the lowest byte first. The caller has checked that they are there.
extension [UInt8] {
  func number16(at offset: Int) -> UInt16 { UInt16(self[offset]) | UInt16(self[offset + 1]) << 8 }

  func number32(at offset: Int) -> UInt32 {
    UInt32(number16(at: offset)) | UInt32(number16(at: offset + 2)) << 16
  }

  func number64(at offset: Int) -> UInt64 {
    UInt64(number32(at: offset)) | UInt64(number32(at: offset + 4)) << 32
  }

  /// A size or place; nil for a number that no file has as one, so that sums of what it gives can't overflow.
  func place64(at offset: Int) -> Int? {
    let number = number64(at: offset)
    return number < 1 << 60 ? Int(number) : nil
  }
}
