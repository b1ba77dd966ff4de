// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import SourcePackage
internal import SourceTree
internal import SystemIO

/// An error as it is shown: to people as one line, to scripts as a type, to the shell as a status.
struct Failure: Error {
  /// What scripts see as the type.
  let type: String
  /// One line: the path or field, the cause, the way out.
  let message: String
  /// How the program ends.
  let status: ExitStatus
  /// How far it had come: "arguments", "project", "package", "platform", "build", "output".
  let phase: String
  /// What `--json` prints instead of the failure alone, where more is known.
  var report: (any Report)?

  init(type: String, message: String, status: ExitStatus, phase: String) {
    self.type = type
    self.message = message
    self.status = status
    self.phase = phase
  }
}

extension Failure {
  /// What is wrong with a project's files.
  init(_ error: ProjectError) {
    var place = TerminalText.of(error.file)
    if let position = error.position { place += ":\(position.line):\(position.column)" }
    let status: ExitStatus =
      switch error.code {
      case .noActor: .nothingToPush
      case .noToken: .failed
      default: .invalidInput
      }
    self.init(
      type: error.code.rawValue, message: place.isEmpty ? error.reason : place + ": " + error.reason,
      status: status, phase: "project")
  }

  /// What is wrong with a tree.
  init(_ error: SourceTreeError) {
    if error.code == .interrupted {
      self = .interrupted
      return
    }
    let path = TerminalText.of(error.path)
    let target = TerminalText.of(error.target)
    let cause = error.system?.message ?? "it can't be read"
    let message =
      switch error.code {
      case .folderNotFound where !error.detail.isEmpty:
        "\(path): no such folder in commit \(error.detail.prefix(12))"
      case .folderNotFound: "\(path): no such folder"
      case .noRepository: "\(path): a commit is taken from a git repository; \(TerminalText.of(error.detail))"
      case .noSuchCommit: "--commit \(path): no such commit; \(TerminalText.of(error.detail))"
      case .submodule:
        "\(path): a submodule, whose files are not in the commit; leave it out by .actorignore, or push the work tree"
      case .lfsPointer:
        "\(path): in the commit there is only a Git LFS pointer; leave it out by .actorignore, or push the work tree"
      case .objectMissing:
        "\(path): its content is not in this repository (a partial clone?); fetch it: git fetch --refetch --no-filter"
      case .spool: "the temporary file for the commit's contents: \(cause); TMPDIR names another place for it"
      case .gitMissing: "git is not installed, or not in PATH; without it no commit can be read"
      case .gitFailed: "\(path): git: \(TerminalText.of(error.detail))"
      case .notAFolder: "\(path): not a folder; name the project's folder"
      case .linkOutside:
        "\(path): a symbolic link to \(target), out of the pushed folder; ignore it, or follow it with --follow-external-links"
      case .linkIntoGit:
        "\(path): a symbolic link to \(target), into .git, which is never packaged; ignore it"
      case .linkBroken:
        "\(path): a symbolic link to \(target), where there is nothing; ignore it, or pass over it with --skip-broken-links"
      case .linkCycle:
        "\(path): a symbolic link to \(target) that leads back to itself or to a folder it lies in; ignore it"
      case .nameNotUTF8: "\(path): the name is not UTF-8, which the platform needs; rename or ignore it"
      case .changed: "\(path): changed while it was read; nothing was sent or kept, try again"
      case .vanished: "\(path): was there and is gone; nothing was sent or kept, try again"
      default: "\(path): \(cause); make it readable or ignore it"
      }
    self.init(
      type: error.code.rawValue, message: message, status: Self.status(error.code), phase: "package")
  }

  private static func status(_ code: SourceTreeError.Code) -> ExitStatus {
    switch code {
    case .interrupted: .interrupted
    case .spool, .gitMissing, .gitFailed: .failed
    default: .invalidInput
    }
  }

  /// Why a package was not made; `output` is what it was written to.
  init(_ error: PackageError, output: String) {
    switch error {
    case .source(let error): self.init(error)
    case .output(let error): self.init(output: output, error)
    case .overLimit:
      self.init(
        type: "package-too-large", message: "the package is larger than was asked for", status: .invalidInput,
        phase: "package")
    case .interrupted: self = .interrupted
    }
  }

  /// Somebody has stopped it.
  static let interrupted = Failure(
    type: "interrupted", message: "interrupted", status: .interrupted, phase: "package")

  /// Why `output` can't be written.
  init(output: String, _ error: SystemError) {
    self.init(
      type: error.code == EPIPE ? "broken-pipe" : "output-not-writable",
      message: "\(TerminalText.of(output)): \(error.message)",
      status: error.code == EPIPE ? .brokenPipe : .failed,
      phase: "output")
  }
}

extension Failure {
  /// That the folder itself is missing, or no folder: said before anything about what should be in it. Nil
  /// where it is there.
  init?(missingFolder folder: String) {
    do throws(SystemError) {
      let status = try Paths.status(CString(folder))
      if status.isFolder { return nil }
      self.init(SourceTreeError(.notAFolder, path: Array(folder.utf8)))
    } catch {
      self.init(
        SourceTreeError(
          error.code == ENOENT ? .folderNotFound : .unreadable, path: Array(folder.utf8), system: error))
    }
  }
}
