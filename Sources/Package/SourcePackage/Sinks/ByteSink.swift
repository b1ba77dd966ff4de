// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import SystemIO

/// Where a package goes: it takes bytes in order, from one thread at a time, and may keep the writer waiting.
package protocol ByteSink: AnyObject, Sendable {
  /// Takes `bytes`, all of them.
  func write(_ bytes: RawSpan) throws(SystemError)

  /// Takes notice that no more bytes come.
  func finish() throws(SystemError)
}

extension ByteSink {
  /// Nothing to do at the end.
  package func finish() throws(SystemError) {}
}
