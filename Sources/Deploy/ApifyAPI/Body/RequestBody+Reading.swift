// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import NIOCore
internal import NIOPosix

extension RequestBody {
  /// A body that is read while it is sent, in constant memory: `read` returns up to `count` bytes from an
  /// offset on, none at the end. It may block; it runs in NIO's thread pool.
  ///
  package init(
    length: Int, contentType: String,
    read: @escaping @Sendable (_ offset: Int, _ count: Int) throws -> [UInt8]
  ) {
    self.init(length: length, contentType: contentType) {
      ReadChunks(length: length, read: read)
    }
  }
}

/// The chunks of such a body; each is read when the connection has taken the one before.
private struct ReadChunks: AsyncSequence, Sendable {
  static let size = 256 * 1024
  let length: Int
  let read: @Sendable (Int, Int) throws -> [UInt8]

  struct AsyncIterator: AsyncIteratorProtocol {
    let body: ReadChunks
    var offset = 0

    mutating func next() async throws -> ByteBuffer? { try await next(isolation: nil) }

    mutating func next(isolation actor: isolated (any Actor)?) async throws(any Error) -> ByteBuffer? {
      guard offset < body.length else { return nil }
      let (start, read, count) = (offset, body.read, Swift.min(ReadChunks.size, body.length - offset))
      let buffer = try await NIOThreadPool.singleton.runIfActive {
        ByteBuffer(bytes: try read(start, count))
      }
      guard buffer.readableBytes > 0 else {
        throw APIError(type: .invalidRequest, message: "the body ends before its length")
      }
      offset += buffer.readableBytes
      return buffer
    }
  }

  func makeAsyncIterator() -> AsyncIterator { AsyncIterator(body: self) }
}
