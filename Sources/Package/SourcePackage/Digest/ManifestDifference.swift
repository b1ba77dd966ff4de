// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// What one package has, lacks or has otherwise than another.
package struct ManifestDifference: Sendable {
  /// One file or folder that differs.
  package struct Change: Sendable {
    /// In what it differs.
    package enum Kind: Sendable {
      /// Only the new package has it.
      case added
      /// Both have it, with other content. A file in one that is a folder in the other is two changes.
      case changed
      /// Only the old package has it.
      case removed
      /// The same content, but executable in one and not in the other.
      case mode
    }

    package let kind: Kind
    /// Its path, relative to the project directory.
    package let name: [UInt8]
    package let old: Manifest.Entry?
    package let new: Manifest.Entry?

    /// Whether it is about a folder and nothing else.
    package var isFolder: Bool { old?.isFolder != false && new?.isFolder != false }
  }

  /// The changes, in the byte order of names.
  package private(set) var changes: [Change] = []

  /// What leads from `old` to `new`.
  package init(from old: Manifest, to new: Manifest) {
    var olds = old.entries[...]
    var news = new.entries[...]
    while true {
      switch (olds.first, news.first) {
      case (nil, nil): return
      case (let before?, nil):
        note(.removed, before, nil)
        olds.removeFirst()
      case (nil, let after?):
        note(.added, nil, after)
        news.removeFirst()
      case (let before?, let after?):
        if before.name == after.name {
          if before.isFolder != after.isFolder {
            note(.removed, before, nil)
            note(.added, nil, after)
          } else if !before.hasSameContent(as: after) {
            note(.changed, before, after)
          } else if before.kind != after.kind {
            note(.mode, before, after)
          }
          olds.removeFirst()
          news.removeFirst()
        } else if before.name.lexicographicallyPrecedes(after.name) {
          note(.removed, before, nil)
          olds.removeFirst()
        } else {
          note(.added, nil, after)
          news.removeFirst()
        }
      }
    }
  }

  private mutating func note(_ kind: Change.Kind, _ old: Manifest.Entry?, _ new: Manifest.Entry?) {
    changes.append(Change(kind: kind, name: Array(new?.name ?? old?.name ?? []), old: old, new: new))
  }

  /// The changed files; folders come and go with them.
  package var files: [Change] { changes.filter { !$0.isFolder } }

  /// The changed files, and the folders that come and go without any: in which nothing else does.
  package var filesAndEmptyFolders: [Change] {
    let parents = Set(
      changes.compactMap { change in
        change.name.lastIndex(of: UInt8(ascii: "/")).map { change.name[..<$0] }
      })
    return changes.filter { !$0.isFolder || !parents.contains($0.name[...]) }
  }
}
