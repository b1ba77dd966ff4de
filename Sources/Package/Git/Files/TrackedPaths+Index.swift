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

  /// Whether the index of `repository` can say of a file that it is not in the work tree: a sparse checkout
  /// does, and `git update-index --skip-worktree`. Only extended entries say so. Version 2 has none, but a
  /// shared index beside it may.
  package static func canMissFiles(in repository: GitDirectories) -> Bool {
    let path = Paths.join(repository.git, Array("index".utf8))
    guard let file = try? Descriptor.open(CString(path), as: .fileThroughLinks),
      (try? file.status().isRegular) == true, let header = try? file.bytes(at: 0, count: 8), header.count == 8
    else { return false }
    return header[4...] != [0, 0, 0, 2] || hasSharedIndex(repository.git)
  }

  private static func hasSharedIndex(_ directory: [UInt8]) -> Bool {
    var scanner = DirectoryScanner()
    guard let directory = try? Descriptor.open(CString(directory), as: .directoryThroughLinks),
      (try? scanner.scan(directory)) != nil
    else { return false }
    for name in scanner.names {
      guard let text = try? UTF8Span(validating: scanner.bytes(of: name)) else { continue }
      if String(copying: text).hasPrefix("sharedindex.") { return true }
    }
    return false
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
      guard fields[0].elementsEqual("S".utf8) else { continue }
      skipped += path + [0]
      if Self.isIgnoreFile(path) {
        missingIgnoreFiles.append(MissingFile(path: Array(path), object: Array(fields[2])))
      }
    }
    finish()
  }
}
