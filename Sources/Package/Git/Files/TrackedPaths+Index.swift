// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

extension TrackedPaths {
  /// The paths that the index of `repository` names: read from its file where that can be, else by git, as
  /// for a split or sparse index. An index that can't be read tracks nothing, as a missing one.
  package init(of repository: GitDirectories, _ config: GitConfig, _ environment: GitEnvironment) {
    self.init(ignoringCase: config.ignoresCase)
    guard let bytes = Paths.contents(Paths.join(repository.git, Array("index".utf8))) else { return }
    do throws(GitIndex.Failure) {
      self = try GitIndex.paths(
        in: bytes.span, hashSize: config.hashSize, ignoringCase: config.ignoresCase)
    } catch {
      let git = Git(
        repository: repository.git, worktree: repository.worktree, variables: environment.variables)
      if let listing = try? git.output(["ls-files", "-s", "-z"]) { append(listing) }
    }
  }

  /// Adds what `git ls-files -s -z` lists: "100644 0123… 0 TAB path NUL".
  private mutating func append(_ listing: [UInt8]) {
    for record in listing.split(separator: 0) {
      guard let tab = record.firstIndex(of: UInt8(ascii: "\t")) else { continue }
      append(Array(record[(tab + 1)...]).span, isSubmodule: record.starts(with: "160000 ".utf8))
    }
    finish()
  }
}
