// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Hummingbird
internal import NIOCore
internal import Synchronization

extension Response {
  /// The same with the first half of the body; announcing the whole length, the connection ends where the
  /// half does.
  func truncated(keepingLength: Bool) async throws -> Response {
    let whole = try await wholeBody()
    let half = whole.getSlice(at: whole.readerIndex, length: whole.readableBytes / 2) ?? ByteBuffer()
    var headers = headers
    headers[.contentLength] = nil
    guard keepingLength else {
      return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: half))
    }
    let body = ResponseBody(contentLength: whole.readableBytes) { writer in
      try await writer.write(half)
      throw FaultInjector.ConnectionCut()
    }
    return Response(status: status, headers: headers, body: body)
  }

  /// All of its body.
  func wholeBody() async throws -> ByteBuffer {
    let collected = Mutex(ByteBuffer())
    try await body.write(Collector { part in collected.withLock { _ = $0.writeImmutableBuffer(part) } })
    return collected.withLock { $0 }
  }

  private struct Collector: ResponseBodyWriter {
    let take: @Sendable (ByteBuffer) -> Void
    func write(_ buffer: ByteBuffer) async throws { take(buffer) }
    func finish(_ trailingHeaders: HTTPFields?) async throws {}
  }
}
