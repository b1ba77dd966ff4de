// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

extension GitConfig {
  /// Whether `value` means yes, as git reads it (git-config(1), "Values"): a word, or a number as C writes
  /// them, with a unit; nil where it is neither, and git refuses to work.
  static func boolean(_ value: [UInt8]) -> Bool? {
    switch String(decoding: value.map(lowered), as: UTF8.self) {
    case "true", "yes", "on": true
    case "false", "no", "off", "": false
    default: number(value).map { $0 != 0 }
    }
  }

  /// The number in `text`: octal behind "0", hexadecimal behind "0x", with "k", "m" or "g" at its end; nil
  /// where it is none, or does not fit into 32 bits.
  private static func number(_ text: [UInt8]) -> Int? {
    var rest = text.map(lowered)[...].drop { $0 == 0x20 || (0x09...0x0D).contains($0) }
    let sign = rest.first
    if sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { rest = rest.dropFirst() }
    var radix = 10
    if rest.starts(with: "0x".utf8), rest.dropFirst(2).first.flatMap({ digit($0, radix: 16) }) != nil {
      (radix, rest) = (16, rest.dropFirst(2))
    } else if rest.first == UInt8(ascii: "0") {
      radix = 8
    }
    var magnitude = 0
    let digits = rest.prefix { digit($0, radix: radix) != nil }
    guard !digits.isEmpty else { return nil }
    for byte in digits {
      magnitude = magnitude * radix + (digit(byte, radix: radix) ?? 0)
      guard magnitude <= Int32.max else { return nil }
    }
    guard let unit = unit(rest[digits.endIndex...]), magnitude * unit <= Int32.max else { return nil }
    return magnitude * unit
  }

  private static func digit(_ byte: UInt8, radix: Int) -> Int? {
    let value =
      switch byte {
      case 0x30...0x39: Int(byte) - 0x30
      case 0x61...0x66: Int(byte) - 0x61 + 10
      default: radix
      }
    return value < radix ? value : nil
  }

  private static func unit(_ text: ArraySlice<UInt8>) -> Int? {
    switch String(decoding: text, as: UTF8.self) {
    case "": 1
    case "k": 1 << 10
    case "m": 1 << 20
    case "g": 1 << 30
    default: nil
    }
  }

  private static func lowered(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
}
