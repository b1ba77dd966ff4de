// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import POSIX
internal import Synchronization

/// Keeps what is written, up to a limit: for a request body, which the platform limits too.
package final class MemorySink: ByteSink {
  private let limit: Int
  private let kept = Mutex<[UInt8]>([])

  /// A sink for at most `limit` bytes; more is EFBIG.
  package init(limit: Int) { self.limit = limit }

  /// Keeps `bytes`.
  package func write(_ bytes: RawSpan) throws(SystemError) {
    try kept.withLock { kept throws(SystemError) in
      guard kept.count + bytes.byteCount <= limit else { throw SystemError(code: EFBIG) }
      // SAFETY: read only, within the call.
      unsafe bytes.withUnsafeBytes { unsafe kept.append(contentsOf: $0) }
    }
  }

  /// What has been written.
  package var bytes: [UInt8] { kept.withLock { $0 } }
}
