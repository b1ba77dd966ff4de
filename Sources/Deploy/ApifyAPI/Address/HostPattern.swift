// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// One entry of NO_PROXY: the hosts that are reached without a proxy.
///
/// "*" means all hosts. "example.com", ".example.com" and "*.example.com" mean that host and all below it.
/// "10.0.0.0/8" and "fd00::/8" mean the addresses that begin alike. A port narrows it down:
/// "example.com:8443", "[::1]:443".
struct HostPattern: Hashable, Sendable {
  private enum Hosts: Hashable {
    case all
    case domain(String)
    case addresses(IPAddress, bits: Int)
  }

  private let hosts: Hosts
  private let port: Int?

  /// The entries of `list`, between commas or white space; what cannot be read matches nothing.
  static func list(_ list: String) -> [HostPattern] {
    list.split { $0 == "," || $0.isWhitespace }.compactMap { HostPattern($0) }
  }

  /// Returns nil where `text` means no host.
  init?(_ text: some StringProtocol) {
    var host = Substring(text.lowercased())
    var port: Int?
    // Of an IPv6 address without brackets the last part is no port.
    if let colon = host.lastIndex(of: ":"), IPAddress(host) == nil, !host.contains("/") {
      let digits = host[host.index(after: colon)...]
      guard let number = Int(digits), (1...65535).contains(number) else { return nil }
      port = number
      host = host[..<colon]
    }
    self.port = port
    if host == "*" {
      hosts = .all
    } else if let slash = host.firstIndex(of: "/") {
      guard let address = IPAddress(host[..<slash]), let bits = Int(host[host.index(after: slash)...]),
        (0...(address.bytes.count * 8)).contains(bits)
      else { return nil }
      hosts = .addresses(address, bits: bits)
    } else if let address = IPAddress(host) {
      hosts = .addresses(address, bits: address.bytes.count * 8)
    } else {
      if host.hasPrefix("*.") { host = host.dropFirst() }
      if host.hasPrefix(".") { host = host.dropFirst() }
      if host.hasSuffix(".") { host = host.dropLast() }
      guard !host.isEmpty else { return nil }
      hosts = .domain(String(host))
    }
  }

  /// Whether `origin` is meant.
  func matches(_ origin: Origin) -> Bool {
    if let port, port != origin.port { return false }
    switch hosts {
    case .all: return true
    case .addresses(let address, let bits):
      return IPAddress(origin.host).map { $0.shares(bits, with: address) } ?? false
    case .domain(let domain):
      let host = origin.host.hasSuffix(".") ? String(origin.host.dropLast()) : origin.host
      return host == domain || host.hasSuffix("." + domain)
    }
  }
}
