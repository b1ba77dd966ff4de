// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// One folder or file of a plan: 40 bytes and its name.
package struct Entry: Sendable {
  /// Folder or file.
  package enum Kind: Sendable {
    /// A folder.
    case folder
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

  /// Folder or file.
  package let kind: Kind
  /// How it would be sent, where the walk read it.
  package internal(set) var format: Format?
  /// Whether a commit's file may be executed; of one in a folder the system is asked when it is opened.
  let isExecutable: Bool
  /// The folder it lies in, by its index in the plan; -1 at the top.
  package let parent: Int32
  /// Why it is in, by the index in the plan's rules; -1 where nothing speaks about it.
  package let rule: Int32
  /// Which of a commit's objects it is; -1 in a folder.
  let object: Int32
  /// Where its last component begins in the plan's names, which end with a NUL each.
  let nameOffset: Int
  /// How many bytes its last component has.
  let nameCount: UInt16
  /// Its size in bytes where the walk read it, else -1.
  package internal(set) var byteCount: Int
}
