// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
package import SourceTree
internal import SystemIO

extension Diagnosis {
  /// What is wrong with a tree.
  package init(_ error: SourceTreeError) {
    if error.code == .interrupted {
      self = .interrupted
      return
    }
    let path = TerminalText.of(error.path)
    let target = TerminalText.of(error.target)
    let cause = error.system?.message ?? "it cannot be read"
    let isPlaced =
      switch error.code {
      case .noSuchCommit, .spool, .gitMissing, .resourceLimit: false
      default: true
      }
    let (message, help): (String, String?) =
      switch error.code {
      case .directoryNotFound where !error.detail.isEmpty:
        ("no such directory in commit \(error.detail.prefix(12))", nil)
      case .directoryNotFound: ("no such directory", Self.actorHelp(error.path))
      case .noRepository:
        (
          TerminalText.of(error.detail),
          "git init makes one; a commit (--commit, --changed-since) and the hook need it"
        )
      case .noSuchCommit: ("--commit \(path): no such commit; \(TerminalText.of(error.detail))", nil)
      case .brokenGitFile where error.system != nil:
        ("\(cause); git's ignore rules cannot be read", "make it readable")
      case .brokenGitFile where target.isEmpty:
        ("not a line \"gitdir: PATH\", so git's ignore rules are unknown", "repair or remove it")
      case .brokenGitFile:
        (
          "leads to \(target), where there is no repository, so git's ignore rules are unknown",
          "make that directory available, run git worktree repair there, or remove \(path)"
        )
      case .foreignOwner:
        (
          "the repository belongs to \(TerminalText.of(error.detail)), and git refuses to read it",
          "if you trust it: git config --global --add safe.directory \(path)"
        )
      case .ignoreFileNotText:
        ("not UTF-8 text (saved as UTF-16?), so its rules are unknown", "save it as UTF-8")
      case .ignoreFileNotRegular:
        ("not a regular file, so its rules are unknown", "put a text file in its place, or remove it")
      case .ignoreFileTooLarge: ("larger than 100 MiB, more than is read", "make it smaller")
      case .filteredFile:
        (
          "the attribute \(TerminalText.of(error.detail)) makes a checkout differ from the commit",
          "exclude it in .actorignore, push the work tree, or have git make a checkout of it with --filters"
        )
      case .filterFailed:
        ("git: \(TerminalText.of(error.detail))", "mend the filter, or exclude the file in .actorignore")
      case .malformedEntry:
        (
          "an entry of the commit that no checkout can have (\(TerminalText.of(error.detail)))",
          "run git fsck, and push another commit"
        )
      case .submodule:
        (
          "a submodule, whose files are not in the commit",
          "exclude it in .actorignore, or push the work tree"
        )
      case .lfsPointer:
        (
          "the commit has only a Git LFS pointer: a few lines that stand for the file",
          "have git-lfs fetch it with --filters, push the work tree after git lfs pull, or exclude it in .actorignore"
        )
      case .objectMissing:
        (
          "its content is not in this repository (a partial clone?)",
          "fetch it: git fetch --refetch --no-filter"
        )
      case .spool:
        (
          "cannot write the temporary file of the commit's contents: \(cause)",
          "set TMPDIR to another directory"
        )
      case .gitMissing: ("git is not installed, or not in PATH", "install git")
      case .gitFailed: ("git: \(TerminalText.of(error.detail))", nil)
      case .resourceLimit: ("git cannot be started: \(error.detail)", "raise the limit")
      case .gitBlocked:
        (
          "\(TerminalText.of(error.detail)), and git would wait for it",
          "remove it, or put a file in its place"
        )
      case .notADirectory: ("not a directory", nil)
      case .linkOutside:
        (
          "a symbolic link to \(target), out of the project",
          "ignore it, or follow it with --follow-external-links"
        )
      case .linkIntoGit: ("a symbolic link to \(target), into .git, which is never packaged", "ignore it")
      case .linkBroken:
        ("a broken symbolic link to \(target)", "ignore it, or leave it out with --skip-broken-links")
      case .linkCycle: ("a symbolic link to \(target) that forms a cycle", "ignore it")
      case .linkTooDeep:
        (
          "a symbolic link to \(target), whose path from the root has more than 4,095 bytes",
          "ignore it, or move the project up"
        )
      case .tooManyLinks:
        (
          "symbolic links show more than 100,000 directories, of which most are the same",
          "ignore the links"
        )
      case .fileTooLarge: ("the file is larger than a package may be", "ignore it")
      case .nameNotUTF8:
        ("the name is not valid UTF-8, which the platform requires", "rename or ignore it")
      case .pathTooLong: ("the path is longer than 65,534 bytes, as long as a zip can say", "ignore it")
      case .changed: ("changed while it was read; nothing was sent or kept", "try again")
      case .vanished: ("vanished while it was read; nothing was sent or kept", "try again")
      case _ where error.system?.isOutOfDescriptors == true:
        ("more files are open at a time than the system allows", "raise the limit (ulimit -n)")
      default: (cause, "make it readable or ignore it")
      }
    self.init(
      type: error.code.rawValue, at: isPlaced ? path : nil, message: message, help: help,
      status: Self.status(error.code), phase: "package")
  }

  private static func status(_ code: SourceTreeError.Code) -> ExitStatus {
    switch code {
    case .interrupted: .interrupted
    case .spool, .gitMissing, .gitFailed, .resourceLimit, .filterFailed: .failed
    default: .invalidInput
    }
  }
}

extension Diagnosis {
  /// That an Actor is named by an option, where `path` looks like the name of one.
  fileprivate static func actorHelp(_ path: [UInt8]) -> String? {
    let text = String(decoding: path, as: UTF8.self)
    let parts = text.split(separator: "/" as Character, omittingEmptySubsequences: false)
    guard parts.count == 2, !text.hasPrefix("."), ActorName.isValid(String(parts[1])), !parts[0].isEmpty
    else { return nil }
    return "where an Actor is meant, push and diff take --actor \(ShellText.word(text))"
  }
}
