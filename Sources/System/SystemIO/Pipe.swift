// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import CSystemIO
internal import Synchronization

/// A pipe that another program writes into: what it has written is read here (pipe(7)).
package final class Pipe: Sendable {
  /// The end that is read.
  package let reading: Descriptor
  /// The descriptor of the end that is written to; this process keeps it open until `closeWriting`.
  package let writing: Int32
  private let writer: Mutex<Descriptor?>

  package init() throws(SystemError) {
    var ends: [Int32] = [-1, -1]
    // SAFETY: the call fills an array of two.
    let failed = unsafe ends.withUnsafeMutableBufferPointer { unsafe actorpush_pipe($0.baseAddress) }
    if failed != 0 { throw .current }
    reading = Descriptor(owning: ends[0])
    writing = ends[1]
    writer = Mutex(Descriptor(owning: ends[1]))
  }

  /// Closes the end that is written to: what is read ends when the other program's end is closed, too.
  package func closeWriting() { writer.withLock { $0 = nil } }
}
