// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// RFC 4648 §4 as it reads, bit by bit: what every kernel is compared with.
func naiveBase64(_ bytes: [UInt8]) -> [UInt8] {
  let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  var result: [UInt8] = []
  result.reserveCapacity(bytes.count / 3 * 4 + 4)
  var bits = 0
  var bitCount = 0
  for byte in bytes {
    bits = bits << 8 | Int(byte)
    bitCount += 8
    while bitCount >= 6 {
      bitCount -= 6
      result.append(alphabet[bits >> bitCount & 63])
    }
    bits &= 0xff
  }
  if bitCount > 0 { result.append(alphabet[bits << (6 - bitCount) & 63]) }
  while result.count % 4 != 0 { result.append(UInt8(ascii: "=")) }
  return result
}
