// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Scheme, host and port: what a token is good for.
package struct Origin: Hashable, Sendable {
  /// `http` or `https`.
  package let scheme: String
  /// In lower case; an IPv6 address without its brackets.
  package let host: String
  /// The port, also where the address leaves it out.
  package let port: Int

  /// The port of a scheme's addresses that name none.
  static func defaultPort(_ scheme: String) -> Int { scheme == "https" ? 443 : 80 }

  /// Whether what goes there leaves this machine.
  package var isLoopback: Bool {
    if host == "localhost" || host.hasSuffix(".localhost") || host == "::1" { return true }
    let parts = host.split(separator: "." as Character, omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
  }
}

extension Origin: CustomStringConvertible {
  /// As an address shows it.
  package var description: String {
    let name = host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host
    return port == Self.defaultPort(scheme) ? "\(scheme)://\(name)" : "\(scheme)://\(name):\(port)"
  }
}
