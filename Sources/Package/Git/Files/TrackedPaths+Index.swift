// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

extension TrackedPaths {
  /// The paths that the index of `repository` names: read from its file where that can be, else by git, as
  /// for a split or sparse index. A missing index tracks nothing.
  ///
  /// - Throws: why there is no answer, neither from the file nor from git.
  package init(
    of repository: GitDirectories, _ config: GitConfig, _ environment: GitEnvironment
  ) throws(Git.Failure) {
    self.init(ignoringCase: config.ignoresCase)
    let path = Paths.join(repository.git, Array("index".utf8))
    guard let bytes = Paths.contents(path) else {
      if Paths.status(path) == nil { return }
      throw .failed(status: nil, message: "the index cannot be read")
    }
    do throws(GitIndex.Failure) {
      self = try GitIndex.paths(
        in: bytes.span, hashSize: config.hashSize, ignoringCase: config.ignoresCase)
    } catch {
      let git = Git(
        repository: repository.git, worktree: repository.worktree, variables: environment.variables)
      append(try git.output(["ls-files", "-t", "-s", "-z"]))
    }
  }

  /// Adds what `git ls-files -t -s -z` lists: "H 100644 0123… 0 TAB path NUL", with an "S" for what is not
  /// checked out.
  private mutating func append(_ listing: [UInt8]) {
    for record in listing.split(separator: 0) {
      guard let tab = record.firstIndex(of: UInt8(ascii: "\t")) else { continue }
      let path = record[(tab + 1)...]
      let fields = record[..<tab].split(separator: UInt8(ascii: " "))
      guard fields.count == 4 else { continue }
      append(Array(path).span, isSubmodule: fields[1].elementsEqual("160000".utf8))
      if fields[0].elementsEqual("S".utf8), Self.isIgnoreFile(path) {
        missingIgnoreFiles.append(MissingFile(path: Array(path), object: Array(fields[2])))
      }
    }
    finish()
  }
}
