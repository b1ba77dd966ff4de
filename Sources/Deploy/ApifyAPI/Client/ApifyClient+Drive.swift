// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

extension ApifyClient {
  /// What one attempt ended with: an answer, or the reason why there is none.
  typealias AttemptResult<Output> = Result<Answered<Output>, TransportFailure>

  /// An answer, and what was made of it.
  struct Answered<Output> {
    let facts: ResponseFacts
    /// The length of its body, as received.
    let byteCount: Int
    /// The result of the call; nil unless the verdict is `decoded`.
    let output: Output?
  }

  /// Carries `call` out as a `CallMachine` decides. Every call goes through here, whether its answer is read
  /// as a whole (`run`) or while it arrives (`stream`).
  ///
  /// - Parameters:
  ///   - look: returns what the platform has of what the call creates; asked where the answer was lost.
  ///   - exchange: sends the request once. What it throws ends the call and reaches the caller as it is.
  func drive<Output>(
    _ call: Call, look: () async throws -> Output? = { nil },
    exchange: (_ target: CallTarget, _ attempt: Int) async throws -> AttemptResult<Output>
  ) async throws -> Output {
    var machine = CallMachine(
      call, at: try address(of: call), retries: configuration.retries,
      maximumRedirects: configuration.maximumRedirects)
    var output: Output?
    var event = CallMachine.Event.start
    while true {
      let action = machine.next(after: event, jitter: configuration.clock.jitter())
      let attempt = APIAttempt(
        method: call.method.rawValue, path: call.path, number: machine.attempt,
        bodyBytes: call.body?.length ?? 0)
      // A cancelled task still learns an outcome that is known; nothing new is begun for it.
      if !action.isFinal { try Task.checkCancellation() }
      switch action {
      case .send(let target):
        (event, output) = try await perform(attempt) { try await exchange(target, attempt.number) }
      case .follow(let target):
        report(.redirected(attempt, origin: target.address.origin))
        (event, output) = try await perform(attempt) { try await exchange(target, attempt.number) }
      case .pause(let delay, let reason):
        report(.retrying(attempt, reason: reason, delay: delay))
        try await configuration.clock.pause(delay)
        event = .paused
      case .look(let delay, let reason):
        report(.looking(attempt, reason: reason, delay: delay))
        if delay > .zero { try await configuration.clock.pause(delay) }
        do {
          output = try await look()
        } catch var error as APIError {
          error.outcomeIsUnknown = machine.mayBeDone
          throw error
        }
        event = .looked(found: output != nil)
      case .succeed:
        guard let output else { preconditionFailure("a call succeeds with an output only") }
        return output
      case .fail(let error):
        throw error
      }
    }
  }

  /// Performs one attempt and reports it.
  private func perform<Output>(
    _ attempt: APIAttempt, _ exchange: () async throws -> AttemptResult<Output>
  ) async throws -> (CallMachine.Event, Output?) {
    report(.started(attempt))
    let start = configuration.clock.now()
    let result = try await exchange()
    let duration = configuration.clock.now() - start
    switch result {
    case .failure(let failure):
      report(.failed(attempt, type: failure.type, message: failure.message, duration: duration))
      return (.failure(failure), nil)
    case .success(let answered):
      report(
        .finished(
          attempt, status: answered.facts.status, bytes: answered.byteCount, duration: duration))
      return (.response(answered.facts), answered.output)
    }
  }

  private func report(_ event: APIEvent) { configuration.onEvent(event) }

  private func address(of call: Call) throws(APIError) -> WebAddress {
    do {
      return try WebAddress("\(root)\(call.path)")
    } catch {
      throw APIError(
        type: .invalidRequest, message: "the address of the request is malformed",
        method: call.method.rawValue, path: call.path)
    }
  }
}
