// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// How a client behaves; the defaults are the official client's.
package struct ClientConfiguration: Sendable {
  /// Where a request originates, for the platform's statistics.
  package enum Origin: String, Sendable {
    /// A person.
    case cli = "CLI"
    /// A build server.
    case ci = "CI"
  }

  /// `User-Agent`.
  package var userAgent: String
  /// `X-Apify-Request-Origin`.
  package var origin: Origin
  /// More headers, such as `X-Apify-Github-Actions-Run-Url`. They go to the API root only.
  package var extraHeaders: [(name: String, value: String)]
  /// When to try again.
  package var retries = RetryPolicy()
  /// How long to wait.
  package var timeouts = TimeoutPolicy()
  /// How long a response may be, both as received and after decompression. A version's content of 9 MiB, escaped in
  /// JSON's longest way, is six times as long.
  package var responseLimit = 64 * 1024 * 1024
  /// How many redirects an attempt follows.
  package var maximumRedirects = 5
  /// Time and chance.
  package var clock = ClientClock.system
  /// Hears what happens, on any thread; must be quick.
  package var onEvent: @Sendable (APIEvent) -> Void

  /// A configuration.
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
