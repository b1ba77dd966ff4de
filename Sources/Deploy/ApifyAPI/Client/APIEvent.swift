// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// A step of a call, for `-v` and for tests. It contains no values of headers and no token.
package enum APIEvent: Hashable, Sendable {
  /// An attempt begins.
  case started(APIAttempt)
  /// A response has arrived, of any status.
  case finished(APIAttempt, status: Int, bytes: Int, duration: Duration)
  /// No response, or not all of one, has arrived.
  case failed(APIAttempt, type: APIError.Code, message: String, duration: Duration)
  /// The response is a redirect to `origin`, which is followed.
  case redirected(APIAttempt, origin: Origin)
  /// Another attempt follows after `delay`.
  case retrying(APIAttempt, reason: String, delay: Duration)
  /// The platform may have carried the request out: after `delay` the client looks before it repeats the
  /// request.
  case looking(APIAttempt, reason: String, delay: Duration)
}

/// One attempt at a request.
package struct APIAttempt: Hashable, Sendable {
  package let method: String
  /// The path with its query.
  package let path: String
  /// From 1.
  package let number: Int
  /// The length of the request's body, as sent.
  package let bodyBytes: Int
}
