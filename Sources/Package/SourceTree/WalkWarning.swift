// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Something that a walk passed over and that somebody may want to know.
package struct WalkWarning: Equatable, Sendable {
  /// What was passed over.
  package enum Kind: Equatable, Sendable {
    /// A FIFO, socket or device: it has no content to send.
    case specialFile
    /// A symbolic link that leads nowhere (only with the option to skip them).
    case brokenLink
    /// A rule of a parent folder that leaves out the pushed folder itself: `rule` in words.
    case rootIgnored(rule: String)
    /// A `!` line of .actorignore that names something that is always left out.
    case cannotBringBack(rule: String)
    /// A `!` line of .actorignore that brings back nothing that a commit holds: build output, most likely.
    case nothingToBringBack(rule: String)
  }

  /// What it is about.
  package let kind: Kind
  /// The path, relative to the pushed folder.
  package let path: [UInt8]
}
