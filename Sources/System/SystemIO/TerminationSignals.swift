// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import CSystemIO

/// Requests to terminate, from the system or from a keyboard: SIGINT, SIGTERM and SIGHUP.
package enum TerminationSignals {
  /// Has the write that would make a file larger than allowed (`ulimit -f`) fail, and not end the process.
  package static func ignoreFileSize() { _ = signal(SIGXFSZ, SIG_IGN) }

  /// Calls `body` on a thread of its own when the first of them comes. Another one ends the process at once,
  /// unless both came within half a second: a request is often delivered twice.
  package static func onFirst(_ body: @escaping @Sendable () -> Void) {
    let pipe = actorpush_catch_termination()
    guard pipe >= 0 else { return }
    Threads.detach {
      let descriptor = Descriptor(owning: pipe)
      var byte = ReadBuffer(capacity: 1)
      if let count = try? byte.read(from: descriptor), count > 0 { body() }
    }
  }
}
