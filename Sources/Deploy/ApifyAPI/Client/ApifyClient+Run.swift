// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Synchronization

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
    var output: Output?
    try await drive(
      call,
      look: {
        output = try await look()
        return output != nil
      }
    ) { target, attempt in
      let sent = try await send(call, to: target, attempt: attempt) { try await Reply($0, limit: limit) }
      if case .success(let reply) = sent { serverTime.note(reply.date, at: configuration.clock.now()) }
      return sent.map { reply in
        guard (200..<300).contains(reply.status) else { return refused(reply) }
        do {
          output = try decode(reply.body)
          return answered(reply, .decoded)
        } catch {
          return answered(reply, ResponseFacts.Verdict(error, body: reply.body, redaction))
        }
      }
    }
    return try result(output, of: call)
  }

  /// What a call that has succeeded has brought.
  func result<Output>(_ output: Output?, of call: Call) throws(APIError) -> Output {
    guard let output else {
      throw APIError(
        type: .network, message: "the request succeeded without an answer", method: call.method.rawValue,
        path: call.path)
    }
    return output
  }

  /// What an answer says that is not 2xx.
  func refused(_ reply: Reply) -> Answered {
    answered(reply, ErrorBody(reply.body, redaction).verdict)
  }

  /// What hides the token, and the secrets.
  private var redaction: Redaction { Redaction(token, secrets: hiddenSecrets.withLock { Array($0) }) }

  private func answered(_ reply: Reply, _ verdict: ResponseFacts.Verdict) -> Answered {
    Answered(
      facts: ResponseFacts(
        status: reply.status, location: reply.location, retryAfter: reply.retryAfter, verdict: verdict),
      byteCount: reply.body.count)
  }
}
