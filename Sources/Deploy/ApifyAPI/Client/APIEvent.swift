// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// What the client does, for `-v` and for tests. There is never a header's value or the token in it.
package enum APIEvent: Hashable, Sendable {
  /// An attempt begins.
  case started(APIAttempt)
  /// A response has arrived, of any status.
  case finished(APIAttempt, status: Int, bytes: Int, duration: Duration)
  /// No response has arrived.
  case failed(APIAttempt, type: APIError.Code, message: String, duration: Duration)
  /// The response sends us elsewhere. `origin` is where to.
  case redirected(APIAttempt, origin: Origin)
  /// There will be another attempt.
  case retrying(APIAttempt, reason: String, delay: Duration)
  /// It isn't known whether the platform has carried the request out: we look before we ask again.
  case looking(APIAttempt, reason: String, delay: Duration)
}

/// One attempt at a request.
package struct APIAttempt: Hashable, Sendable {
  /// `GET`, `PUT`, `POST`.
  package let method: String
  /// The path with its query.
  package let path: String
  /// From 1.
  package let number: Int
  /// Bytes of the body, as sent.
  package let bodyBytes: Int
}
