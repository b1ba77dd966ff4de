// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Synchronization

/// The document of a version, as it is: its files' entries stand between a head and an end.
final class PlainDocument: PackageFormat {
  private let head: [UInt8]
  private let isEmpty: Bool
  /// What is still to come; nil when nothing is.
  private let closing = Mutex<[UInt8]?>(DocumentHead.closing)
  private let closingCount = Mutex(DocumentHead.closing.count)

  init(_ head: DocumentHead, isEmpty: Bool) {
    self.head = head.opening()
    self.isEmpty = isEmpty
  }

  func opening() -> [UInt8] { head }

  func bind(_ encoded: EncodedUnit) {}

  func bind(provenance contents: [UInt8]) {
    let all = Provenance.documentEntry(contents, isFirst: isEmpty) + DocumentHead.closing
    closing.withLock { $0 = all }
    closingCount.withLock { $0 = all.count }
  }

  func nextClosing() -> [UInt8]? {
    closing.withLock { closing in
      defer { closing = nil }
      return closing
    }
  }

  var documentBytes: Int { head.count + closingCount.withLock { $0 } }
}
