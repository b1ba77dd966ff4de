// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Scheme, host and port (RFC 6454): the unit in which the token is trusted.
package struct Origin: Hashable, Sendable {
  /// `http` or `https`.
  package let scheme: String
  /// The host in lower case; an IPv6 address without its brackets.
  package let host: String
  /// The port; the scheme's default where the address has none.
  package let port: Int

  /// The default port of a scheme.
  static func defaultPort(_ scheme: String) -> Int { scheme == "https" ? 443 : 80 }

  /// Whether the host is this machine: a literal loopback address, or "localhost". A name below it
  /// ("x.localhost") is what the resolver makes of it.
  package var isLoopback: Bool { host == "localhost" || IPAddress(host)?.isLoopback == true }
}

extension Origin: CustomStringConvertible {
  package var description: String {
    let name = host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host
    return port == Self.defaultPort(scheme) ? "\(scheme)://\(name)" : "\(scheme)://\(name):\(port)"
  }
}
