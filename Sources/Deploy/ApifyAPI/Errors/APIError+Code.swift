// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

extension APIError {
  /// The open set of an error's types.
  package struct Code: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral {
    /// As in JSON.
    package let rawValue: String

    /// Any type.
    package init(rawValue: String) { self.rawValue = rawValue }
    /// Any type.
    package init(stringLiteral value: String) { rawValue = value }
  }
}

extension APIError.Code: CustomStringConvertible {
  /// As in JSON.
  package var description: String { rawValue }
}

extension APIError.Code {
  /// No connection, or it broke.
  package static let network: Self = "network-error"
  /// No connection could be had at all: refused, no such host.
  package static let unreachable: Self = "host-unreachable"
  /// TLS: the certificate isn't trusted, or there is no common language.
  package static let tls: Self = "tls-error"
  /// The answer didn't come in time.
  package static let timeout: Self = "timeout"
  /// What came back isn't what the API says.
  package static let invalidResponse: Self = "invalid-response"
  /// What came back is longer than anything the API sends.
  package static let responseTooLarge: Self = "response-too-large"
  /// A redirect that we don't follow.
  package static let redirectRefused: Self = "redirect-refused"
  /// The request itself cannot be sent.
  package static let invalidRequest: Self = "invalid-request"

  static let ours: Set<Self> = [
    .network, .unreachable, .tls, .timeout, .invalidResponse, .responseTooLarge, .redirectRefused,
    .invalidRequest,
  ]
}

extension APIError.Code {
  /// 404: there is none.
  package static let recordNotFound: Self = "record-not-found"
  /// 404: there is none that this token may see.
  package static let recordOrTokenNotFound: Self = "record-or-token-not-found"
  /// 401: no token arrived.
  package static let tokenNotProvided: Self = "token-not-provided"
  /// 401: no such token.
  package static let userOrTokenNotFound: Self = "user-or-token-not-found"
  /// 403.
  package static let insufficientPermissions: Self = "insufficient-permissions"
  /// 400.
  package static let invalidInput: Self = "invalid-input"
  /// 400; also for too much inline content.
  package static let invalidValue: Self = "invalid-value"
  /// 409: an Actor of this name is there.
  package static let actorNameNotUnique: Self = "actor-name-not-unique"
  /// A version of this number is there.
  package static let versionAlreadyExists: Self = "version-already-exists"
  /// 413.
  package static let requestTooLarge: Self = "request-too-large"
  /// 429.
  package static let rateLimitExceeded: Self = "rate-limit-exceeded"
}
