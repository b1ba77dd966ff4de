// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// The address of a proxy, as a variable of the environment names it. No description, dump or mirror shows
/// its password.
package struct ProxyAddress: Hashable, Sendable {
  /// How the proxy is spoken to.
  package enum Kind: Hashable, Sendable {
    /// By CONNECT, over plain http.
    case http
    /// By SOCKS 5.
    case socks
  }

  /// Why a text is no address of a proxy. It does not repeat the text, which may hold a password.
  package enum Problem: Error, Hashable, Sendable {
    case malformed
    case unsupportedScheme(String)
    /// SOCKS with a user and a password.
    case socksCredentials
  }

  package let kind: Kind
  package let host: String
  package let port: Int
  /// The user and the password, where it has some.
  let credentials: Credentials?
  /// The variable that named it.
  package let variable: String

  /// A user and a password.
  struct Credentials: Hashable, Sendable {
    let user: String
    let password: String
  }

  /// Parses `text`: "http://user:password@host:port", without a scheme and without a port as well.
  package init(_ text: String, variable: String) throws(Problem) {
    self.variable = variable
    var rest = Substring(text)
    var scheme = "http"
    if let mark = rest.range(ofText: "://") {
      scheme = rest[..<mark.lowerBound].lowercased()
      rest = rest[mark.upperBound...]
    }
    switch scheme {
    case "http": kind = .http
    case "socks", "socks5", "socks5h": kind = .socks
    default: throw .unsupportedScheme(scheme)
    }
    // A password may hold what ends an authority otherwise.
    let at = rest.lastIndex(of: "@")
    if let at {
      let parts = rest[..<at].split(
        separator: ":" as Character, maxSplits: 1, omittingEmptySubsequences: false)
      credentials = Credentials(
        user: Self.decoded(parts[0]), password: parts.count > 1 ? Self.decoded(parts[1]) : "")
      if kind == .socks { throw .socksCredentials }
      rest = rest[rest.index(after: at)...]
    } else {
      credentials = nil
    }
    rest = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    var host = rest
    var port = kind == .socks ? 1080 : 80
    if let colon = rest.lastIndex(of: ":"), IPAddress(rest) == nil {
      guard let number = Int(rest[rest.index(after: colon)...]), (1...65535).contains(number) else {
        throw .malformed
      }
      port = number
      host = rest[..<colon]
    }
    if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
    let isHost = host.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"<>\"'\\%@[]".utf8.contains($0) }
    guard !host.isEmpty, isHost, !host.contains(":") || IPAddress(host) != nil else { throw .malformed }
    self.host = String(host)
    self.port = port
  }

  private static func decoded(_ text: Substring) -> String { PercentEncoding.decode(text) ?? String(text) }
}

extension Substring {
  /// Where `text` stands first.
  fileprivate func range(ofText text: String) -> Range<Index>? {
    indices.first { self[$0...].hasPrefix(text) }.map { $0..<index($0, offsetBy: text.count) }
  }
}

extension ProxyAddress: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// "the proxy proxy.example:3128 (HTTPS_PROXY)".
  package var description: String {
    let name = host.contains(":") ? "[\(host)]" : host
    return "the proxy \(name):\(port) (\(variable))"
  }
  package var debugDescription: String { description }
  /// Without children.
  package var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}

extension ProxyAddress.Problem: CustomStringConvertible {
  /// To be printed behind the name of the variable.
  package var description: String {
    switch self {
    case .malformed: "is not the address of a proxy, such as http://proxy.example:3128"
    case .unsupportedScheme(let scheme):
      "names a proxy that is reached by \(scheme); supported are http:// and socks5://"
    case .socksCredentials: "names a SOCKS proxy with a user and a password; that is not supported"
    }
  }
}
