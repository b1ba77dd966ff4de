// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1
internal import SystemIO

/// Limits the wait for the next bytes of a body.
struct ReadTimer: Sendable {
  let limit: Duration
  /// Returns after the time that it is given.
  let wait: @Sendable (Duration) async throws -> Void
}

/// The body of an answer, read while it arrives.
actor StreamedBody {
  /// The length that the answer announces; nil where it does not.
  nonisolated let length: Int?
  /// The length of all there is, of which the body may be a part; nil where the answer does not say.
  nonisolated let total: Int?
  /// Whether the body is the part that was asked for; a platform may send all of it.
  nonisolated let isPart: Bool
  /// The number of bytes read so far.
  private(set) var byteCount = 0
  private let timer: ReadTimer?
  private var iterator: HTTPClientResponse.Body.AsyncIterator

  init(_ response: HTTPClientResponse, timer: ReadTimer?) {
    length = response.headers.first(name: "Content-Length").flatMap { Int($0) }
    isPart = response.status == .partialContent
    let range = isPart ? response.headers.first(name: "Content-Range") : nil
    total = isPart ? range?.split(separator: "/").last.flatMap { Int($0) } : length
    iterator = response.body.makeAsyncIterator()
    self.timer = timer
  }

  /// The next bytes; nil at the end.
  ///
  /// - Throws: `TransportFailure` where the body breaks off or stalls; `CancellationError`.
  func next() async throws -> ByteBuffer? {
    do {
      let chunk = try await chunkInTime()
      byteCount += chunk?.readableBytes ?? 0
      if chunk == nil, let length, byteCount != length {
        throw TransportFailure(
          type: .network, message: "the answer ended after \(byteCount) of \(length) bytes", wasSent: true)
      }
      return chunk
    } catch {
      if Task.isCancelled { throw CancellationError() }
      throw error as? TransportFailure ?? TransportFailure(error, wasSent: true)
    }
  }

  private func chunkInTime() async throws -> ByteBuffer? {
    guard let timer else { return try await chunk() }
    do {
      return try await withTimer({ try await timer.wait(timer.limit) }) { try await self.chunk() }
    } catch is TimedOut {
      throw TransportFailure(
        type: .timeout, message: "the answer stalled for \(Quantity.longTime(timer.limit))", wasSent: true)
    }
  }

  /// One at a time: `next` waits for it.
  private func chunk() async throws -> ByteBuffer? {
    var iterator = self.iterator
    defer { self.iterator = iterator }
    return try await iterator.next(isolation: self)
  }
}
