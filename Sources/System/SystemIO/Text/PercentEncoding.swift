// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Percent-encoding in web addresses (RFC 3986, section 2.1).
package enum PercentEncoding {
  /// Encodes everything but the unreserved characters, and `/` where it `keepsSlashes`.
  ///
  /// `.` and `..` stay as they are; some servers take them for steps in the path even when they are encoded.
  package static func encode(_ bytes: some Sequence<UInt8>, keepsSlashes: Bool = false) -> String {
    var output = ""
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        output.unicodeScalars.append(Unicode.Scalar(byte))
      case UInt8(ascii: "/") where keepsSlashes: output += "/"
      default: output += "%" + Hex.uppercase(CollectionOfOne(byte))
      }
    }
    return output
  }

  /// Returns the text that `component` stands for, or nil if the encoding is broken or yields no UTF-8.
  package static func decode(_ component: some StringProtocol) -> String? {
    var bytes: [UInt8] = []
    var rest = Array(component.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard let high = rest.popFirst().flatMap(Hex.value), let low = rest.popFirst().flatMap(Hex.value) else {
        return nil
      }
      bytes.append(high << 4 | low)
    }
    return String(validating: bytes, as: UTF8.self)
  }
}
