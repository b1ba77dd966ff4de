// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deflate

/// A zip of files that are not compressed.
func storedZip(_ files: [(name: String, text: String)]) -> [UInt8] {
  func number(_ value: some BinaryInteger, _ width: Int) -> [UInt8] {
    (0..<width).map { UInt8(truncatingIfNeeded: UInt64(value) >> (8 * UInt64($0))) }
  }
  var bytes: [UInt8] = []
  var directory: [UInt8] = []
  for file in files {
    let (name, contents) = (Array(file.name.utf8), Array(file.text.utf8))
    // SAFETY: bytes have no padding; the array lives as long as the call.
    let crc = unsafe crc32(contents.span.bytes)
    let common =
      number(20, 2) + number(0, 8) + number(crc, 4) + number(contents.count, 4) + number(contents.count, 4)
      + number(name.count, 2) + number(0, 2)
    directory += number(0x0201_4B50, 4) + [20, 3] + common + number(0, 6) + number(0o100644 << 16, 4)
    directory += number(bytes.count, 4) + name
    bytes += number(0x0403_4B50, 4) + common + name + contents
  }
  let end =
    number(0x0605_4B50, 4) + number(0, 4) + number(files.count, 2) + number(files.count, 2)
    + number(directory.count, 4) + number(bytes.count, 4) + number(0, 2)
  return bytes + directory + end
}
