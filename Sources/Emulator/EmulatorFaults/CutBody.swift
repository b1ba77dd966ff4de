// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Hummingbird
internal import NIOCore

/// The beginning of a request's body, as its handler reads it when the connection is cut.
struct CutBody: AsyncSequence, Sendable {
  typealias Element = ByteBuffer

  let whole: RequestBody
  /// How many bytes come.
  let count: Int

  struct Iterator: AsyncIteratorProtocol {
    var whole: RequestBody.AsyncIterator
    var left: Int

    mutating func next() async throws -> ByteBuffer? {
      if left <= 0 { throw FaultInjector.ConnectionCut() }
      guard var part = try await whole.next() else { return nil }
      let taken = part.readSlice(length: Swift.min(left, part.readableBytes))
      left -= taken?.readableBytes ?? 0
      return taken
    }
  }

  func makeAsyncIterator() -> Iterator { Iterator(whole: whole.makeAsyncIterator(), left: count) }
}
