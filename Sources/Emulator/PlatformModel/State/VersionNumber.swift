// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// `major.minor`, each from 0 to 99 and without leading zeros.
package struct VersionNumber: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The number before the dot.
  package let major: Int
  /// The number after it.
  package let minor: Int

  /// The number that `text` is; nil where it is none.
  package init?(_ text: String) {
    let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 2, let major = Self.part(parts[0]), let minor = Self.part(parts[1]) else {
      return nil
    }
    self.major = major
    self.minor = minor
  }

  package var description: String { "\(major).\(minor)" }

  package static func < (left: Self, right: Self) -> Bool {
    (left.major, left.minor) < (right.major, right.minor)
  }

  private static func part(_ digits: Substring.UTF8View) -> Int? {
    let isNumber = digits.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    guard isNumber, (1...2).contains(digits.count) else { return nil }
    if digits.count == 2, digits.first == UInt8(ascii: "0") { return nil }
    return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
  }
}

extension VersionNumber: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let number = VersionNumber(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a version number")
    }
    self = number
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
