// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Synchronization

extension ApifyClient {
  /// What one attempt ended with: an answer, or the reason why there is none.
  typealias AttemptResult = Result<Answered, TransportFailure>

  /// An answer. What was made of its body stays with the caller.
  struct Answered {
    let facts: ResponseFacts
    /// The length of its body, as received.
    let byteCount: Int
  }

  /// Carries `call` out as a `CallMachine` decides, and returns when it has succeeded. Every call goes
  /// through here, whether its answer is read as a whole (`run`) or while it arrives (`stream`). The result's
  /// type is the caller's affair: this is the same code for all of them, once in the program.
  ///
  /// - Parameters:
  ///   - look: asks whether the platform has what the call creates; called where the answer was lost.
  ///   - exchange: sends the request once. What it throws ends the call and reaches the caller as it is.
  func drive(
    _ call: Call, look: () async throws -> Bool = { false },
    exchange: (_ target: CallTarget, _ attempt: Int) async throws -> AttemptResult
  ) async throws {
    if let secrets = call.body?.secrets { hiddenSecrets.withLock { $0.formUnion(secrets) } }
    var machine = CallMachine(
      call, at: try address(of: call), retries: configuration.retries,
      maximumRedirects: configuration.maximumRedirects)
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
        event = try await perform(attempt) { try await exchange(target, attempt.number) }
      case .follow(let target):
        report(.redirected(attempt, origin: target.address.origin))
        event = try await perform(attempt) { try await exchange(target, attempt.number) }
      case .pause(let delay, let reason):
        report(.retrying(attempt, reason: reason, delay: delay))
        try await configuration.clock.pause(delay)
        event = .paused
      case .look(let delay, let reason):
        report(.looking(attempt, reason: reason, delay: delay))
        if delay > .zero { try await configuration.clock.pause(delay) }
        do {
          event = .looked(found: try await look())
        } catch var error as APIError {
          error.outcomeIsUnknown = machine.mayBeDone
          throw error
        }
      case .succeed: return
      case .fail(let error): throw error
      }
    }
  }

  /// Performs one attempt and reports it.
  private func perform(
    _ attempt: APIAttempt, _ exchange: () async throws -> AttemptResult
  ) async throws -> CallMachine.Event {
    report(.started(attempt))
    let start = configuration.clock.now()
    let result = try await exchange()
    let duration = configuration.clock.now() - start
    switch result {
    case .failure(let failure):
      report(.failed(attempt, type: failure.type, message: failure.message, duration: duration))
      return .failure(failure)
    case .success(let answered):
      report(
        .finished(
          attempt, status: answered.facts.status, bytes: answered.byteCount, duration: duration))
      return .response(answered.facts)
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
