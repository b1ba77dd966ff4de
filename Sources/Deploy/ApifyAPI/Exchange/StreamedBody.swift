// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import AsyncHTTPClient
internal import Deflate
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
  /// The length that the answer announces, as it is sent; nil where it does not.
  nonisolated let length: Int?
  /// The length of all there is, of which the body may be a part; nil where the answer does not say.
  nonisolated let total: Int?
  /// Whether the body is the part that was asked for; a platform may send all of it.
  nonisolated let isPart: Bool
  /// The number of bytes read so far, decompressed.
  private(set) var byteCount = 0
  /// The number of bytes received so far.
  private var received = 0
  private let encoding: BodyEncoding
  private var inflate: InflateStream?
  private let timer: ReadTimer?
  private var iterator: HTTPClientResponse.Body.AsyncIterator

  init(_ response: HTTPClientResponse, timer: ReadTimer?) {
    length = response.headers.first(name: "Content-Length").flatMap { Int($0) }
    isPart = response.status == .partialContent
    let range = isPart ? response.headers.first(name: "Content-Range") : nil
    encoding = BodyEncoding(response.headers.first(name: "Content-Encoding"))
    total =
      isPart ? range?.split(separator: "/").last.flatMap { Int($0) } : encoding == .identity ? length : nil
    iterator = response.body.makeAsyncIterator()
    self.timer = timer
  }

  /// Throws where the body is compressed, which was not asked for: parts and lengths are then not those of
  /// what is there. A gateway that does so once may not do so again.
  nonisolated func requireIdentity() throws(TransportFailure) {
    guard encoding == .identity else {
      throw TransportFailure(
        type: .invalidResponse, message: "the answer is compressed, which was not asked for", wasSent: true)
    }
  }

  /// The next bytes, decompressed; nil at the end.
  ///
  /// - Throws: `TransportFailure` where the body breaks off, stalls or can't be decompressed;
  ///   `CancellationError`.
  func next() async throws -> ByteBuffer? {
    if isPart { try requireIdentity() }
    do {
      while let chunk = try await chunkInTime() {
        received += chunk.readableBytes
        let bytes = try decoded(chunk)
        byteCount += bytes.readableBytes
        if bytes.readableBytes > 0 { return bytes }
      }
      if let length, received != length {
        throw TransportFailure(
          type: .network, message: "the answer ended after \(received) of \(length) bytes", wasSent: true)
      }
      try inflate.take()?.finish()
      return nil
    } catch {
      if Task.isCancelled { throw CancellationError() }
      if let error = error as? DeflateError {
        throw TransportFailure(ResponseProblem.corrupt(error.description), wasSent: true)
      }
      throw error as? TransportFailure ?? TransportFailure(error, wasSent: true)
    }
  }

  private func decoded(_ chunk: ByteBuffer) throws -> ByteBuffer {
    guard let format = try encoding.format else { return chunk }
    var output = ByteBuffer()
    if inflate == nil { inflate = try InflateStream(format: format) }
    try inflate?.write(chunk.readableBytesSpan) { part in
      // SAFETY: read only, within the call.
      unsafe part.withUnsafeBytes { _ = unsafe output.writeBytes($0) }
    }
    return output
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
