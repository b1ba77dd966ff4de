// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

extension ApifyClient {
  /// Carries `call` out as `CallMachine` decides.
  ///
  /// - Parameters:
  ///   - decode: makes the result of a successful response's body.
  ///   - look: what the platform holds of what the call was to create, where the answer was lost.
  func run<Output: Sendable>(
    _ call: Call, decode: ([UInt8]) throws -> Output, look: () async throws -> Output? = { nil }
  ) async throws -> Output {
    var machine = CallMachine(
      call, at: try address(of: call), retries: configuration.retries,
      maximumRedirects: configuration.maximumRedirects)
    var result: Output?
    var event = CallMachine.Event.start
    while true {
      let action = machine.next(after: event, jitter: configuration.clock.jitter())
      let attempt = APIAttempt(
        method: call.method.rawValue, path: call.path, number: machine.attempt,
        bodyBytes: call.body?.length ?? 0)
      // An outcome that is known is told, also to a task that has been cancelled; nothing new is begun for it.
      if !action.isFinal { try Task.checkCancellation() }
      switch action {
      case .send(let target):
        (event, result) = try await exchange(call, target, attempt, decode)
      case .follow(let target):
        report(.redirected(attempt, origin: target.address.origin))
        (event, result) = try await exchange(call, target, attempt, decode)
      case .pause(let delay, let reason):
        report(.retrying(attempt, reason: reason, delay: delay))
        try await configuration.clock.pause(delay)
        event = .paused
      case .look(let delay, let reason):
        report(.looking(attempt, reason: reason, delay: delay))
        if delay > .zero { try await configuration.clock.pause(delay) }
        result = try await look()
        event = .looked(found: result != nil)
      case .succeed:
        guard let result else { preconditionFailure("a call succeeds with a result only") }
        return result
      case .fail(let error):
        throw error
      }
    }
  }

  func report(_ event: APIEvent) { configuration.onEvent(event) }

  func address(of call: Call) throws -> WebAddress {
    do {
      return try WebAddress("\(root)\(call.path)")
    } catch {
      throw APIError(
        type: .invalidRequest, message: "the address of the request is malformed",
        method: call.method.rawValue,
        path: call.path)
    }
  }

  /// One exchange: what the machine needs to know of it, and its result where there is one.
  private func exchange<Output>(
    _ call: Call, _ target: CallTarget, _ attempt: APIAttempt, _ decode: ([UInt8]) throws -> Output
  ) async throws -> (CallMachine.Event, Output?) {
    report(.started(attempt))
    let start = configuration.clock.now()
    switch try await send(call, to: target, attempt: attempt.number) {
    case .failure(let failure):
      let duration = configuration.clock.now() - start
      report(.failed(attempt, type: failure.type, message: failure.message, duration: duration))
      return (.failure(failure), nil)
    case .success(let reply):
      let duration = configuration.clock.now() - start
      report(.finished(attempt, status: reply.status, bytes: reply.body.count, duration: duration))
      let (verdict, output) = judge(reply, decode)
      let facts = ResponseFacts(
        status: reply.status, location: reply.location, retryAfter: reply.retryAfter, verdict: verdict)
      return (.response(facts), output)
    }
  }

  private func judge<Output>(
    _ reply: Reply, _ decode: ([UInt8]) throws -> Output
  ) -> (ResponseFacts.Verdict, Output?) {
    guard (200..<300).contains(reply.status) else {
      return (ErrorBody(reply.body, token: token).verdict, nil)
    }
    do {
      return (.decoded, try decode(reply.body))
    } catch {
      return (ResponseFacts.Verdict(error, body: reply.body, token: token), nil)
    }
  }
}
