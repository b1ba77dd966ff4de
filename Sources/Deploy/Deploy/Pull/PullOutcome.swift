// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import TreeMerge

/// What a pull has done, or would do.
package struct PullOutcome: Sendable {
  /// A file that was changed.
  package struct File: Sendable, Equatable {
    /// What became of it.
    package enum Change: String, Sendable {
      case added
      case updated
      case removed
      /// Both sides have changed its text, in different lines.
      case merged
      /// Only whether it may be executed.
      case mode
    }

    package let path: [UInt8]
    package let change: Change
  }

  /// A file that both sides have changed, and that has to be looked at.
  package struct Conflict: Sendable, Equatable {
    /// Why it could not be merged.
    package enum Reason: Sendable, Equatable {
      /// Both have changed the same lines: the file has both, between markers.
      case lines
      /// The same of a text of which it is not known what both had in common.
      case noBase
      /// It is text, and there is no git to merge it.
      case noGit
      /// What the trees tell.
      case tree(TreeMerge.Reason)
    }

    package let path: [UInt8]
    package let reason: Reason
    /// Where the platform's file lies; nil where the platform has none, or the file itself holds both.
    package let beside: [UInt8]?
    /// The rule that leaves out what is in the way, in words.
    package var rule: String?

    /// Whether the file has both, between markers.
    var hasMarkers: Bool { reason == .lines || reason == .noBase }
  }

  /// From what the changes of both sides were counted.
  package enum Base: Sendable, Equatable {
    /// Nothing: what differs is in conflict.
    case none
    /// What directory and version last had in common.
    case lastPush
    /// What was last pushed from this machine.
    case machine
    /// A commit's files.
    case commit(String)
    /// What a build was made of.
    case build
  }

  /// Something that is worth a warning.
  package enum Note: Sendable, Equatable {
    /// An earlier pull that was cut off has been undone first.
    case undone
    /// The file was changed after the pull that was undone, and stays; a copy of what it was lies there, if
    /// it was there before.
    case kept([UInt8], copy: [UInt8]?)
    /// Files that were written are in no package of the directory: so many, the first of them, its rule.
    case leftOut(count: Int, first: [UInt8], rule: String)
    /// What the platform has changed in these files gives way to yours, as was asked for.
    case overruled([[UInt8]])
    /// These files were replaced as a whole, as was asked for, with what was changed in them here: it is not
    /// known what both had in common.
    case replaced([[UInt8]])
    /// actor.json cannot be written, for this reason.
    case configuration(String)
    /// The secrets of these names are to be added to the user's secrets; of the known ones they have a value.
    case secrets([String], known: [String])
  }

  /// The Actor, `jane/my-actor`.
  package internal(set) var actorName = ""
  package internal(set) var actorID = ""
  package internal(set) var version = ""
  /// The number of the build that was pulled; nil for the version as it is now.
  package internal(set) var build: String?
  /// Where the files are.
  package internal(set) var directory: [UInt8] = []
  /// Whether the directory was made.
  package internal(set) var isNew = false
  package internal(set) var isDryRun = false
  package internal(set) var base = Base.none
  package internal(set) var files: [File] = []
  package internal(set) var conflicts: [Conflict] = []
  package internal(set) var settings: [SettingDifference] = []
  /// The tag that the version has, where actor.json has it, too, or is preferred; nil where neither is so.
  var commonTag: String?
  /// The values of the variables that the version has, where actor.json has them, too, or had them after an
  /// earlier pull; nil where actor.json says nothing that could be compared.
  var commonVariables: [String: String]?
  /// The tag that actor.json had, where another is written into it.
  var replacedTag: String?
  /// The values that actor.json had of variables of which others are written into it.
  var replacedVariables: [String: String] = [:]
  package internal(set) var notes: [Note] = []
  /// How many files the platform has.
  package internal(set) var fileCount = 0
  /// Whether anything in the directory is changed, be it a folder alone.
  var hasChanges = false
  /// Whether an earlier pull was undone, and nothing else done.
  package internal(set) var isAbort = false

  /// Nothing.
  package init() {}

  /// Whether nothing had to be done.
  package var isUpToDate: Bool {
    files.isEmpty && conflicts.isEmpty && !hasChanges && !settings.contains(where: \.isWritten)
      && !notes.contains { if case .overruled = $0 { true } else { false } }
  }
}
