// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// The rule as it reads, one character at a time: nil for what is not text, else the inside of the JSON
/// string. What the kernels are compared with, and itself compared with Python.
func naiveEscape(_ bytes: [UInt8]) -> (text: [UInt8], supplementary: Int)? {
  var text: [UInt8] = []
  var supplementary = 0
  var index = 0
  while index < bytes.count {
    guard let (scalar, length) = naiveScalar(bytes, at: index), scalar != 0 else { return nil }
    switch scalar {
    case 0x08: text += Array(#"\b"#.utf8)
    case 0x09: text += Array(#"\t"#.utf8)
    case 0x0a: text += Array(#"\n"#.utf8)
    case 0x0c: text += Array(#"\f"#.utf8)
    case 0x0d: text += Array(#"\r"#.utf8)
    case 0x22: text += Array(#"\""#.utf8)
    case 0x5c: text += Array(#"\\"#.utf8)
    case ..<0x20:
      text +=
        Array(#"\u00"#.utf8) + Array((scalar < 16 ? "0" : "").utf8) + Array(String(scalar, radix: 16).utf8)
    default: text += bytes[index..<index + length]
    }
    if scalar >= 0x10000 { supplementary += 1 }
    index += length
  }
  return (text, supplementary)
}

/// The scalar at `index`, by the arithmetic of UTF-8 and then the rules about what it may be.
private func naiveScalar(_ bytes: [UInt8], at index: Int) -> (scalar: UInt32, length: Int)? {
  let first = bytes[index]
  let length =
    first < 0x80 ? 1 : first & 0xe0 == 0xc0 ? 2 : first & 0xf0 == 0xe0 ? 3 : first & 0xf8 == 0xf0 ? 4 : 0
  guard length > 0, index + length <= bytes.count else { return nil }
  var scalar = UInt32(first) & [0, 0x7f, 0x1f, 0x0f, 0x07][length]
  for byte in bytes[index + 1..<index + length] {
    guard byte & 0xc0 == 0x80 else { return nil }
    scalar = scalar << 6 | UInt32(byte & 0x3f)
  }
  let smallest: UInt32 = [0, 0, 0x80, 0x800, 0x10000][length]
  guard scalar >= smallest, scalar <= 0x10ffff, !(0xd800...0xdfff).contains(scalar) else { return nil }
  return (scalar, length)
}
