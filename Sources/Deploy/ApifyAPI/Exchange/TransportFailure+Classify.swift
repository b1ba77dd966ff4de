// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import NIOSSL
internal import SystemIO

extension TransportFailure {
  /// Classifies an error of AsyncHTTPClient, NIO or TLS, or of what the environment says.
  ///
  /// - Parameters:
  ///   - origin: where the request went; nil once the connection is established.
  ///   - proxy: the proxy that it went through.
  init(_ error: any Error, wasSent: Bool, to origin: Origin? = nil, by proxy: ProxyAddress? = nil) {
    self.init(type: .network, message: "", wasSent: wasSent)
    if let proxy, describe(error, of: proxy, to: origin) { return }
    switch error {
    case let error as ProxySettings.Failure:
      (type, isPermanent, message) = (.invalidRequest, true, "\(error)")
    case let error as TrustedRoots.Failure: (type, isPermanent, message) = (.tls, true, "\(error)")
    case let error as HTTPClientError: describe(error)
    case let error as NIOConnectionError: describe(error)
    case let error as IOError: describe(error)
    case let error as ChannelError: describe(error)
    case let error as ResponseProblem: describe(error)
    case HTTPParserError.invalidEOFState, NIOSSLError.uncleanShutdown: message = Self.closedEarly
    default: describeOther(error, at: origin)
    }
    if type == .unreachable, let proxy { message = "\(proxy): \(message)" }
  }

  /// Describes an error of `proxy`; returns false where it is another one.
  private mutating func describe(_ error: any Error, of proxy: ProxyAddress, to origin: Origin?) -> Bool {
    guard let error = error as? HTTPClientError else { return false }
    switch error {
    case .proxyAuthenticationRequired:
      isPermanent = true
      message =
        proxy.authorization == nil
        ? "\(proxy) wants a user and a password: http://USER:PASSWORD@HOST:PORT"
        : "\(proxy) does not take the user and the password that it was given"
    case .invalidProxyResponse:
      message = "\(proxy) makes no connection" + (origin.map { " to \($0.host):\($0.port)" } ?? "")
    case .httpProxyHandshakeTimeout, .socksHandshakeTimeout: message = "\(proxy) does not answer in time"
    default: return false
    }
    type = .unreachable
    return true
  }

  private mutating func describe(_ error: HTTPClientError) {
    switch error {
    case .connectTimeout, .getConnectionFromPoolTimeout:
      type = .unreachable
      message = "no connection within the time allowed"
    case .tlsHandshakeTimeout: message = "the TLS handshake took too long"
    case .deadlineExceeded, .readTimeout, .writeTimeout:
      type = .timeout
      message = "no answer within the time allowed"
    case .remoteConnectionClosed: message = Self.closedEarly
    case .invalidURL, .emptyHost, .emptyScheme, .alreadyShutdown, .bodyLengthMismatch, .writeAfterRequestSent:
      type = .invalidRequest
      isPermanent = true
      message = error.shortDescription
    default: message = error.shortDescription
    }
  }

  private mutating func describe(_ error: NIOConnectionError) {
    type = .unreachable
    if let first = error.connectionErrors.first {
      if let system = first.error as? IOError {
        message = Self.text(system)
      } else if case .connectTimeout? = first.error as? ChannelError {
        message = "no connection within the time allowed"
      } else {
        message = OneLine.of("\(first.error)")
      }
    } else {
      message = "the host \(error.host) is not known"
    }
  }

  private mutating func describe(_ error: IOError) {
    message = Self.text(error)
    if [ECONNREFUSED, EHOSTUNREACH, ENETUNREACH, ENETDOWN].contains(error.errnoCode) { type = .unreachable }
  }

  private mutating func describe(_ error: ChannelError) {
    if case .connectTimeout = error {
      type = .unreachable
      message = "no connection within the time allowed"
    } else {
      message = OneLine.of("the connection broke (\(error))")
    }
  }

  private mutating func describe(_ error: ResponseProblem) {
    switch error {
    case .tooLong(let limit):
      type = .responseTooLarge
      isPermanent = true
      message = "the answer is longer than \(limit) bytes"
    case .unknownEncoding(let name):
      type = .invalidResponse
      isPermanent = true
      message =
        "the answer is compressed in a way that was not asked for (\(OneLine.of(name, limit: 40)))"
    case .corrupt(let reason):
      type = .invalidResponse
      message = "the answer cannot be decompressed: \(reason)"
    }
  }

  /// What TLS says in its own words holds error numbers, and paths of the machine that built it.
  private mutating func describeOther(_ error: any Error, at origin: Origin?) {
    if let origin, let failure = TLSFailure(error) {
      type = .tls
      // A local platform that hangs up was reached by https in place of http.
      isPermanent = failure.isPermanent || origin.isLoopback
      message = failure.description(of: origin)
    } else if error is NIOSSLError || error is BoringSSLError || error is NIOSSLExtraError {
      message = "the TLS connection broke"
    } else {
      message = OneLine.of("\(error)", limit: 300)
    }
  }

  private static let closedEarly = "the connection was closed before the answer was complete"

  private static func text(_ error: IOError) -> String {
    switch error.errnoCode {
    case ECONNREFUSED: "connection refused"
    case ECONNRESET, EPIPE: "the connection was reset"
    case EHOSTUNREACH, ENETUNREACH, ENETDOWN: "there is no route to the host"
    case ETIMEDOUT: "the connection timed out"
    default: OneLine.of(error.description)
    }
  }
}
