// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import Git
package import SystemIO

/// Why a tree can't be packaged: what is wrong with which path.
package struct SourceTreeError: Error, Equatable, Sendable {
  /// The kinds of trouble; `rawValue` is what scripts see.
  package struct Code: RawRepresentable, Hashable, Sendable {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }

    package static let directoryNotFound = Code(rawValue: "folder-not-found")
    package static let notADirectory = Code(rawValue: "not-a-folder")
    /// The system refuses to open or read it.
    package static let unreadable = Code(rawValue: "unreadable")
    /// A symbolic link to something that lies outside of the project directory.
    package static let linkOutside = Code(rawValue: "link-outside")
    /// A symbolic link into a .git directory, which is never packaged.
    package static let linkIntoGit = Code(rawValue: "link-into-git")
    package static let linkBroken = Code(rawValue: "link-broken")
    /// A symbolic link to a directory that it lies in, or to itself.
    package static let linkCycle = Code(rawValue: "link-cycle")
    /// A symbolic link to a path that is longer than the system can say.
    package static let linkTooDeep = Code(rawValue: "link-too-deep")
    /// Symbolic links to directories that lead to each other show too many of them.
    package static let tooManyLinks = Code(rawValue: "too-many-links")
    /// A file that is larger than the package may be; `detail` is its size in bytes.
    package static let fileTooLarge = Code(rawValue: "file-too-large")
    /// A name that is not UTF-8.
    package static let nameNotUTF8 = Code(rawValue: "name-not-utf8")
    /// A path that is longer than ``SourceTreeError/longestPath``.
    package static let pathTooLong = Code(rawValue: "path-too-long")
    /// A file that changed while it was read.
    package static let changed = Code(rawValue: "file-changed")
    /// A file that was there and is gone.
    package static let vanished = Code(rawValue: "file-vanished")
    /// A commit was asked for where there is no repository.
    package static let noRepository = Code(rawValue: "no-repository")
    /// A `.git` that leads to no repository, or to one that can't be read.
    package static let brokenGitFile = Code(rawValue: "broken-git-file")
    /// A repository that belongs to another user, so that git refuses to read it; `detail` is whose it is.
    package static let foreignOwner = Code(rawValue: "foreign-owner")
    /// An .actorignore that is not text.
    package static let ignoreFileNotText = Code(rawValue: "ignore-file-not-text")
    /// An .actorignore that is a directory, FIFO, socket or device.
    package static let ignoreFileNotRegular = Code(rawValue: "ignore-file-not-regular")
    /// An .actorignore that has more bytes than are read.
    package static let ignoreFileTooLarge = Code(rawValue: "ignore-file-too-large")
    /// There is no such commit; `path` is what was asked for.
    package static let noSuchCommit = Code(rawValue: "no-such-commit")
    /// Another repository's commit in the place of files.
    package static let submodule = Code(rawValue: "submodule")
    /// A pointer to what Git LFS keeps elsewhere in the place of a file.
    package static let lfsPointer = Code(rawValue: "lfs-pointer")
    /// A file that the attribute in `detail` changes when it is checked out.
    package static let filteredFile = Code(rawValue: "filtered-file")
    /// A filter that git was to run has failed; `detail` says what git says.
    package static let filterFailed = Code(rawValue: "filter-failed")
    /// An entry of a commit that no checkout could make; `detail` says why.
    package static let malformedEntry = Code(rawValue: "malformed-entry")
    /// A content that the repository does not have, as in a partial clone.
    package static let objectMissing = Code(rawValue: "object-missing")
    /// The temporary file for a commit's contents can't be written.
    package static let spool = Code(rawValue: "spool-not-writable")
    package static let gitMissing = Code(rawValue: "git-missing")
    /// git ended otherwise than well.
    package static let gitFailed = Code(rawValue: "git-failed")
    /// The system lets this process have too little to start git; `detail` is what.
    package static let resourceLimit = Code(rawValue: "resource-limit")
    /// A file that git would not have done with; `detail` is its kind.
    package static let gitBlocked = Code(rawValue: "git-blocked")
    package static let interrupted = Code(rawValue: "interrupted")
  }

  /// How many bytes a path in a package may have: the name of a zip's member, with a "/" behind a folder's,
  /// has a length of two bytes (APPNOTE 4.4.10).
  static let longestPath = Int(UInt16.max) - 1

  package let code: Code
  /// The path, relative to the project directory (the directory itself: as it was given).
  package let path: [UInt8]
  /// Where a symbolic link points, as written in it.
  package let target: [UInt8]
  /// What the system said.
  package let system: SystemError?
  /// What git said, or the commit that it is about.
  package let detail: String

  package init(
    _ code: Code, path: [UInt8], target: [UInt8] = [], system: SystemError? = nil, detail: String = ""
  ) {
    self.code = code
    self.path = path
    self.target = target
    self.system = system
    self.detail = detail
  }

  /// Why git gave no answer about `path`.
  package init(_ error: Git.Failure, path: [UInt8]) {
    switch error {
    case .missing: self.init(Code.gitMissing, path: path)
    case .failed(_, let message): self.init(Code.gitFailed, path: path, detail: message)
    case .interrupted: self.init(Code.interrupted, path: path)
    case .blocking(let file): self.init(file)
    case .resources(let shortage): self.init(Code.resourceLimit, path: path, detail: shortage)
    case .tooLate: self.init(Code.gitFailed, path: path, detail: error.message ?? "")
    }
  }

  private init(_ file: BlockingFile) { self.init(Code.gitBlocked, path: file.path, detail: file.kind) }

  /// Why a directory's repository was not found.
  package init(_ failure: RepositoryLocation.Failure) {
    switch failure {
    case .directoryNotFound(let path): self.init(Code.directoryNotFound, path: path)
    case .noRepository(let path, let message): self.init(Code.noRepository, path: path, detail: message)
    case .foreignOwner(let path, let owner): self.init(Code.foreignOwner, path: path, detail: owner)
    case .git(let error, let path): self.init(error, path: path)
    }
  }

  /// Why git works in no directory below a `.git`.
  init(_ file: BrokenGitFile) {
    switch file.cause {
    case .leadsNowhere(let target): self.init(Code.brokenGitFile, path: file.path, target: target)
    case .malformed: self.init(Code.brokenGitFile, path: file.path)
    case .unreadable(let error): self.init(Code.brokenGitFile, path: file.path, system: error)
    case .blocking(let file): self.init(file)
    }
  }
}
