// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

extension ApifyClient {
  /// Carries `call` out and decodes the whole answer.
  ///
  /// - Parameters:
  ///   - decode: makes the result out of the body of a 2xx answer.
  ///   - look: returns what the platform has of what the call creates; asked where the answer was lost.
  func run<Output: Sendable>(
    _ call: Call, decode: ([UInt8]) throws -> Output, look: () async throws -> Output? = { nil }
  ) async throws -> Output {
    let limit = configuration.responseLimit
    return try await drive(call, look: look) { target, attempt in
      let sent = try await send(call, to: target, attempt: attempt) { try await Reply($0, limit: limit) }
      if case .success(let reply) = sent { serverTime.note(reply.date, at: configuration.clock.now()) }
      return sent.map { judge($0, decode) }
    }
  }

  private func judge<Output>(_ reply: Reply, _ decode: ([UInt8]) throws -> Output) -> Answered<Output> {
    guard (200..<300).contains(reply.status) else { return refused(reply) }
    do {
      return answered(reply, .decoded, try decode(reply.body))
    } catch {
      return answered(reply, ResponseFacts.Verdict(error, body: reply.body, token: token), nil)
    }
  }

  /// What an answer says that is not 2xx.
  func refused<Output>(_ reply: Reply) -> Answered<Output> {
    answered(reply, ErrorBody(reply.body, token: token).verdict, nil)
  }

  private func answered<Output>(
    _ reply: Reply, _ verdict: ResponseFacts.Verdict, _ output: Output?
  ) -> Answered<Output> {
    Answered(
      facts: ResponseFacts(
        status: reply.status, location: reply.location, retryAfter: reply.retryAfter, verdict: verdict),
      byteCount: reply.body.count, output: output)
  }
}
