// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Where the API is: `https://api.apify.com`, or a local platform.
///
/// Every request carries the token, and plain `http` shows it to everybody on the way; so `http` is accepted for loopback
/// addresses only, unless the caller allows it expressly (a test platform in a container, a tunnel).
package struct APIRoot: Hashable, Sendable {
  /// The platform.
  package static let apify = APIRoot(
    origin: Origin(scheme: "https", host: "api.apify.com", port: 443), pathPrefix: "")

  /// The only place the token goes to.
  package let origin: Origin
  /// What comes before `/v2` for a platform behind a path, else empty; without a slash at its end.
  let pathPrefix: String

  private init(origin: Origin, pathPrefix: String) {
    self.origin = origin
    self.pathPrefix = pathPrefix
  }

  /// The root that a user has written. Slashes at the end and a `/v2` there are dropped.
  package init(_ text: String, allowingPlainHTTP: Bool = false) throws(APIRootError) {
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
    guard address.origin.scheme == "https" || address.origin.isLoopback || allowingPlainHTTP else {
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

/// Why an address is no API root.
package enum APIRootError: Error, Hashable, Sendable {
  /// Not an absolute address, or with characters that belong percent-encoded.
  case malformed
  /// Neither `http` nor `https`.
  case unsupportedScheme(String)
  /// It has a user name or a password in it.
  case userInfo
  /// It has a query.
  case query
  /// It has a fragment.
  case fragment
  /// Plain `http` to another machine.
  case plainHTTP(host: String)
}

extension APIRootError: CustomStringConvertible {
  /// One line for people, to follow the address. It doesn't repeat the address, which may hold a password.
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
