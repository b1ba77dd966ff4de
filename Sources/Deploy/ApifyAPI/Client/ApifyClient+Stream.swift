// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import AsyncHTTPClient
package import NIOCore
internal import NIOHTTP1

/// A good answer whose body is still coming.
package struct StreamedReply: Sendable {
  /// How many bytes it has, where the answer says so.
  package let length: Int?
  let body: HTTPClientResponse.Body

  init(_ response: HTTPClientResponse) {
    length = response.headers.first(name: "Content-Length").flatMap { Int($0) }
    body = response.body
  }

  /// Its bytes as they come; once.
  package var chunks: some AsyncSequence<ByteBuffer, any Error> & Sendable { body }
}

extension ApifyClient {
  /// Carries out `call`, a `GET`, and has `consume` read the answer while it comes. Time is limited up to its head only.
  ///
  /// What fails before the answer begins is tried again; once it has begun, `consume` and its caller decide.
  func stream<Output: Sendable>(
    _ call: Call, _ consume: (StreamedReply) async throws -> Output
  ) async throws -> Output {
    var machine = CallMachine(
      call, at: try address(of: call), retries: configuration.retries,
      maximumRedirects: configuration.maximumRedirects)
    var reply: StreamedReply?
    var event = CallMachine.Event.start
    while true {
      let action = machine.next(after: event, jitter: configuration.clock.jitter())
      let attempt = APIAttempt(
        method: call.method.rawValue, path: call.path, number: machine.attempt, bodyBytes: 0)
      if !action.isFinal { try Task.checkCancellation() }
      switch action {
      case .send(let target):
        (event, reply) = try await begin(call, target, attempt)
      case .follow(let target):
        report(.redirected(attempt, origin: target.address.origin))
        (event, reply) = try await begin(call, target, attempt)
      case .pause(let delay, let reason):
        report(.retrying(attempt, reason: reason, delay: delay))
        try await configuration.clock.pause(delay)
        event = .paused
      case .look: preconditionFailure("a GET is not looked for")
      case .succeed:
        guard let reply else { preconditionFailure("a call succeeds with a reply only") }
        return try await consume(reply)
      case .fail(let error):
        throw error
      }
    }
  }

  /// One attempt, up to the head of a good answer, or to the end of another one.
  private func begin(
    _ call: Call, _ target: CallTarget, _ attempt: APIAttempt
  ) async throws -> (CallMachine.Event, StreamedReply?) {
    enum Begun: Sendable {
      case good(StreamedReply)
      case other(Reply)
    }
    report(.started(attempt))
    let start = configuration.clock.now()
    let sent = try await send(call, to: target, attempt: attempt.number) { response -> Begun in
      if (200..<300).contains(Int(response.status.code)) { return .good(StreamedReply(response)) }
      return .other(try await Reply(response, limit: 1 << 20))
    }
    let duration = configuration.clock.now() - start
    switch sent {
    case .failure(let failure):
      report(.failed(attempt, type: failure.type, message: failure.message, duration: duration))
      return (.failure(failure), nil)
    case .success(.good(let reply)):
      report(.finished(attempt, status: 200, bytes: reply.length ?? 0, duration: duration))
      return (.response(ResponseFacts(status: 200, verdict: .decoded)), reply)
    case .success(.other(let reply)):
      report(.finished(attempt, status: reply.status, bytes: reply.body.count, duration: duration))
      let facts = ResponseFacts(
        status: reply.status, location: reply.location, retryAfter: reply.retryAfter,
        verdict: ErrorBody(reply.body, token: token).verdict)
      return (.response(facts), nil)
    }
  }
}
