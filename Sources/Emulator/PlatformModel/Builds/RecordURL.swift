// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import FoundationEssentials
internal import SystemIO

/// The address of a record, taken apart.
package struct RecordURL {
  /// The scheme, the host and the port.
  private let origin: (scheme: String, host: String, port: Int)
  /// The store and the key; nil where the address is that of something else.
  fileprivate let location: (store: String, key: String)?
  fileprivate let signature: String?

  /// Returns nil for a text that is no address of a web server.
  package init?(_ text: String) {
    guard let url = URL(string: text), let origin = Self.origin(of: url) else { return nil }
    self.origin = origin
    let parts = url.path(percentEncoded: true).split(separator: "/", omittingEmptySubsequences: false)
    let decoded = parts.dropFirst().compactMap { PercentEncoding.decode($0) }
    let isRecord =
      decoded.count == 5 && decoded[0] == "v2" && decoded[1] == "key-value-stores" && decoded[3] == "records"
    location = isRecord ? (decoded[2], decoded[4]) : nil
    let prefix = "signature="
    signature = url.query(percentEncoded: true)?.split(separator: "&")
      .first { $0.hasPrefix(prefix) }
      .flatMap { PercentEncoding.decode($0.dropFirst(prefix.count)) }
  }

  private static func origin(of url: URL) -> (scheme: String, host: String, port: Int)? {
    guard let scheme = url.scheme, let host = url.host(percentEncoded: false)?.lowercased() else {
      return nil
    }
    let usual = scheme == "http" ? 80 : scheme == "https" ? 443 : nil
    guard let usual else { return nil }
    return (scheme, host == "localhost" ? "127.0.0.1" : host, url.port ?? usual)
  }

  fileprivate func isAt(_ root: String) -> Bool {
    guard let root = URL(string: root).flatMap(Self.origin) else { return false }
    return origin == root
  }
}

extension PlatformState {
  /// The record that `url` names, for a builder: it has no token, only what the address says.
  ///
  /// - Parameter root: where this platform is; nil where it is not reachable.
  package func record(at url: String, root: String?) throws(SourceProblem) -> StoreRecord.Record {
    guard let target = RecordURL(url), let root, target.isAt(root) else {
      let own = root ?? "not listening"
      throw SourceProblem("The source zip can't be fetched: \(url) is not at this emulator (\(own)).")
    }
    guard let location = target.location else {
      throw SourceProblem("The source zip can't be fetched: 404 page-not-found for \(url).")
    }
    do {
      return try record(location.key, of: location.store, token: nil, signature: target.signature)
    } catch {
      throw SourceProblem("The source zip can't be fetched: \(error.status) \(error.type) for \(url).")
    }
  }
}
