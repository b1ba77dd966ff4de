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

    mutating func next() async throws -> ByteBuffer? { try await next(isolation: nil) }

    mutating func next(isolation actor: isolated (any Actor)?) async throws(any Error) -> ByteBuffer? {
      watch.begin()
      do {
        return try await base.next(isolation: actor)
      } catch {
        if !(error is CancellationError) { watch.fail(error) }
        throw error
      }
    }
  }

  func makeAsyncIterator() -> AsyncIterator {
    AsyncIterator(base: body.makeChunks().makeAsyncIterator(), watch: watch)
  }
}
