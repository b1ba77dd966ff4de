// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1
internal import SystemIO

extension ApifyClient {
  /// Sends one attempt and has `read` take its answer, within the attempt's time.
  ///
  /// - Throws: `CancellationError`, or what the source of the request's body throws; everything else is
  ///   returned.
  func send<Output: Sendable>(
    _ call: Call, to target: CallTarget, attempt: Int,
    read: @escaping @Sendable (HTTPClientResponse) async throws -> Output
  ) async throws -> Result<Output, TransportFailure> {
    let watch = UploadWatch()
    // A body of no bytes is never asked for, so that tells nothing.
    let hasBody = (call.body?.length ?? 0) > 0
    let request = request(call, to: target, watch)
    let origin = target.address.origin
    let timer = configuration.clock.timer
    let time = configuration.timeouts.limit(attempt: attempt, bodyLength: call.body?.length ?? 0)
    do {
      return .success(
        try await withTimer({ try await timer(time) }) { [transport] in
          try await read(transport.execute(request, to: origin))
        })
    } catch {
      if Task.isCancelled { throw CancellationError() }
      if let failure = watch.failure { throw failure }
      let wasSent = !hasBody || watch.hasBegun
      guard error is TimedOut else {
        let proxy = (try? transport.route(to: origin))?.proxy
        let failure = TransportFailure(error, wasSent: wasSent, to: origin, by: proxy)
        return .failure(await transport.explained(failure, TLSFailure(error), at: origin))
      }
      return .failure(
        TransportFailure(
          type: .timeout, message: "no answer within \(Quantity.longTime(time))", wasSent: wasSent))
    }
  }

  private func request(_ call: Call, to target: CallTarget, _ watch: UploadWatch) -> HTTPClientRequest {
    var request = HTTPClientRequest(url: target.address.absolute)
    request.method = HTTPMethod(rawValue: call.method.rawValue)
    request.headers.add(name: "User-Agent", value: configuration.userAgent)
    request.headers.add(name: "Accept", value: call.accept)
    // What is read while it arrives is read in parts, and by its length.
    request.headers.add(
      name: "Accept-Encoding", value: call.accept == "application/json" ? "gzip" : "identity")
    if let tail = call.tail { request.headers.add(name: "Range", value: "bytes=-\(tail)") }
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
