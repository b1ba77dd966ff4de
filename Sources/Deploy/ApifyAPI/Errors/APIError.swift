// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// A request that didn't do what it should, with all that is known about it. The token is not in it.
package struct APIError: Error, Hashable, Sendable {
  /// What went wrong: the platform's word for it, or one of ours.
  package var type: Code
  /// The platform's sentence, or ours; one line, without control characters.
  package var message: String
  /// The HTTP status, where there was a response.
  package var status: Int?
  /// The method of the request.
  package var method: String
  /// The path of the request, with its query.
  package var path: String
  /// How often the request was sent, or tried to be.
  package var attempts: Int
  /// Whether the platform may have carried the request out although we have no answer that says so.
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
  /// There is no such Actor, version, …: the two types of a 404 that say so, and no other 404.
  package var isNotFound: Bool {
    status == 404 && (type == .recordNotFound || type == .recordOrTokenNotFound)
  }

  /// The platform doesn't know the token, or wants one.
  package var isUnauthorized: Bool { status == 401 }

  /// The platform had no part in it: the request didn't get there, or what came back isn't the API.
  package var isLocal: Bool { Code.ours.contains(type) }
}

extension APIError: CustomStringConvertible {
  /// Everything on one line, for logs. What people read is written where it is shown.
  package var description: String {
    let status = status.map { " (\($0))" } ?? ""
    let tries = attempts > 1 ? " after \(attempts) attempts" : ""
    return "\(method) \(path): \(type)\(status)\(tries): \(message)"
  }
}
