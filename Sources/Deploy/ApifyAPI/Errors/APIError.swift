// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// A call that failed, with all that is known about it. It does not contain the token.
package struct APIError: Error, Hashable, Sendable {
  /// The platform's type of the error, or one of the client's.
  package var type: Code
  /// The platform's message, or the client's: one line, to be escaped where it is shown.
  package var message: String
  /// The HTTP status, where there was a response.
  package var status: Int?
  /// The method of the request.
  package var method: String
  /// The path of the request, with its query.
  package var path: String
  /// The number of attempts.
  package var attempts: Int
  /// Whether the platform may have carried the call out although no answer says so.
  package var outcomeIsUnknown: Bool

  /// An error of the type `type`; what is left out is not known or does not apply.
  package init(
    type: Code, message: String, status: Int? = nil, method: String = "", path: String = "",
    attempts: Int = 0, outcomeIsUnknown: Bool = false
  ) {
    self.type = type
    self.message = message
    self.status = status
    self.method = method
    self.path = path
    self.attempts = attempts
    self.outcomeIsUnknown = outcomeIsUnknown
  }
}

extension APIError {
  /// Whether the Actor, version, … does not exist: a 404 of the two types that say so, and no other 404.
  package var isNotFound: Bool {
    status == 404 && (type == .recordNotFound || type == .recordOrTokenNotFound)
  }

  /// Whether the token is missing or not valid.
  package var isUnauthorized: Bool { status == 401 }

  /// Whether the error is the client's: the request did not reach the API, or the answer is not one of the
  /// API.
  package var isLocal: Bool { Code.ours.contains(type) }
}

extension APIError: CustomStringConvertible {
  /// Everything in one line, for logs. Messages for users are written where they are printed.
  package var description: String {
    let status = status.map { " (\($0))" } ?? ""
    let tries = attempts > 1 ? " after \(attempts) attempts" : ""
    return "\(method) \(path): \(type)\(status)\(tries): \(message)"
  }
}
