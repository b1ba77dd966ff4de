// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SourcePackage

/// Files that differ, by how.
struct ChangesReport: Encodable, Sendable {
  struct Change: Encodable, Sendable {
    let name: String
    var oldBytes: Int?
    var newBytes: Int?
    /// Who has changed it since the common base: "here", "platform" or "both"; nil where there is no base.
    var side: String?
  }

  private(set) var added: [Change] = []
  private(set) var changed: [Change] = []
  private(set) var removed: [Change] = []

  init(_ difference: ManifestDifference, side: (_ name: [UInt8]) -> String? = { _ in nil }) {
    for change in difference.files {
      let entry = Change(
        name: String(decoding: change.name, as: UTF8.self), oldBytes: change.old?.byteCount,
        newBytes: change.new?.byteCount, side: side(change.name))
      switch change.kind {
      case .added: added.append(entry)
      case .changed, .mode: changed.append(entry)
      case .removed: removed.append(entry)
      }
    }
  }
}
