// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import FoundationEssentials

/// An `http` or `https` address in parts, without user information and fragment.
package struct WebAddress: Hashable, Sendable {
  /// The reason why a text is not such an address.
  package enum Problem: Error, Hashable {
    /// Not an address, or one that parsers disagree about.
    case malformed
    /// Neither `http` nor `https`.
    case scheme(String)
    /// With a user name or a password.
    case userInfo
  }

  package let origin: Origin
  /// Percent-encoded, beginning with a slash.
  package let path: String
  /// Percent-encoded, without the question mark.
  package let query: String?
  /// Whether the address had a fragment.
  package let hadFragment: Bool

  /// Path and query.
  package var target: String { query.map { "\(path)?\($0)" } ?? path }
  /// The whole address, without the fragment.
  package var absolute: String { "\(origin)\(target)" }

  /// Parses `text`, relative to `base`, as a `Location` header is read.
  package init(_ text: String, from base: WebAddress? = nil) throws(Problem) {
    // Nothing but visible ASCII: `URL` would repair what servers read differently.
    guard !text.isEmpty, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }) else {
      throw .malformed
    }
    let baseURL = base.flatMap { URL(string: $0.absolute) }
    guard let url = URL(string: text, relativeTo: baseURL)?.absoluteURL else { throw .malformed }
    let scheme = url.scheme?.lowercased() ?? ""
    guard scheme == "http" || scheme == "https" else { throw .scheme(scheme) }
    guard url.user == nil, url.password == nil else { throw .userInfo }
    guard var host = url.host(percentEncoded: true)?.lowercased(), !host.isEmpty else { throw .malformed }
    if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
    let port = url.port ?? Origin.defaultPort(scheme)
    guard (1...65535).contains(port), host.utf8.allSatisfy({ $0 != UInt8(ascii: "%") }) else {
      throw .malformed
    }
    origin = Origin(scheme: scheme, host: host, port: port)
    let path = url.path(percentEncoded: true)
    self.path = path.hasPrefix("/") ? path : "/" + path
    query = url.query(percentEncoded: true)
    hadFragment = url.fragment != nil
  }
}
