// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Synchronization
package import SystemIO

/// Keeps what is written, up to a limit: for a request body, which the platform limits too.
package final class MemorySink: ByteSink {
  private struct State {
    var bytes: [UInt8] = []
    var isOverflowing = false
  }

  private let limit: Int
  private let state = Mutex(State())

  /// A sink for at most `limit` bytes. When more come, all are forgotten; the writer may go on, to learn how
  /// many there are.
  package init(limit: Int) { self.limit = limit }

  /// Keeps `bytes`.
  package func write(_ bytes: RawSpan) throws(SystemError) {
    state.withLock { state in
      if state.isOverflowing { return }
      if state.bytes.count + bytes.byteCount > limit {
        state = State(bytes: [], isOverflowing: true)
        return
      }
      state.bytes.append(copying: bytes)
    }
  }

  /// What has been written; nil where it was more than the limit.
  package var bytes: [UInt8]? { state.withLock { $0.isOverflowing ? nil : $0.bytes } }
}
