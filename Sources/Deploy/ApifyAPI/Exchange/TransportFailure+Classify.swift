// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import SystemIO

extension TransportFailure {
  /// Classifies an error of AsyncHTTPClient, NIO or TLS.
  init(_ error: any Error, wasSent: Bool) {
    self.init(type: .network, message: "", wasSent: wasSent)
    switch error {
    case let error as HTTPClientError: describe(error)
    case let error as NIOConnectionError: describe(error)
    case let error as IOError: describe(error)
    case let error as ChannelError: describe(error)
    case let error as ResponseProblem: describe(error)
    case HTTPParserError.invalidEOFState: message = Self.closedEarly
    default: describeOther(error)
    }
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
        message = Sanitizing.line("\(first.error)")
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
      message = Sanitizing.line("the connection broke (\(error))")
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
        "the answer is compressed in a way that was not asked for (\(Sanitizing.line(name, limit: 40)))"
    case .corrupt(let reason):
      type = .invalidResponse
      message = "the answer cannot be decompressed: \(reason)"
    }
  }

  /// Errors of TLS are recognised by the names of their types: NIOSSL is not a dependency.
  private mutating func describeOther(_ error: any Error) {
    let text = Sanitizing.line("\(error)", limit: 300)
    let name = String(reflecting: Swift.type(of: error))
    guard name.hasPrefix("NIOSSL.") else {
      message = text
      return
    }
    message = text
    if name.hasSuffix("ExtraError") || text.hasPrefix("handshakeFailed") {
      type = .tls
      isPermanent = true
    }
  }

  private static let closedEarly = "the connection was closed before the answer was complete"

  private static func text(_ error: IOError) -> String {
    switch error.errnoCode {
    case ECONNREFUSED: "connection refused"
    case ECONNRESET, EPIPE: "the connection was reset"
    case EHOSTUNREACH, ENETUNREACH, ENETDOWN: "there is no route to the host"
    case ETIMEDOUT: "the connection timed out"
    default: Sanitizing.line(error.description)
    }
  }
}
