// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// The merge of what two sides have made of a tree: what has to be done to one side, "mine", so that it holds
/// the changes of both.
///
/// Where the sides contradict each other mine stays, and what theirs is goes beside it under another name.
package struct TreeMerge: Sendable {
  /// Whose content a file gets.
  package enum Source: Sendable, Equatable {
    /// The one that it has.
    case mine
    /// That of the other side.
    case theirs
    /// What a merge of both texts gives.
    case merged
  }

  /// Why a path cannot be merged.
  package enum Reason: Sendable, Equatable {
    /// Both have changed it, and it is not text.
    case binary
    /// Both have added it, and it may be executed on one side only.
    case mode
    /// Changed here, deleted there.
    case deletedThere
    /// Deleted here, changed there.
    case deletedHere
    /// A file on one side and a directory on the other.
    case directory
    /// Something is in the way that is in no tree.
    case leftOut
    /// A symbolic link is here: what it leads to is not the path's own.
    case link
    /// This other name is here, and the file system takes both for one.
    case twin([UInt8])
  }

  /// What is done about a path.
  package enum Action: Sendable, Equatable {
    /// The file goes.
    case remove
    /// The directory goes, where it is empty by then.
    case removeDirectory
    /// The directory is made.
    case makeDirectory
    /// The file is written; `isExecutable` nil leaves its permissions, or those that a new file gets.
    case write(Source, isExecutable: Bool?)
    /// Mine stays as it is. What theirs is goes to the path `beside`; nil where theirs is nothing.
    case conflict(Reason, beside: [UInt8]?)
  }

  /// One thing to do.
  package struct Step: Sendable, Equatable {
    /// The path.
    package let path: [UInt8]
    /// What is done.
    package let action: Action
  }

  /// Which side a contradiction is decided for.
  package enum Preference: Sendable {
    case none
    case mine
    case theirs
  }

  /// What else is known of the place where the merged tree is to be.
  package struct Place: Sendable {
    /// Paths that are there and that no step may touch, with what they are: `link` or `leftOut`.
    package var obstacles: [[UInt8]: Reason] = [:]
    /// Whether names that differ in case or in Unicode normalisation alone are one.
    package var foldsNames = false
    /// What is put behind the name of a file that goes beside another.
    package var suffix = Array(".theirs".utf8)
    /// Whether nothing has this name yet.
    package var isFree: @Sendable (_ path: [UInt8]) -> Bool = { _ in true }

    /// A place of which nothing is known.
    package init() {}
  }

  /// What is done, in the order in which it can be.
  package let steps: [Step]

  /// Merges what `mine` and `theirs` have made of `base`; without a base, an empty one.
  package init(
    base: Tree, mine: Tree, theirs: Tree, preferring preference: Preference = .none, at place: Place = Place()
  ) {
    var merger = TreeMerger(base: base, mine: mine, theirs: theirs, preference: preference, place: place)
    steps = merger.steps()
  }

  /// The steps that are conflicts.
  package var conflicts: [Step] {
    steps.filter { if case .conflict = $0.action { true } else { false } }
  }
}
