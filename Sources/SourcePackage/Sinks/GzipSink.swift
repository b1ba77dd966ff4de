// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deflate
package import POSIX
internal import Synchronization

/// Compresses what is written, as gzip, and hands it on. The same bytes come out for the same bytes in.
package final class GzipSink: ByteSink {
  private struct State: ~Copyable {
    var stream: DeflateStream?
  }

  private let state: Mutex<State>
  private let next: any ByteSink

  /// A sink that hands on to `next`; ENOMEM where zlib finds no memory.
  package init(_ next: any ByteSink) throws(SystemError) {
    self.next = next
    do {
      state = Mutex(State(stream: try DeflateStream(format: .gzip)))
    } catch {
      throw SystemError(code: ENOMEM)
    }
  }

  /// Compresses `bytes`.
  package func write(_ bytes: RawSpan) throws(SystemError) {
    try state.withLock { state throws(SystemError) in
      try state.stream?.write(bytes) { piece throws(SystemError) in try next.write(piece) }
    }
  }

  /// Hands on what is left.
  package func finish() throws(SystemError) {
    try state.withLock { state throws(SystemError) in
      guard let stream = state.stream.take() else { return }
      try stream.finish { piece throws(SystemError) in try next.write(piece) }
    }
    try next.finish()
  }
}
