// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// What becomes of one path, without regard to others.
enum FileVerdict: Equatable {
  /// It stays as it is on this side.
  case keep
  /// Nothing is there any longer.
  case remove
  /// A directory is there.
  case directory
  /// A file with the content of that side is there; nil leaves the permissions.
  case file(TreeMerge.Source, isExecutable: Bool?)
  /// The sides contradict each other.
  case conflict(TreeMerge.Reason)

  /// Decides by what the path was, and is on both sides; nil stands for nothing.
  init(base: TreeNode?, mine: TreeNode?, theirs: TreeNode?) {
    switch (mine, theirs) {
    case (.file(let mine)?, .file(let theirs)?): self = Self.files(base, mine, theirs)
    case _ where mine == theirs || Self.isSame(theirs, base): self = .keep
    case (_, nil) where Self.isSame(mine, base): self = .remove
    case (_, .directory?) where Self.isSame(mine, base): self = .directory
    case (_, .file(let file)?) where Self.isSame(mine, base):
      self = .file(.theirs, isExecutable: file.isExecutable)
    // From here on both sides have changed it.
    case (.file?, nil):
      // A directory that became a file here and went there: the file is new.
      if case .file? = base { self = .conflict(.deletedThere) } else { self = .keep }
    case (.directory?, nil): self = .keep
    case (nil, .file(let file)?):
      if case .file? = base {
        self = .conflict(.deletedHere)
      } else {
        self = .file(.theirs, isExecutable: file.isExecutable)
      }
    case (nil, .directory?): self = .directory
    case (.directory?, .file?): self = .conflict(.directory)
    case (.file?, .directory?):
      if case .file? = base { self = .conflict(.deletedThere) } else { self = .conflict(.directory) }
    case (nil, nil), (.directory?, .directory?): self = .keep
    }
  }

  /// Both sides have a file.
  private static func files(_ base: TreeNode?, _ mine: TreeFile, _ theirs: TreeFile) -> FileVerdict {
    var old: TreeFile?
    if case .file(let file)? = base { old = file }
    let mode = Mode(base: old?.isExecutable, mine: mine.isExecutable, theirs: theirs.isExecutable)
    let isSameContent = mine.identity == theirs.identity
    if mode == .contradiction { return .conflict(.mode) }
    if isSameContent || theirs.identity == old?.identity {
      guard case .change(let isExecutable) = mode else { return .keep }
      return .file(.mine, isExecutable: isExecutable)
    }
    var isExecutable = theirs.isExecutable
    if case .keep(let kept) = mode { isExecutable = kept }
    if mine.identity == old?.identity { return .file(.theirs, isExecutable: isExecutable) }
    guard mine.isText, theirs.isText else { return .conflict(.binary) }
    return .file(.merged, isExecutable: isExecutable)
  }

  /// Whether two files may be executed or not is no difference where one of the trees does not tell.
  private static func isSame(_ one: TreeNode?, _ other: TreeNode?) -> Bool {
    guard case .file(let one)? = one, case .file(let other)? = other else { return one == other }
    guard one.identity == other.identity else { return false }
    guard let mode = one.isExecutable, let otherMode = other.isExecutable else { return true }
    return mode == otherMode
  }

  /// What becomes of the executable bit.
  private enum Mode: Equatable {
    case keep(Bool?)
    case change(Bool)
    case contradiction

    init(base: Bool?, mine: Bool?, theirs: Bool?) {
      guard let theirs, let mine, mine != theirs else {
        self = .keep(mine ?? theirs)
        return
      }
      switch base {
      case nil: self = .contradiction
      case mine?: self = .change(theirs)
      default: self = .keep(mine)
      }
    }
  }
}
