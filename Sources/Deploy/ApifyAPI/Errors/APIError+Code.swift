// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

extension APIError {
  /// The type of an error; an open set.
  package struct Code: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral {
    package let rawValue: String

    package init(rawValue: String) { self.rawValue = rawValue }
    package init(stringLiteral value: String) { rawValue = value }
  }
}

extension APIError.Code: CustomStringConvertible {
  package var description: String { rawValue }
}

extension APIError.Code {
  /// The connection broke.
  package static let network: Self = "network-error"
  /// No connection: refused, or no such host.
  package static let unreachable: Self = "host-unreachable"
  /// The certificate is not trusted, or the TLS handshake failed.
  package static let tls: Self = "tls-error"
  /// The answer did not arrive in time.
  package static let timeout: Self = "timeout"
  /// The answer is not one of the API.
  package static let invalidResponse: Self = "invalid-response"
  /// The answer is longer than the limit.
  package static let responseTooLarge: Self = "response-too-large"
  /// A redirect that is not followed.
  package static let redirectRefused: Self = "redirect-refused"
  /// The request cannot be sent.
  package static let invalidRequest: Self = "invalid-request"

  static let ours: Set<Self> = [
    .network, .unreachable, .tls, .timeout, .invalidResponse, .responseTooLarge, .redirectRefused,
    .invalidRequest,
  ]
}

extension APIError.Code {
  /// 404: it does not exist.
  package static let recordNotFound: Self = "record-not-found"
  /// 404: it does not exist, or the token may not see it.
  package static let recordOrTokenNotFound: Self = "record-or-token-not-found"
  /// 401: the request has no token.
  package static let tokenNotProvided: Self = "token-not-provided"
  /// 401: the token is not valid.
  package static let userOrTokenNotFound: Self = "user-or-token-not-found"
  /// 403.
  package static let insufficientPermissions: Self = "insufficient-permissions"
  /// 400.
  package static let invalidInput: Self = "invalid-input"
  /// 400; also for too much inline content.
  package static let invalidValue: Self = "invalid-value"
  /// 409: the owner has an Actor of this name.
  package static let actorNameNotUnique: Self = "actor-name-not-unique"
  /// The Actor has a version of this number.
  package static let versionAlreadyExists: Self = "version-already-exists"
  /// 413.
  package static let requestTooLarge: Self = "request-too-large"
  /// 429.
  package static let rateLimitExceeded: Self = "rate-limit-exceeded"
}
