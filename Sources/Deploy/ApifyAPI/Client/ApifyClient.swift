// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Synchronization

/// A client of the Apify API: carries out one call, however often that takes, and says what is certain
/// afterwards.
///
/// Its operations (`Operations/`) throw `APIError`; `CancellationError` where the task is cancelled; and, as
/// it is, what the source of a request's body or the reader of a streamed answer throws. It connects with the
/// first of them.
///
/// How the parts meet: an operation describes a `Call` and hands it to `run`, which reads the answer as a
/// whole, or to `stream`, which has it read while it arrives. Both go through `drive`, the only loop: it asks
/// a `CallMachine`, a value that knows no socket and no clock, what to do next (send, follow, pause, look,
/// give up), does it by `send` over the `Transport`, and tells the machine what happened. `RetryPolicy` and
/// `TimeoutPolicy` have the numbers. The token goes to the origin of the `APIRoot` and nowhere else, wherever
/// redirects lead.
///
/// ```swift
/// let client = ApifyClient(root: .apify, token: try APIToken(text), configuration: .init(userAgent: agent))
/// let user = try await client.currentUser()
/// await client.shutdown()
/// ```
package final class ApifyClient: Sendable {
  package let root: APIRoot
  let token: APIToken
  let configuration: ClientConfiguration
  let transport: Transport
  let serverTime = ServerTime()
  /// The secrets that errors leave out: those that were sent, since what comes later may repeat them, and
  /// those that are known beside.
  let hiddenSecrets = Mutex<Set<String>>([])

  /// Creates a client, without a connection.
  package init(root: APIRoot, token: APIToken, configuration: ClientConfiguration) {
    self.root = root
    self.token = token
    self.configuration = configuration
    transport = Transport(configuration)
  }

  package var time: ClosedRange<Int> {
    let local = CivilDate.now
    let server = serverTime.now(configuration.clock.now()).map { $0 / 1_000_000_000 } ?? local
    return min(local, server)...max(local, server)
  }

  /// Closes the connections. Requests fail from here on.
  package func shutdown() async { await transport.shutdown() }
}

extension ApifyClient: Platform {
  package func hide(_ secrets: [String]) { hiddenSecrets.withLock { $0.formUnion(secrets) } }
}
