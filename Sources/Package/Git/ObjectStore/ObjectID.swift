// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// The name of an object: a SHA-1.
package struct ObjectID: Hashable, Sendable {
  static let byteCount = 20

  /// Its bytes, the first one highest.
  let high: UInt64
  let middle: UInt64
  let low: UInt32

  /// The name whose bytes stand in `bytes` at `offset`.
  init(_ bytes: RawSpan, at offset: Int) {
    high = UInt64(bigEndian: bytes, at: offset)
    middle = UInt64(bigEndian: bytes, at: offset + 8)
    low = UInt32(bigEndian: bytes, at: offset + 16)
  }

  /// The name with these hexadecimal digits; nil where they are none, or not 40.
  package init?(digits: ArraySlice<UInt8>) {
    guard digits.count == 2 * Self.byteCount else { return nil }
    var (high, middle, low): (UInt64, UInt64, UInt32) = (0, 0, 0)
    let span = digits.span
    for index in span.indices {
      guard let value = Hex.value(of: span[index]) else { return nil }
      switch index {
      case ..<16: high = high << 4 | UInt64(value)
      case ..<32: middle = middle << 4 | UInt64(value)
      default: low = low << 4 | UInt32(value)
      }
    }
    (self.high, self.middle, self.low) = (high, middle, low)
  }

  var firstByte: Int { Int(high >> 56) }

  /// Its hexadecimal digits.
  var digits: [UInt8] {
    var digits: [UInt8] = []
    digits.reserveCapacity(2 * Self.byteCount)
    appendDigits(to: &digits)
    return digits
  }

  /// Its hexadecimal digits, in lower case.
  package var text: String { String(decoding: digits, as: UTF8.self) }

  /// Appends its hexadecimal digits to `output`.
  func appendDigits(to output: inout [UInt8]) {
    Self.append(high, count: 16, to: &output)
    Self.append(middle, count: 16, to: &output)
    Self.append(UInt64(low), count: 8, to: &output)
  }

  private static func append(_ value: UInt64, count: Int, to output: inout [UInt8]) {
    var shift = UInt64(count * 4)
    while shift > 0 {
      shift -= 4
      let digit = UInt8(truncatingIfNeeded: value >> shift) & 15
      output.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") - 10 + digit)
    }
  }

  static func < (one: ObjectID, other: ObjectID) -> Bool {
    if one.high != other.high { return one.high < other.high }
    if one.middle != other.middle { return one.middle < other.middle }
    return one.low < other.low
  }
}

extension FixedWidthInteger {
  /// The number whose bytes stand in `bytes` at `offset`, the highest first.
  init(bigEndian bytes: RawSpan, at offset: Int) where Self: BitwiseCopyable {
    // SAFETY: bytes are of any value; the span checks that there are as many.
    self.init(bigEndian: unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: Self.self))
  }

  /// The number whose bytes stand in `bytes` at `offset`, the lowest first.
  init(littleEndian bytes: RawSpan, at offset: Int) where Self: BitwiseCopyable {
    // SAFETY: bytes are of any value; the span checks that there are as many.
    self.init(littleEndian: unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: Self.self))
  }
}
