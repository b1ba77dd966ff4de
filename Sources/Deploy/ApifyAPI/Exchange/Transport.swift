// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import AsyncHTTPClient
internal import NIOCore
internal import NIOSSL
internal import Synchronization

/// Owns the HTTP clients, one for each way out of this machine: each is created with its first request and
/// closed once.
final class Transport: Sendable {
  /// The way to an origin.
  struct Route: Hashable, Sendable {
    /// nil where there is none.
    let proxy: ProxyAddress?
    let usesTLS: Bool
  }

  private enum State: Sendable {
    case open([Route: HTTPClient])
    case closed
  }

  private let state = Mutex(State.open([:]))
  private let connectTimeout: Duration
  private let proxies: ProxySettings
  private let roots: TrustedRoots

  init(_ configuration: ClientConfiguration) {
    connectTimeout = configuration.timeouts.connect
    proxies = configuration.proxies
    roots = configuration.roots
  }

  /// Closes the connections where `shutdown` was not called.
  deinit {
    for client in close() { client.shutdown { _ in } }
  }

  /// The way to `origin`.
  func route(to origin: Origin) throws(ProxySettings.Failure) -> Route {
    Route(proxy: try proxies.proxy(for: origin), usesTLS: origin.scheme == "https")
  }

  /// Sends `request` to `origin` and waits for the response's head.
  ///
  /// - Throws: `ProxySettings.Failure`, `TrustedRoots.Failure`, and what the HTTP library throws.
  func execute(_ request: HTTPClientRequest, to origin: Origin) async throws -> HTTPClientResponse {
    // The caller limits the time of the whole exchange; this deadline would cover the head only.
    try await client(route(to: origin)).execute(request, deadline: .distantFuture)
  }

  /// Explains `failure`, which a request to `origin` ended with, in the words of the certificate that was not
  /// trusted.
  func explained(_ failure: TransportFailure, _ cause: TLSFailure?, at origin: Origin) async
    -> TransportFailure
  {
    guard cause == .untrusted || cause == .wrongName, let route = try? route(to: origin) else {
      return failure
    }
    let chain = await CertificateProbe.certificates(of: origin, by: route.proxy, within: connectTimeout)
    let now = CivilDate.now
    let fault = CertificateFault(chain, hasWrongName: cause == .wrongName, now: now)
    var failure = failure
    failure.message = fault.description(of: origin, roots: roots, now: now)
    return failure
  }

  /// Closes all connections. Requests fail from here on.
  ///
  /// A connection that is only being made ends with its own time limit. It is not waited for: not at all
  /// where the task is cancelled, and not for long otherwise.
  func shutdown() async {
    let clients = close()
    let (ends, end) = AsyncStream.makeStream(of: Void.self)
    // The only error is that requests were cancelled, as intended.
    for client in clients { client.shutdown { _ in end.yield() } }
    let timer = HTTPClient.defaultEventLoopGroup.any().scheduleTask(in: .milliseconds(500)) { end.finish() }
    var open = clients.count
    var iterator = ends.makeAsyncIterator()
    while open > 0, await iterator.next() != nil { open -= 1 }
    timer.cancel()
  }

  private func close() -> [HTTPClient] {
    state.withLock { state in
      guard case .open(let clients) = state else { return [] }
      state = .closed
      return Array(clients.values)
    }
  }

  private func client(_ route: Route) throws -> HTTPClient {
    try state.withLock { state in
      guard case .open(var clients) = state else { throw HTTPClientError.alreadyShutdown }
      if let client = clients[route] { return client }
      let client = HTTPClient(
        eventLoopGroup: HTTPClient.defaultEventLoopGroup, configuration: try configuration(route))
      clients[route] = client
      state = .open(clients)
      return client
    }
  }

  private func configuration(_ route: Route) throws -> HTTPClient.Configuration {
    var configuration = HTTPClient.Configuration(
      redirectConfiguration: .disallow,
      timeout: .init(connect: TimeAmount(connectTimeout)))
    if route.usesTLS { configuration.tlsConfiguration = try roots.configuration() }
    configuration.proxy = route.proxy?.configuration
    // Retrying is decided in one place, and decompression is limited in one place.
    configuration.connectionPool.retryConnectionEstablishment = false
    configuration.decompression = .disabled
    // A few requests one after the other, one of them large: HTTP/2 would only add its flow control.
    configuration.httpVersion = .http1Only
    return configuration
  }
}

extension ProxyAddress {
  /// The value of the `Proxy-Authorization` header.
  var authorization: String? { basic?.headerValue }

  private var basic: HTTPClient.Authorization? {
    credentials.map { .basic(username: $0.user, password: $0.password) }
  }

  fileprivate var configuration: HTTPClient.Configuration.Proxy {
    switch kind {
    case .http: .server(host: host, port: port, authorization: basic)
    case .socks: .socksServer(host: host, port: port)
    }
  }
}
