// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import ApifyAPI

/// Why a pull did not do what it was asked to. Files that it had changed by then are what they were,
/// but for those of ``halfUndone``.
package enum PullError: Error, Sendable, Equatable {
  /// The source of what is pulled lies elsewhere; it is not fetched from there.
  case sourceElsewhere(SourceType, url: String?)
  /// A name of the version must not be written, for this reason.
  case unsafeName([UInt8], String)
  /// The version as a whole must not be written, for this reason.
  case unsafeVersion(String)
  /// Conflicts of the last pull stand in these files of the directory.
  case conflictsStand([[UInt8]], directory: [UInt8])
  /// A pull into the directory was cut off, or goes on; or one that makes the directory.
  case unfinished([UInt8], isNew: Bool)
  /// A pull into the directory has failed by the `cause`, and the `obstacle` was in the way of undoing it.
  case halfUndone([UInt8], isNew: Bool, cause: String, obstacle: String)
  /// The journal of such a pull cannot be read.
  case unreadableJournal([UInt8])
  /// Another process pulls into the directory.
  case busy([UInt8])
  /// There is no pull that could be undone.
  case nothingToUndo([UInt8])
  /// A new directory was asked for, and something is in it already.
  case directoryNotEmpty([UInt8])
  /// The file has become another one during the pull.
  case changedMeanwhile([UInt8])
  /// There is no place for a journal.
  case noStateDirectory
}
