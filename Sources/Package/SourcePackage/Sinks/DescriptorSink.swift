// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import SystemIO

/// Writes to a file descriptor; its owner closes it.
package final class DescriptorSink: ByteSink {
  private let number: Int32

  /// A sink to the open file `number`.
  package init(_ number: Int32) { self.number = number }

  /// Writes `bytes`; waits where the file is a pipe that is full.
  package func write(_ bytes: RawSpan) throws(SystemError) { try Descriptor.write(bytes, to: number) }
}
