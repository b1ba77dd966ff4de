// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import AsyncHTTPClient
internal import NIOHTTP1

extension ApifyClient {
  /// Carries out `call`, a `GET`, and has `read` read the body of a 2xx answer while it arrives.
  ///
  /// Where the body breaks off, the request is repeated and `read` is called again with the new body, as
  /// often as the retry policy says. Errors of `read` itself end the call and reach the caller as they are.
  ///
  /// - Parameter readLimit: the longest wait for the next bytes; nil for none. The wait for the head is
  ///   limited in any case.
  /// - Throws: `APIError`, `CancellationError`, and what `read` throws.
  func stream<Output>(
    _ call: Call, readLimit: Duration?, read: (StreamedBody) async throws -> Output
  ) async throws -> Output {
    let timer = readLimit.map { ReadTimer(limit: $0, wait: configuration.clock.timer) }
    var output: Output?
    try await drive(call) { target, attempt in
      let sent = try await send(call, to: target, attempt: attempt) { response -> StreamedReply in
        guard (200..<300).contains(Int(response.status.code)) else {
          return .refused(try await Reply(response, limit: 1 << 20))
        }
        return .body(StreamedBody(response, timer: timer), status: Int(response.status.code))
      }
      switch sent {
      case .failure(let failure): return .failure(failure)
      case .success(.refused(let reply)): return .success(refused(reply))
      case .success(.body(let body, let status)):
        do {
          output = try await read(body)
          return .success(
            Answered(
              facts: ResponseFacts(status: status, verdict: .decoded), byteCount: await body.byteCount))
        } catch let failure as TransportFailure {
          return .failure(failure)
        }
      }
    }
    return try result(output, of: call)
  }
}

/// An answer whose body is read later, if it is a good one.
private enum StreamedReply: Sendable {
  case body(StreamedBody, status: Int)
  case refused(Reply)
}
