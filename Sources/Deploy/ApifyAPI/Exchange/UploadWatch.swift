// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import NIOCore
internal import Synchronization

/// Observes the upload of a body: whether it has begun, and whether its source failed.
final class UploadWatch: Sendable {
  private struct State: Sendable {
    var hasBegun = false
    var failure: (any Error)?
  }

  private let state = Mutex(State())

  /// Whether bytes were requested, that is, there was a connection. Otherwise the platform cannot have acted.
  var hasBegun: Bool { state.withLock { $0.hasBegun } }

  /// What the source of the body threw.
  var failure: (any Error)? { state.withLock { $0.failure } }

  func begin() { state.withLock { $0.hasBegun = true } }
  func fail(_ error: any Error) { state.withLock { $0.failure = error } }
}

/// The chunks of a body, observed.
struct WatchedChunks: AsyncSequence, Sendable {
  let body: RequestBody
  let watch: UploadWatch

  struct AsyncIterator: AsyncIteratorProtocol {
    var base: any AsyncIteratorProtocol<ByteBuffer, any Error>
    let watch: UploadWatch
    let onProgress: (@Sendable (Int) -> Void)?
    private var given = 0

    init(
      _ base: any AsyncIteratorProtocol<ByteBuffer, any Error>, _ watch: UploadWatch,
      _ onProgress: (@Sendable (Int) -> Void)?
    ) {
      (self.base, self.watch, self.onProgress) = (base, watch, onProgress)
    }

    mutating func next() async throws -> ByteBuffer? { try await next(isolation: nil) }

    mutating func next(isolation actor: isolated (any Actor)?) async throws(any Error) -> ByteBuffer? {
      watch.begin()
      // The next chunk is asked for when the connection has taken the one before.
      onProgress?(given)
      do {
        let chunk = try await base.next(isolation: actor)
        given += chunk?.readableBytes ?? 0
        return chunk
      } catch {
        if !(error is CancellationError) { watch.fail(error) }
        throw error
      }
    }
  }

  func makeAsyncIterator() -> AsyncIterator {
    AsyncIterator(body.makeChunks().makeAsyncIterator(), watch, body.onProgress)
  }
}
