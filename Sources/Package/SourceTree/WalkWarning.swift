// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// What a walk left out, or did not heed, that the owner of the tree may not expect.
package struct WalkWarning: Equatable, Sendable {
  package enum Kind: Equatable, Sendable {
    // What is left out.

    /// A FIFO, socket or device: it has no content to send.
    case specialFile
    /// A symbolic link that leads nowhere (only with the option to skip them).
    case brokenLink
    /// A symbolic link to nothing by which an editor marks that it has a file open.
    case editorLock
    /// A linked work tree of the repository around it.
    case linkedWorktree
    /// A directory that is left out by its name alone, although git tracks files in it.
    case trackedFixedName
    /// A tracked file that a sparse checkout has left out, the first of so many; no more than
    /// ``sparseLimit`` are counted.
    case sparseCheckout(count: Int)
    /// Files and directories that are left out as a person's, as the home directory is in the project; all of
    /// them, relative to the project directory.
    case personalFiles([[UInt8]])
    /// A directory that is ignored and can't be read; a line of .actorignore could have brought back
    /// something in it.
    case unreadable

    // What is in, and not as its owner may think.

    /// Another repository, which the one around it does not know.
    case nestedRepository
    /// A submodule that is not checked out: an empty directory.
    case missingSubmodule
    /// A `.git` file that leads to this path, where there is no repository: its directory is like any other.
    case brokenGitFile(target: [UInt8])
    /// A pointer to what Git LFS keeps elsewhere, in the place of a file.
    case lfsPointer
    /// A commit's file with a filter of this name, which the configuration here does not know.
    case unknownFilter(String)
    /// A commit's file whose text this attribute changes in a checkout; others have it as well.
    case plainText(String)

    // Rules that have no effect.

    /// A rule of a parent directory that leaves out the project directory itself: `rule` in words.
    case rootIgnored(rule: String)
    /// A `!` line of .actorignore that names something that is always left out.
    case cannotBringBack(rule: String)
    /// A `!` line of .actorignore that brings back nothing that a commit holds: build output, most likely.
    case nothingToBringBack(rule: String)
    /// An ignore file that is not text, so that git's reading of it is not what its author meant.
    case ignoreFileNotText
    /// A .gitignore that is a directory, link, FIFO, socket or device, which git does not read.
    case ignoreFileNotRegular
    /// An ignore file that can't be read.
    case ignoreFileUnreadable
    /// An ignore file that has more bytes than git takes.
    case ignoreFileTooLarge
    /// A setting of git's configuration file that only git can tell the meaning of, and git gave no answer.
    case undecidedSetting(String, cause: String)
    /// The index of the repository can't be read: what it tracks although it is ignored is left out.
    case unknownIndex(cause: String)
  }

  /// How many files of a sparse checkout are counted at the most.
  package static let sparseLimit = 1000

  package let kind: Kind
  /// The path, relative to the project directory, or absolute where it is not in there.
  package let path: [UInt8]

  package init(kind: Kind, path: [UInt8]) {
    self.kind = kind
    self.path = path
  }
}
