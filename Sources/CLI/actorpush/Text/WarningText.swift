// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SourceTree
internal import SystemIO

/// Warnings of the walk in words.
enum WarningText {
  /// One line about `warning`.
  static func of(_ warning: WalkWarning) -> String {
    let path = TerminalText.of(warning.path)
    return switch warning.kind {
    case .specialFile: "\(path): a FIFO, socket or device, which has no content to send; left out"
    case .brokenLink: "\(path): a symbolic link that leads nowhere; left out"
    case .editorLock: "\(path): an editor's lock on an open file; left out"
    case .linkedWorktree:
      "\(path): a linked work tree of the same repository; left out, --include-worktrees packages it too"
    case .trackedFixedName:
      "\(path): left out by its name, although git tracks files in it; a line !/\(path) in .actorignore packages it"
    case .unreadable:
      "\(path): ignored, and not readable; what a ! line of .actorignore could bring back is left out"
    case .nestedRepository:
      "\(path): a git repository of its own, which the one around it does not know; packaged by its own rules, "
        + "ignore it if it should not be"
    case .missingSubmodule:
      "\(path): a submodule that is not checked out, an empty folder in the package; run git submodule update --init"
    case .brokenGitFile(let target):
      "\(path)/.git: leads to no repository\(target.isEmpty ? "" : " (\(TerminalText.of(target)))"); "
        + "its ignore rules are unknown, the directory is packaged like any other"
    case .lfsPointer: "\(path): only a Git LFS pointer, not the file; run git lfs pull"
    case .unknownFilter(let name):
      "\(path): has the filter \(TerminalText.of(name)), which is not configured here; packaged as the commit holds it"
    case .plainText(let attribute):
      "\(path): packaged as the commit holds it; a checkout differs by the attribute \(TerminalText.of(attribute))"
    case .rootIgnored(let rule):
      "\(TerminalText.of(rule)) would leave out the project itself; ignored"
    case .nothingToBringBack(let rule):
      "\(TerminalText.of(rule)) brings back nothing from this commit; what is built is not in it, "
        + "but actorpush push without --commit sends the work tree"
    case .cannotBringBack(let rule): "\(TerminalText.of(rule)) has no effect: \(path) is never packaged"
    case .ignoreFileNotText:
      "\(path): not UTF-8 text (saved as UTF-16?), so git obeys none of its rules; save it as UTF-8"
    case .ignoreFileNotRegular:
      "\(path): not a regular file, so git obeys none of its rules; put a text file in its place"
    case .ignoreFileUnreadable: "\(path): cannot be read, so none of its rules count; make it readable"
    case .ignoreFileTooLarge: "\(path): larger than 100 MiB, so git obeys none of its rules; make it smaller"
    case .undecidedSetting(let what, let cause):
      "\(path): \(TerminalText.of(what)) cannot be decided (\(TerminalText.of(cause))), so its rules may be missing"
    case .unknownIndex(let cause):
      "\(path): \(TerminalText.of(cause)); what git tracks although it is ignored is left out"
    }
  }
}
