// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import FoundationEssentials

/// An `http` or `https` address in parts, without user-info and fragment.
package struct WebAddress: Hashable, Sendable {
  /// Why a text is no such address.
  package enum Problem: Error, Hashable {
    /// Not an address, or not one that everybody reads the same way.
    case malformed
    /// Another scheme.
    case scheme(String)
    /// A user name or password is in it.
    case userInfo
  }

  /// Where it is.
  package let origin: Origin
  /// Percent-encoded, beginning with a slash.
  package let path: String
  /// Percent-encoded, without the question mark.
  package let query: String?
  /// Whether the address had a fragment.
  package let hadFragment: Bool

  /// Path and query.
  package var target: String { query.map { "\(path)?\($0)" } ?? path }
  /// All of it, without the fragment.
  package var absolute: String { "\(origin)\(target)" }

  /// The address that `text` is, seen from `base`: the rules for a `Location` header.
  package init(_ text: String, from base: WebAddress? = nil) throws(Problem) {
    // Nothing but visible ASCII: `URL` would repair what servers and people understand differently.
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
