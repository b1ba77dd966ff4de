// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import SystemIO

/// How a folder lies in its repository, as git itself finds it.
package struct RepositoryLocation: Sendable {
  /// Why no repository was found.
  package enum Failure: Error, Equatable {
    /// There is no such directory, and no commit could hold one of that name.
    case directoryNotFound([UInt8])
    /// The directory lies in no repository; what git said.
    case noRepository([UInt8], message: String)
    /// git gave no answer.
    case git(Git.Failure, [UInt8])
  }

  /// The repository's own folder, `.git`: of a linked work tree, that one's.
  package let directory: [UInt8]
  /// The top of the work tree; nil in a bare repository.
  package let worktree: [UInt8]?
  /// The way from there to the folder, without a "/" at its end; empty at the top.
  package let prefix: [UInt8]

  /// Finds the repository of `folder`, which need not exist: another commit may hold it.
  package init(
    of folder: [UInt8], variables: [String: String], cancellation: CancellationFlag? = nil
  ) throws(Failure) {
    var existing = folder.isEmpty ? [UInt8(ascii: ".")] : folder
    var missing: [ArraySlice<UInt8>] = []
    while Paths.status(existing)?.isDirectory != true {
      let trimmed = existing.last == UInt8(ascii: "/") ? existing.dropLast() : existing[...]
      missing.insert(trimmed[((trimmed.lastIndex(of: UInt8(ascii: "/")) ?? -1) + 1)...], at: 0)
      guard let above = Paths.parent(Array(trimmed)) else {
        existing = [UInt8(ascii: ".")]
        break
      }
      existing = above
    }
    guard !missing.contains(where: { $0.elementsEqual("..".utf8) }) else {
      throw .directoryNotFound(folder)
    }
    let git = Git(in: existing, variables: variables, cancellation: cancellation)
    let output: [UInt8]
    do throws(Git.Failure) {
      output = try git.output([
        "rev-parse", "--absolute-git-dir", "--is-bare-repository", "--show-cdup", "--show-prefix",
      ])
    } catch {
      if case .failed(_, let message) = error {
        throw Failure.noRepository(folder, message: message)
      }
      throw Failure.git(error, folder)
    }
    let lines = output.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map {
      Array($0)
    }
    guard lines.count >= 4, let directory = lines.first else {
      throw .noRepository(folder, message: "git names no repository")
    }
    self.directory = directory
    let isBare = lines[1].elementsEqual("true".utf8)
    worktree =
      isBare ? nil : try? Paths.resolved(lines[2].isEmpty ? existing : Paths.join(existing, lines[2]))
    var way = lines[3].split(separator: UInt8(ascii: "/"))
    way += missing.filter { !$0.isEmpty && !$0.elementsEqual(".".utf8) }
    prefix = Array(way.joined(separator: [UInt8(ascii: "/")]))
  }
}
