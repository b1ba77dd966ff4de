// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Speaks to the platform. One for a program; safe to use from anywhere.
///
/// Its operations throw `APIError`, `CancellationError` where the task is cancelled, and what the maker of a request's body
/// throws. Nothing is connected before the first of them.
///
/// ```swift
/// let client = ApifyClient(root: .apify, token: try APIToken(text), configuration: .init(userAgent: agent))
/// let user = try await client.currentUser()
/// await client.shutdown()
/// ```
package final class ApifyClient: Sendable {
  /// Where the API is.
  package let root: APIRoot
  let token: APIToken
  let configuration: ClientConfiguration
  let transport: Transport
  let serverTime = ServerTime()

  /// A client; makes no connection yet.
  package init(root: APIRoot, token: APIToken, configuration: ClientConfiguration) {
    self.root = root
    self.token = token
    self.configuration = configuration
    transport = Transport(connectTimeout: configuration.timeouts.connect)
  }

  /// Closes the connections. Needless, but polite, before the program ends.
  package func shutdown() async { await transport.shutdown() }
}

extension ApifyClient: Platform {}
