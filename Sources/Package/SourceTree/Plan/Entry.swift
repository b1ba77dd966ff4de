// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// One directory or file of a plan: 32 bytes and its name.
package struct Entry: Sendable {
  package enum Kind: Sendable {
    case directory
    /// A regular file.
    case file
    /// A symbolic link to a regular file: its content is what the link leads to.
    case linkedFile
  }

  /// TEXT or BASE64, as the API calls them.
  package enum Format: Sendable {
    /// Valid UTF-8 without NUL.
    case text
    /// Anything else.
    case base64
  }

  // In this order it is 32 bytes.
  /// Its size in bytes where the walk read it, else -1.
  package internal(set) var byteCount: Int
  /// The directory it lies in, by its index in the plan; -1 at the top.
  package let parent: Int32
  /// Why it is in, by the index in the plan's rules; -1 where nothing speaks about it.
  package let rule: Int32
  /// Which of a commit's objects it is; -1 in a directory.
  let object: Int32
  private let nameStart: UInt32
  /// How many bytes its last component has.
  let nameCount: UInt16
  package let kind: Kind
  /// How it would be sent, where the walk read it.
  package internal(set) var format: Format?
  /// Whether the walk's screen asks for a closer look at its contents.
  package internal(set) var isFlagged = false
  /// Whether a commit's file may be executed; of one in a directory the system is asked when it is opened.
  let isExecutable: Bool
  /// Whether it is a directory that a symbolic link leads to.
  let isLinked: Bool

  /// An entry of what a walk found, whose name begins at `nameOffset` of the plan's names.
  init(_ child: WalkedDirectory.Child, parent: Int32, nameOffset: Int) {
    byteCount = child.byteCount
    self.parent = parent
    rule = child.rule
    object = child.object
    nameStart = UInt32(nameOffset)
    nameCount = child.nameCount
    kind = child.kind
    format = child.format
    isFlagged = child.isFlagged
    isExecutable = child.isExecutable
    isLinked = child.isLinked
  }

  /// The same entry in the directory `parent`.
  init(_ entry: Entry, parent: Int32) {
    self.init(entry, parent: parent, rule: entry.rule, nameOffset: entry.nameOffset)
  }

  /// The same entry in another plan, whose name begins at `nameOffset` of the plan's names.
  init(_ entry: Entry, parent: Int32, rule: Int32, nameOffset: Int) {
    byteCount = entry.byteCount
    self.parent = parent
    self.rule = rule
    object = entry.object
    nameStart = UInt32(nameOffset)
    nameCount = entry.nameCount
    kind = entry.kind
    format = entry.format
    isFlagged = entry.isFlagged
    isExecutable = entry.isExecutable
    isLinked = entry.isLinked
  }

  /// Whether it is a directory.
  package var isDirectory: Bool { @inlinable get { if case .directory = kind { true } else { false } } }

  /// Where its last component begins in the plan's names, which end with a NUL each.
  var nameOffset: Int { Int(nameStart) }
}
