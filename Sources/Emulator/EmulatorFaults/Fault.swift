// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import PlatformEmulator

/// A disturbance of one request: the first one that it matches.
package struct Fault: Sendable {
  /// What happens instead of, or after, the usual handling.
  package enum Outcome: Sendable {
    /// The usual handling: for a fault that is only a delay.
    case handled
    /// The platform's JSON error.
    case error(status: Int, type: String, message: String)
    /// Any answer: a gateway's HTML page, say.
    case raw(status: Int, headers: [String: String], body: String)
    /// A redirection; the target may be another host.
    case redirect(status: Int, location: String)
    /// The connection ends without an answer; nothing has been done.
    case droppedConnection
    /// The request is read to its end and not handled; then the connection ends without an answer.
    case droppedAfterRequest
    /// The connection ends when so many bytes of the body have come; a shorter one is done, and its answer
    /// lost.
    case cutUpload(afterBytes: Int)
    /// The request is done, and then the connection ends without an answer.
    case lostAnswer
    /// The request is done, and answered with the platform's JSON error all the same.
    case refusedAfterwards(status: Int, type: String, message: String)
    /// The answer is held at a gate; once that is open, the connection ends without one.
    case held(AnswerGate, isDone: Bool)
    /// The request is done, and answered with this all the same: a gateway's HTML page, say.
    case replacedAnswer(status: Int, headers: [String: String], body: String)
    /// No answer comes, and the connection stays.
    case hung(isDone: Bool)
    /// The request is done, and its answer is whole HTTP with JSON that stops in the middle.
    case truncatedJSON
    /// The request is done, and the connection ends in the middle of the answer's body.
    case cutOffBody
    /// The request is done, and its answer is changed.
    case changedAnswer(AnswerChange)
  }

  /// The method that it is for; nil for any.
  package var method: String?
  /// What the path begins with.
  package var pathPrefix: String
  /// The pattern of the address, as ``IncomingRequest/route`` has it; nil for any.
  package var route: String?
  /// How long to wait before anything else.
  package var delay: Duration
  /// What then happens.
  package var outcome: Outcome

  /// A fault for the first request of this method and path that nothing before it in the queue took.
  package init(
    _ outcome: Outcome, method: String? = nil, pathPrefix: String = "/", route: String? = nil,
    delay: Duration = .zero
  ) {
    self.method = method
    self.route = route
    self.pathPrefix = pathPrefix
    self.delay = delay
    self.outcome = outcome
  }

  func matches(_ request: IncomingRequest) -> Bool {
    (method ?? request.method) == request.method && request.path.hasPrefix(pathPrefix)
      && (route == nil || route == request.route)
  }
}

extension Fault.Outcome {
  /// A gateway's page instead of JSON, as a 503 of the platform's load balancer is.
  package static var gatewayPage: Self {
    .raw(
      status: 503, headers: ["content-type": "text/html"],
      body: "<html><head><title>503 Service Temporarily Unavailable</title></head></html>")
  }

  /// The platform's 429, with or without the number of seconds to wait.
  package static func rateLimited(retryAfter: String? = nil) -> Self {
    let body = #"{"error":{"type":"rate-limit-exceeded","message":"You have exceeded the rate limit"}}"#
    var headers = ["content-type": "application/json"]
    headers["retry-after"] = retryAfter
    return .raw(status: 429, headers: headers, body: body)
  }
}
