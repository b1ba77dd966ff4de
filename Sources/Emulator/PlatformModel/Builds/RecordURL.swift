// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import FoundationEssentials

/// The address of a record, taken apart.
struct RecordURL {
  let host: String
  let port: Int
  /// The store and the key; nil where the address is that of something else.
  let place: (store: String, key: String)?
  let signature: String?

  /// Nil for what is no address of a server that is reached without encryption.
  init?(_ text: String) {
    guard let url = URL(string: text), url.scheme == "http", let host = url.host(percentEncoded: false) else {
      return nil
    }
    self.host = host
    port = url.port ?? 80
    let parts = url.path(percentEncoded: true).split(separator: "/", omittingEmptySubsequences: false)
    let decoded = parts.dropFirst().compactMap { PercentEncoding.decoded(String($0)) }
    let isRecord =
      decoded.count == 5 && decoded[0] == "v2" && decoded[1] == "key-value-stores" && decoded[3] == "records"
    place = isRecord ? (decoded[2], decoded[4]) : nil
    let prefix = "signature="
    signature = url.query(percentEncoded: true)?.split(separator: "&")
      .first { $0.hasPrefix(prefix) }
      .flatMap { PercentEncoding.decoded(String($0.dropFirst(prefix.count))) }
  }

  /// Whether it is the emulator itself that answers there.
  func isAt(_ own: PlatformEmulator.Address) -> Bool {
    ["127.0.0.1", "localhost"].contains(host.lowercased()) && port == own.port
  }
}
