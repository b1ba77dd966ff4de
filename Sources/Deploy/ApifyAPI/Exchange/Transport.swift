// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import AsyncHTTPClient
internal import NIOCore
internal import Synchronization

/// Owns the HTTP client: created with the first request, closed once.
final class Transport: Sendable {
  private enum State: Sendable {
    case unused
    case open(HTTPClient)
    case closed
  }

  private let state = Mutex(State.unused)
  private let connectTimeout: Duration

  init(connectTimeout: Duration) { self.connectTimeout = connectTimeout }

  /// Closes the connections where `shutdown` was not called.
  deinit {
    if case .open(let client) = takeState() { client.shutdown { _ in } }
  }

  /// Sends `request` and waits for the response's head.
  func execute(_ request: HTTPClientRequest) async throws -> HTTPClientResponse {
    // The caller limits the time of the whole exchange; this deadline would cover the head only.
    try await client().execute(request, deadline: .distantFuture)
  }

  /// Closes all connections. Requests fail from here on.
  func shutdown() async {
    // Its only error is that requests were cancelled, as intended.
    if case .open(let client) = takeState() { try? await client.shutdown() }
  }

  private func takeState() -> State {
    state.withLock { state in
      defer { state = .closed }
      return state
    }
  }

  private func client() throws -> HTTPClient {
    try state.withLock { state in
      switch state {
      case .open(let client): return client
      case .closed: throw HTTPClientError.alreadyShutdown
      case .unused:
        let client = HTTPClient(
          eventLoopGroup: HTTPClient.defaultEventLoopGroup, configuration: configuration)
        state = .open(client)
        return client
      }
    }
  }

  private var configuration: HTTPClient.Configuration {
    var configuration = HTTPClient.Configuration(
      redirectConfiguration: .disallow,
      timeout: .init(connect: TimeAmount(connectTimeout)))
    // Retrying is decided in one place, and decompression is limited in one place.
    configuration.connectionPool.retryConnectionEstablishment = false
    configuration.decompression = .disabled
    // A few requests one after the other, one of them large: HTTP/2 would only add its flow control.
    configuration.httpVersion = .http1Only
    return configuration
  }
}
