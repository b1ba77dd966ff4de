// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deploy
internal import SourcePackage
internal import SystemIO

/// A file that differs, or was changed, in JSON; or an empty folder.
struct ChangeReport: Encodable, Sendable {
  /// That of a folder ends with a slash.
  let path: String
  /// `added`, `changed`, `removed`, `mode`, and of a pull `merged`.
  let change: String
  var oldBytes: Int?
  var newBytes: Int?
  /// Who has changed it since the common base: `here`, `platform` or `both`; nil where there is no base.
  var side: String?
}

extension ChangeReport {
  static func list(
    _ difference: ManifestDifference, side: (_ name: [UInt8]) -> String? = { _ in nil }
  ) -> [ChangeReport] {
    difference.filesAndEmptyFolders.map { change in
      let word =
        switch change.kind {
        case .added: "added"
        case .changed: "changed"
        case .mode: "mode"
        case .removed: "removed"
        }
      return ChangeReport(
        path: TerminalText.utf8(change.name) + (change.isFolder ? "/" : ""), change: word,
        oldBytes: change.isFolder ? nil : change.old?.byteCount,
        newBytes: change.isFolder ? nil : change.new?.byteCount, side: side(change.name))
    }
  }

  init(_ file: PullOutcome.File) {
    let word =
      switch file.change {
      case .added: "added"
      case .updated: "changed"
      case .removed: "removed"
      case .merged: "merged"
      case .mode: "mode"
      }
    self.init(path: TerminalText.utf8(file.path), change: word)
  }
}
