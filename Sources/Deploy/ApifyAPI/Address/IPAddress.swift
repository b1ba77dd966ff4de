// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// An IP address as it stands in a web address: literal, never the name of a host.
struct IPAddress: Hashable, Sendable {
  /// Four or sixteen bytes; an IPv4 address in an IPv6 one (RFC 4291, section 2.5.5.2) has four.
  let bytes: [UInt8]

  /// Returns nil where `text` is no address, in brackets or not. Only the four-part form of IPv4 is one:
  /// "127.1" and "0177.0.0.1" are read differently by different programs.
  init?(_ text: some StringProtocol) {
    var text = Substring(text)
    if text.hasPrefix("["), text.hasSuffix("]") { text = text.dropFirst().dropLast() }
    guard !text.utf8.contains(0), let bytes = Self.parse(String(text)) else { return nil }
    let mapped = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]
    self.bytes = bytes.count == 16 && bytes.starts(with: mapped) ? Array(bytes.suffix(4)) : bytes
  }

  /// Whether it is this machine's own.
  var isLoopback: Bool {
    bytes.count == 4 ? bytes.first == 127 : bytes == [UInt8](repeating: 0, count: 15) + [1]
  }

  /// Whether its first `count` bits are those of `other`, an address of the same kind.
  func shares(_ count: Int, with other: IPAddress) -> Bool {
    guard bytes.count == other.bytes.count, (0...(bytes.count * 8)).contains(count) else { return false }
    let whole = count / 8
    guard bytes.prefix(whole) == other.bytes.prefix(whole) else { return false }
    guard count % 8 > 0 else { return true }
    return (bytes[whole] ^ other.bytes[whole]) >> UInt8(8 - count % 8) == 0
  }

  private static func parse(_ text: String) -> [UInt8]? {
    for (family, count) in [(AF_INET, 4), (AF_INET6, 16)] {
      var bytes = [UInt8](repeating: 0, count: count)
      // SAFETY: inet_pton writes as many bytes as an address of the family has: the array's count.
      if unsafe inet_pton(family, text, &bytes) == 1 { return bytes }
    }
    return nil
  }
}
