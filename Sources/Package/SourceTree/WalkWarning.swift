// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// What a walk left out, or did not heed, that the owner of the tree may not expect.
package struct WalkWarning: Equatable, Sendable {
  package enum Kind: Equatable, Sendable {
    /// A FIFO, socket or device: it has no content to send.
    case specialFile
    /// A symbolic link that leads nowhere (only with the option to skip them).
    case brokenLink
    /// A rule of a parent directory that leaves out the project directory itself: `rule` in words.
    case rootIgnored(rule: String)
    /// A `!` line of .actorignore that names something that is always left out.
    case cannotBringBack(rule: String)
    /// A `!` line of .actorignore that brings back nothing that a commit holds: build output, most likely.
    case nothingToBringBack(rule: String)
  }

  package let kind: Kind
  /// The path, relative to the project directory.
  package let path: [UInt8]
}
