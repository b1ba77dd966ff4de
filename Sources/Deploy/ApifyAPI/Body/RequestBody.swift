// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import NIOCore

/// The body of a request: bytes of a known number, which can be produced again for a retry or a redirect.
package struct RequestBody: Sendable {
  /// The compression of the bytes.
  package enum Encoding: String, Sendable {
    case identity
    /// `Content-Encoding: gzip`.
    case gzip
    /// `Content-Encoding: deflate` (zlib).
    case deflate
  }

  /// The bytes in chunks, for one pass.
  package typealias Chunks = any AsyncSequence<ByteBuffer, any Error> & Sendable

  /// The number of bytes, as sent.
  package let length: Int
  /// The `Content-Type` header.
  package let contentType: String
  /// The `Content-Encoding` header.
  package let encoding: Encoding
  /// Produces the bytes once more, from the first one.
  package let makeChunks: @Sendable () -> Chunks
  /// Told how many bytes the connection has taken so far; it starts over where the request is repeated.
  package var onProgress: (@Sendable (_ bytes: Int) -> Void)?
  /// The values of secret variables in it: no error shows them, whatever the platform repeats.
  package var secrets: [String] = []

  /// A body that `makeChunks` produces: the same `length` bytes each time it is called.
  ///
  /// An error that the chunks throw ends the request without a retry and reaches the caller as it is.
  package init(
    length: Int, encoding: Encoding = .identity, contentType: String = "application/json",
    makeChunks: @escaping @Sendable () -> Chunks
  ) {
    self.length = length
    self.contentType = contentType
    self.encoding = encoding
    self.makeChunks = makeChunks
  }

  /// A body that is in memory.
  package init(
    _ buffer: ByteBuffer, encoding: Encoding = .identity, contentType: String = "application/json"
  ) {
    self.init(length: buffer.readableBytes, encoding: encoding, contentType: contentType) {
      BufferChunks(buffer: buffer)
    }
  }

  /// A body that is in memory.
  package init(
    _ bytes: [UInt8], encoding: Encoding = .identity, contentType: String = "application/json"
  ) {
    self.init(ByteBuffer(bytes: bytes), encoding: encoding, contentType: contentType)
  }
}

/// A buffer in slices, so that a slow connection does not hold a second copy of it.
private struct BufferChunks: AsyncSequence, Sendable {
  static let size = 256 * 1024
  let buffer: ByteBuffer

  struct AsyncIterator: AsyncIteratorProtocol {
    var buffer: ByteBuffer

    mutating func next() async throws -> ByteBuffer? {
      guard buffer.readableBytes > 0 else { return nil }
      return buffer.readSlice(length: Swift.min(buffer.readableBytes, BufferChunks.size))
    }

    mutating func next(isolation actor: isolated (any Actor)?) async throws(any Error) -> ByteBuffer? {
      guard buffer.readableBytes > 0 else { return nil }
      return buffer.readSlice(length: Swift.min(buffer.readableBytes, BufferChunks.size))
    }
  }

  func makeAsyncIterator() -> AsyncIterator { AsyncIterator(buffer: buffer) }
}
