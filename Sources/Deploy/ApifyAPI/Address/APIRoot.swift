// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// The root of the API: `https://api.apify.com`, or a local platform.
///
/// Every request carries the token, which plain `http` does not protect; so `http` is accepted for loopback
/// addresses only.
package struct APIRoot: Hashable, Sendable {
  package static let apify = APIRoot(
    origin: Origin(scheme: "https", host: "api.apify.com", port: 443), pathPrefix: "")

  /// The only origin that the token is sent to.
  package let origin: Origin
  /// The path before `/v2`, without a slash at its end; empty for most platforms.
  let pathPrefix: String

  private init(origin: Origin, pathPrefix: String) {
    self.origin = origin
    self.pathPrefix = pathPrefix
  }

  /// Parses a root as a user writes it. Slashes at the end and a `/v2` there are dropped.
  package init(_ text: String) throws(APIRootError) {
    let address: WebAddress
    do throws(WebAddress.Problem) {
      address = try WebAddress(text)
    } catch {
      switch error {
      case .malformed: throw .malformed
      case .scheme(let scheme): throw .unsupportedScheme(scheme)
      case .userInfo: throw .userInfo
      }
    }
    guard address.query == nil else { throw .query }
    guard !address.hadFragment else { throw .fragment }
    guard address.origin.scheme == "https" || address.origin.isLoopback else {
      throw .plainHTTP(host: address.origin.host)
    }
    var path = Substring(address.path)
    while path.hasSuffix("/") { path.removeLast() }
    if path.hasSuffix("/v2") { path.removeLast(3) }
    while path.hasSuffix("/") { path.removeLast() }
    self.init(origin: address.origin, pathPrefix: String(path))
  }
}

extension APIRoot: CustomStringConvertible {
  /// The address without `/v2`.
  package var description: String { "\(origin)\(pathPrefix)" }
}

/// The reason why an address is not accepted as an API root.
package enum APIRootError: Error, Hashable, Sendable {
  /// Not an absolute address, or with characters that belong percent-encoded.
  case malformed
  /// Neither `http` nor `https`.
  case unsupportedScheme(String)
  /// With a user name or a password.
  case userInfo
  case query
  case fragment
  /// Plain `http` to another host.
  case plainHTTP(host: String)
}

extension APIRootError: CustomStringConvertible {
  /// One line, to be printed after the address. It does not repeat the address, which may hold a password.
  package var description: String {
    switch self {
    case .malformed: "it is not a web address such as https://api.apify.com"
    case .unsupportedScheme(let scheme):
      scheme.isEmpty ? "it must begin with https://" : "the scheme is \(scheme), not https"
    case .userInfo: "it must not hold a user name or password"
    case .query: "it must not hold a query (?…)"
    case .fragment: "it must not hold a fragment (#…)"
    case .plainHTTP(let host):
      "http would send the token to \(host) unprotected; only local addresses may be http, use https"
    }
  }
}
