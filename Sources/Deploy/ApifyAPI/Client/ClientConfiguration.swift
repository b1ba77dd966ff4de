// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// The settings of a client; the defaults are those of the official client.
package struct ClientConfiguration: Sendable {
  /// The origin of a request in the platform's statistics.
  package enum Origin: String, Sendable {
    /// Run by a user.
    case cli = "CLI"
    /// Run by a CI server.
    case ci = "CI"
  }

  /// The `User-Agent` header.
  package var userAgent: String
  /// The `X-Apify-Request-Origin` header.
  package var origin: Origin
  /// Further headers, as `X-Apify-Github-Actions-Run-Url`. They are sent to the API root only.
  package var extraHeaders: [(name: String, value: String)]
  package var retries = RetryPolicy()
  package var timeouts = TimeoutPolicy()
  /// The longest response in bytes, both as received and after decompression. A version's content of 9 MiB,
  /// escaped in the longest way of JSON, is six times as long.
  package var responseLimit = 64 * 1024 * 1024
  /// The number of redirects that an attempt follows.
  package var maximumRedirects = 5
  /// The proxies that lead out of this network.
  package var proxies = ProxySettings.none
  /// The certificate authorities that are trusted.
  package var roots = TrustedRoots()
  package var clock = ClientClock.system
  /// Called with each event, on any thread; must not block.
  package var onEvent: @Sendable (APIEvent) -> Void

  package init(
    userAgent: String, origin: Origin = .cli, extraHeaders: [(name: String, value: String)] = [],
    onEvent: @escaping @Sendable (APIEvent) -> Void = { _ in }
  ) {
    self.userAgent = userAgent
    self.origin = origin
    self.extraHeaders = extraHeaders
    self.onEvent = onEvent
  }

  /// `actorpush/VERSION (linux; x86_64; Swift)`.
  package static func userAgent(version: String) -> String {
    #if os(Linux)
      let system = "linux"
    #elseif os(macOS)
      let system = "macos"
    #else
      let system = "other"
    #endif
    #if arch(x86_64)
      let processor = "x86_64"
    #elseif arch(arm64)
      let processor = "arm64"
    #else
      let processor = "other"
    #endif
    return "actorpush/\(version) (\(system); \(processor); Swift)"
  }
}
