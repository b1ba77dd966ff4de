// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SourceTree
internal import SystemIO

/// Warnings of the walk in words.
extension Warning {
  init(_ warning: WalkWarning) {
    let path = TerminalText.of(warning.path)
    let (cause, remedy): (String, String?) =
      switch warning.kind {
      case .specialFile: ("a FIFO, socket or device has no content to send; left out", nil)
      case .brokenLink: ("a symbolic link that leads nowhere; left out", nil)
      case .editorLock: ("an editor's lock on an open file; left out", nil)
      case .linkedWorktree:
        ("a linked work tree of the same repository; left out", "--include-worktrees packages it too")
      case .trackedFixedName:
        (
          "left out by its name, although git tracks files in it",
          Self.broughtBack(warning.path)
        )
      case .personalFiles(let paths):
        (
          "personal files, as HOME or an XDG directory is in the project: "
            + paths.map { TerminalText.of($0) }.joined(separator: ", ") + "; left out",
          "a line such as !/\(path) in .actorignore packages them"
        )
      case .unreadable:
        (
          "ignored, and not readable; what a ! line of .actorignore could bring back is left out",
          "make it readable, or anchor that line with a slash"
        )
      case .nestedRepository:
        (
          "a git repository of its own, which the one around it does not know; packaged by its own rules",
          "ignore it if it should not be in"
        )
      case .sparseCheckout(let count):
        (
          Self.sparse(count) + "; left out",
          "git sparse-checkout disable, or add their directories; --commit HEAD packages what the commit holds"
        )
      case .missingSubmodule:
        ("a submodule that is not checked out: an empty folder", "git submodule update --init")
      case .brokenGitFile(let target):
        (
          "leads to no repository\(target.isEmpty ? "" : " (\(TerminalText.of(target)))"): its ignore rules are "
            + "unknown, the directory is packaged like any other", "repair or remove it"
        )
      case .lfsPointer:
        (
          "only a Git LFS pointer: a few lines that stand for the file, which is not fetched",
          "git lfs pull fetches it; install git-lfs first where git does not know lfs"
        )
      case .unknownFilter(let name):
        (
          "has the filter \(TerminalText.of(name)), which is not configured here; packaged as the commit holds it",
          nil
        )
      case .plainText(let attribute):
        (
          "packaged as the commit holds it; a checkout differs by the attribute \(TerminalText.of(attribute))",
          "--filters packages what a checkout makes of it"
        )
      case .rootIgnored(let rule):
        ("\(TerminalText.of(rule)) would leave out the project itself; ignored", nil)
      case .nothingToBringBack(let rule):
        (
          "\(TerminalText.of(rule)) brings back nothing from this commit; what is built is not in it",
          "actorpush push without --commit sends the work tree"
        )
      case .cannotBringBack(let rule): ("\(TerminalText.of(rule)) has no effect: it is never packaged", nil)
      case .ignoreFileNotText:
        ("not UTF-8 text (saved as UTF-16?), so git obeys none of its rules", "save it as UTF-8")
      case .ignoreFileNotRegular:
        ("not a regular file, so git obeys none of its rules", "put a text file in its place")
      case .ignoreFileUnreadable: ("cannot be read, so none of its rules count", "make it readable")
      case .ignoreFileTooLarge:
        ("larger than 100 MiB, so git obeys none of its rules", "make it smaller")
      case .undecidedSetting(let what, let cause):
        (
          "\(TerminalText.of(what)) cannot be decided (\(TerminalText.of(cause))), so its rules may be missing",
          nil
        )
      case .unknownIndex(let cause):
        ("\(TerminalText.of(cause)); what git tracks although it is ignored is left out", nil)
      }
    self.init(cause, at: Self.place(warning.kind, path), remedy: remedy)
  }

  /// How many files a sparse checkout has left out.
  private static func sparse(_ count: Int) -> String {
    if count == 1 { return "a tracked file that is not checked out (sparse checkout)" }
    let more = count < WalkWarning.sparseLimit ? "" : " or more"
    return "\(count)\(more) tracked files that are not checked out (sparse checkout), this one first"
  }

  /// Where it is; nil where the rule that the cause names says it.
  private static func place(_ kind: WalkWarning.Kind, _ path: String) -> String? {
    switch kind {
    case .rootIgnored, .nothingToBringBack, .personalFiles: nil
    case .brokenGitFile: path + "/.git"
    default: path
    }
  }

  /// Which line brings `path` back, of the .actorignore that lies beside it.
  private static func broughtBack(_ path: [UInt8]) -> String {
    let directory = Paths.parent(path).map { $0 + [UInt8(ascii: "/")] } ?? []
    let name = TerminalText.of(Array(path.dropFirst(directory.count)))
    return "a line !/\(name) in \(TerminalText.of(directory)).actorignore packages it"
  }
}
