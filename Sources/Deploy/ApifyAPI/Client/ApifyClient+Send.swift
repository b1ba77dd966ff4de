// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1

extension ApifyClient {
  /// Sends one attempt and reads its answer, within the attempt's time.
  ///
  /// - Throws: `CancellationError`, or what the maker of the body throws; everything else is an outcome.
  func send(
    _ call: Call, to target: CallTarget, attempt: Int
  ) async throws -> Result<Reply, TransportFailure> {
    let limit = configuration.responseLimit
    let sent = try await send(call, to: target, attempt: attempt) { try await Reply($0, limit: limit) }
    if case .success(let reply) = sent { serverTime.note(reply.date, at: configuration.clock.now()) }
    return sent
  }

  /// Sends one attempt and has `read` take its answer, within the attempt's time.
  func send<Output: Sendable>(
    _ call: Call, to target: CallTarget, attempt: Int,
    read: @escaping @Sendable (HTTPClientResponse) async throws -> Output
  ) async throws -> Result<Output, TransportFailure> {
    let watch = UploadWatch()
    // Nobody asks for a body of no bytes: that it was not asked for tells nothing.
    let hasBody = (call.body?.length ?? 0) > 0
    let request = request(call, to: target, watch)
    let timer = configuration.clock.timer
    let time = configuration.timeouts.limit(attempt: attempt, bodyLength: call.body?.length ?? 0)
    do {
      let reply = try await withTimer({ try await timer(time) }) { [transport] in
        try await read(transport.execute(request))
      }
      if let reply { return .success(reply) }
      try Task.checkCancellation()
      return .failure(
        TransportFailure(
          type: .timeout, message: "no answer within \(time.components.seconds) s",
          wasSent: !hasBody || watch.hasBegun))
    } catch {
      if Task.isCancelled { throw CancellationError() }
      if let failure = watch.failure { throw failure }
      return .failure(TransportFailure(error, wasSent: !hasBody || watch.hasBegun))
    }
  }

  private func request(_ call: Call, to target: CallTarget, _ watch: UploadWatch) -> HTTPClientRequest {
    var request = HTTPClientRequest(url: target.address.absolute)
    request.method = HTTPMethod(rawValue: call.method.rawValue)
    request.headers.add(name: "User-Agent", value: configuration.userAgent)
    request.headers.add(name: "Accept", value: call.accept)
    if call.accept == "application/json" { request.headers.add(name: "Accept-Encoding", value: "gzip") }
    if let body = call.body {
      request.headers.add(name: "Content-Type", value: body.contentType)
      if body.encoding != .identity {
        request.headers.add(name: "Content-Encoding", value: body.encoding.rawValue)
      }
      request.body = .stream(WatchedChunks(body: body, watch: watch), length: .known(Int64(body.length)))
    }
    guard target.isTrusted else { return request }
    request.headers.add(name: "X-Apify-Request-Origin", value: configuration.origin.rawValue)
    for header in configuration.extraHeaders where request.headers[header.name].isEmpty {
      request.headers.add(name: header.name, value: header.value)
    }
    // Last, and alone: nothing can have put another one there.
    request.headers.replaceOrAdd(name: "Authorization", value: token.authorization)
    return request
  }
}

/// `Result` wants an `Error`; here it is an outcome.
extension TransportFailure: Error {}
