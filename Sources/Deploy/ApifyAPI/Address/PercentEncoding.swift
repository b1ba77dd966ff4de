// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

extension String {
  /// This text as one segment of a path: everything but RFC 3986's unreserved characters is encoded.
  ///
  /// `.` and `..` would be understood as steps in the path even when encoded by some servers; callers reject them.
  var percentEncodedSegment: String {
    var bytes: [UInt8] = []
    for byte in utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        bytes.append(byte)
      default:
        let digits = Array("0123456789ABCDEF".utf8)
        bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
