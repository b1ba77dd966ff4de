// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Synchronization

/// The document of a version, as it is: its files' entries stand between a head and an end.
final class PlainDocument: PackageFormat {
  private let head: [UInt8]
  private let isClosed = Mutex(false)

  init(_ head: DocumentHead) { self.head = head.opening() }

  func opening() -> [UInt8] { head }

  func bind(_ encoded: inout EncodedUnit) {}

  func nextClosing() -> [UInt8]? {
    isClosed.withLock { isClosed in
      defer { isClosed = true }
      return isClosed ? nil : DocumentHead.closing
    }
  }

  var documentBytes: Int { head.count + DocumentHead.closing.count }
}
