// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Decides the next step of a call: send, follow, pause, look, give up. Knows no socket and no clock.
package struct CallMachine: Sendable {
  private let method: Call.Method
  private let path: String
  private let repetition: Call.Repetition
  private let start: CallTarget
  private let retries: RetryPolicy
  private let maximumRedirects: Int
  private let mayLeaveOrigin: Bool

  /// The number of the current attempt, from 1.
  package private(set) var attempt = 0
  private var target: CallTarget
  private var redirects = 0
  private var unreachableInARow = 0
  /// The sum of the pauses.
  private var waited = Duration.zero
  /// Whether an earlier attempt may have been carried out.
  package private(set) var mayBeDone = false
  private var lastError: APIError?
  /// Whether the call fails where the look finds nothing.
  private var failsIfNotFound = false

  /// A machine for `call`, whose address is `root`.
  package init(_ call: Call, at root: WebAddress, retries: RetryPolicy, maximumRedirects: Int) {
    method = call.method
    path = call.path
    repetition = call.repetition
    mayLeaveOrigin = call.mayLeaveOrigin && call.method == .get
    start = CallTarget(address: root, isTrusted: true)
    target = start
    self.retries = retries
    self.maximumRedirects = maximumRedirects
  }

  /// The next step. `jitter` is in 0..<1.
  package mutating func next(after event: Event, jitter: Double = 0) -> Action {
    switch event {
    case .start, .paused: return send()
    case .response(let facts): return next(after: facts, jitter)
    case .failure(let failure): return next(after: failure, jitter)
    case .looked(found: true): return .succeed
    case .looked(found: false):
      guard failsIfNotFound, let lastError else { return send() }
      return .fail(lastError)
    }
  }

  private mutating func send() -> Action {
    attempt += 1
    redirects = 0
    target = start
    return .send(start)
  }

  private mutating func next(after facts: ResponseFacts, _ jitter: Double) -> Action {
    unreachableInARow = 0
    switch facts.verdict {
    case .decoded:
      return .succeed
    case .garbled(let message):
      let error = makeError(.invalidResponse, message, status: facts.status)
      return retry(error, isAmbiguous: true, facts.retryAfter, jitter)
    case .unexpected(let message):
      if method != .get { mayBeDone = true }
      let error = makeError(.invalidResponse, message, status: facts.status)
      // It is done, as the status says; what was made of it shows a look.
      guard repetition != .idempotent else { return .fail(error) }
      lastError = error
      failsIfNotFound = true
      return .look(after: .zero, reason: error.message)
    case .refused(let type, let message):
      if (300..<400).contains(facts.status) { return redirect(facts) }
      let error = makeError(type, message, status: facts.status)
      if RetryPolicy.isRetryable(status: facts.status) {
        return retry(error, isAmbiguous: facts.status != 429, facts.retryAfter, jitter)
      }
      guard mayBeDone, repetition == .lookFirst, error.saysItExists else { return .fail(error) }
      lastError = error
      failsIfNotFound = true
      return .look(after: .zero, reason: error.message)
    }
  }

  private mutating func next(after failure: TransportFailure, _ jitter: Double) -> Action {
    let error = makeError(failure.type, failure.message)
    if failure.isPermanent { return .fail(error) }
    let isUnreachable = failure.type == .unreachable || failure.type == .tls
    unreachableInARow = isUnreachable ? unreachableInARow + 1 : 0
    return retry(error, isAmbiguous: failure.wasSent, nil, jitter)
  }

  private mutating func retry(
    _ failed: APIError, isAmbiguous: Bool, _ retryAfter: Duration?, _ jitter: Double
  ) -> Action {
    if isAmbiguous && method != .get { mayBeDone = true }
    var error = failed
    error.outcomeIsUnknown = mayBeDone
    lastError = error
    let delay = retries.delay(beforeRetry: attempt, jitter: jitter, retryAfter: retryAfter)
    waited += delay
    let isLast =
      attempt > retries.maximumRetries || unreachableInARow > retries.maximumUnreachableRetries
      || waited > retries.longestTotalDelay
    let looks =
      switch repetition {
      case .idempotent: false
      // Also where this attempt was refused: an earlier one may have been carried out unseen.
      case .lookFirst: mayBeDone
      case .lookEachTime: mayBeDone || !isLast
      }
    if looks {
      failsIfNotFound = isLast
      return .look(after: delay, reason: error.reason)
    }
    return isLast ? .fail(error) : .pause(delay, reason: error.reason)
  }

  private mutating func redirect(_ facts: ResponseFacts) -> Action {
    func refuse(_ message: String) -> Action {
      .fail(makeError(.redirectRefused, message, status: facts.status))
    }
    let status = facts.status
    guard [301, 302, 303, 307, 308].contains(status), let location = facts.location else {
      return .fail(makeError(.invalidResponse, "the status \(status) has no meaning here", status: status))
    }
    guard method == .get || status == 307 || status == 308 else {
      return refuse("a \(method.rawValue) is not followed where the status is \(status)")
    }
    redirects += 1
    guard redirects <= maximumRedirects else { return refuse("more than \(maximumRedirects) redirects") }
    guard let address = try? WebAddress(location, from: target.address) else {
      return refuse("the address of the redirect is not one that can be followed")
    }
    guard target.address.origin.scheme == "http" || address.origin.scheme == "https" else {
      return refuse("it leads from https to http, at \(address.origin)")
    }
    guard mayLeaveOrigin || address.origin == start.address.origin else {
      return refuse(
        "\(start.address.origin) redirects to \(address.origin), which gets neither the token nor a body; if the "
          + "platform is there, name it with --api-url")
    }
    // A redirect from another origin back to the API root is followed, but without the token: otherwise any
    // host on the way could choose what the token is used for.
    let isTrusted = target.isTrusted && address.origin == start.address.origin
    target = CallTarget(address: address, isTrusted: isTrusted)
    return .follow(target)
  }

  private func makeError(_ type: APIError.Code, _ message: String, status: Int? = nil) -> APIError {
    APIError(
      type: type, message: message, status: status, method: method.rawValue, path: path, attempts: attempt,
      outcomeIsUnknown: mayBeDone)
  }
}

extension APIError {
  /// Whether the platform says that what the call creates exists already.
  package var saysItExists: Bool {
    status == 409 || type == .actorNameNotUnique || type == .versionAlreadyExists
  }

  /// A short text for events.
  fileprivate var reason: String { status.map { "\($0) \(type)" } ?? "\(type): \(message)" }
}
