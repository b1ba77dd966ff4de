// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import SystemIO

/// Where a directory lies in its repository, as git itself finds it: git is asked wherever the repository is
/// not as most are (`PlainRepository`).
package struct RepositoryLocation: Sendable {
  /// Why no repository was found.
  package enum Failure: Error, Equatable {
    /// There is no such directory, and no commit could hold one of that name.
    case directoryNotFound([UInt8])
    /// The directory lies in no repository, for the reason that `message` gives.
    case noRepository([UInt8], message: String)
    /// The repository belongs to another user, and git refuses to read it (`safe.directory`): `owner` in
    /// words.
    case foreignOwner([UInt8], owner: String)
    /// git gave no answer.
    case git(Git.Failure, [UInt8])
  }

  /// The repository's own directory, `.git`; of a linked work tree that one's, below `.git/worktrees`.
  package let directory: [UInt8]
  /// The top of the work tree; nil in a bare repository.
  package let worktree: [UInt8]?
  /// The path from there to the directory, without a "/" at its end; empty at the top.
  package let prefix: [UInt8]
  /// The name of the commit that was asked for, where it was found on the way; nil says nothing, and nothing
  /// is said of whether the repository has it.
  package let commit: String?

  /// Finds the repository of `path`, which need not exist: another commit may hold it.
  ///
  /// - Parameters:
  ///   - top: the top of the repository's work tree, where what `path` names below it is meant, whatever that
  ///     tree has there: a link, another repository, nothing.
  ///   - revision: names a commit that is looked for in the same go.
  ///   - variables: git's environment. Where they name a repository, as in a hook, that one counts.
  package init(
    of path: [UInt8], below top: [UInt8]? = nil, andCommit revision: String? = nil,
    variables: [String: String], cancellation: CancellationFlag? = nil
  ) throws(Failure) {
    let (existing, missing) = top.flatMap { Self.split(path, below: $0) } ?? Self.split(path)
    guard !missing.contains(where: { $0.elementsEqual("..".utf8) }) else { throw .directoryNotFound(path) }
    if let plain = PlainRepository(of: existing, variables: variables) {
      (directory, worktree) = (plain.directory, plain.worktree)
      let components = [plain.prefix[...]].filter { !$0.isEmpty } + missing
      prefix = Array(components.joined(separator: [UInt8(ascii: "/")]))
      commit = revision == "HEAD" ? plain.head : nil
      return
    }
    let git = Git(findingFrom: existing, variables: variables, cancellation: cancellation)
    let questions = ["--absolute-git-dir", "--is-bare-repository", "--show-cdup", "--show-prefix"]
    let question = ["rev-parse"] + questions
    var lines: [ArraySlice<UInt8>] = []
    do throws(Git.Failure) {
      // Variables that name another repository, or other objects, do not count where the commit is read.
      if let revision, !revision.hasPrefix("-"), Git.localVariables.isDisjoint(with: variables.keys) {
        lines = try Self.lines(git, question + [revision + "^{commit}"], orNone: true)
      }
      commit = Self.commit(in: lines)
      if commit == nil {
        lines = try Self.lines(git, question)
      } else {
        // What stands before it is the answer of a git that is asked for the repository alone.
        lines.remove(at: lines.count - 2)
      }
      if !Self.isLineEach(lines) {
        // A path has newlines: of several answers none is known to end where a line does.
        lines = []
        for question in questions { lines.append(try git.output(["rev-parse", question]).dropLast()) }
      }
    } catch {
      if let foreign = Self.foreignOwner(error, from: existing) { throw foreign }
      if case .failed(_, let message) = error { throw .noRepository(path, message: message) }
      throw .git(error, path)
    }
    guard lines.count >= 4 else { throw .noRepository(path, message: "git names no repository") }
    directory = Array(lines[0])
    if lines[1].elementsEqual("true".utf8) {
      worktree = nil
      if variables["GIT_DIR"] == nil, let outer = Self.worktree(holding: directory) {
        let shown = String(decoding: outer, as: UTF8.self)
        throw .noRepository(path, message: "a bare repository in the work tree \(shown) is not trusted")
      }
    } else {
      worktree = try? Paths.resolved(lines[2].isEmpty ? existing : Paths.join(existing, Array(lines[2])))
    }
    let components = lines[3].split(separator: UInt8(ascii: "/")) + missing
    prefix = Array(components.joined(separator: [UInt8(ascii: "/")]))
  }

  /// The lines that git answers; with `orNone` no lines where it has no answer.
  private static func lines(
    _ git: Git, _ question: [String], orNone: Bool = false
  ) throws(Git.Failure) -> [ArraySlice<UInt8>] {
    do throws(Git.Failure) {
      return try git.output(question).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    } catch {
      if orNone, case .failed = error { return [] }
      throw error
    }
  }

  /// Whether each of the four answers is a line of `lines`; a bare repository has no way up to its top, nor
  /// has a directory in a repository.
  private static func isLineEach(_ lines: [ArraySlice<UInt8>]) -> Bool {
    guard (4...5).contains(lines.count) else { return lines.count < 4 }
    let isTruth = { (line: ArraySlice<UInt8>) in
      line.elementsEqual("true".utf8) || line.elementsEqual("false".utf8)
    }
    return isTruth(lines[1]) && !isTruth(lines[2])
  }

  /// The object's name that ends `lines`; nil where there are several, as of a range.
  private static func commit(in lines: [ArraySlice<UInt8>]) -> String? {
    func isName(_ line: ArraySlice<UInt8>) -> Bool {
      (line.count == 40 || line.count == 64) && line.allSatisfy { Hex.value(of: $0) != nil }
    }
    let said = lines.dropLast()
    guard let last = said.last, isName(last), lines.last?.isEmpty == true,
      !said.dropLast().contains(where: { isName($0) || $0.first == UInt8(ascii: "^") })
    else { return nil }
    return String(decoding: last, as: UTF8.self)
  }

  /// `top`, and the components of `path` below it; nil where it lies elsewhere.
  private static func split(
    _ path: [UInt8], below top: [UInt8]
  ) -> (existing: [UInt8], missing: [ArraySlice<UInt8>])? {
    guard let rest = Paths.relative(path, to: top) else { return nil }
    return (top, rest.split(separator: UInt8(ascii: "/")).filter { !$0.elementsEqual(".".utf8) })
  }

  /// The longest part of `path` that is a directory, and the components below it.
  private static func split(_ path: [UInt8]) -> (existing: [UInt8], missing: [ArraySlice<UInt8>]) {
    var existing = path.isEmpty ? [UInt8(ascii: ".")] : path
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
    return (existing, missing.filter { !$0.isEmpty && !$0.elementsEqual(".".utf8) })
  }

  /// The top of the work tree that holds `directory`, a bare repository. Such a one may have come with that
  /// tree's files, and its configuration with it.
  private static func worktree(holding directory: [UInt8]) -> [UInt8]? {
    guard let resolved = try? Paths.resolved(directory), let above = Paths.parent(resolved) else {
      return nil
    }
    // The `.git` of a directory can point to a bare repository in it, which keeps work trees beside itself.
    guard let outer = try? GitDirectories.containing(above), (try? Paths.resolved(outer.git)) != resolved
    else { return nil }
    return outer.worktree
  }

  /// What git's refusal to read another user's repository means, in words: git names the directory, and says
  /// nothing of its owner.
  private static func foreignOwner(_ error: Git.Failure, from directory: [UInt8]) -> Failure? {
    let beginning = "detected dubious ownership in repository at '"
    guard case .failed(_, let message) = error, message.hasPrefix(beginning) else { return nil }
    // The path, which is quoted but not escaped; advice may follow.
    let rest = message.dropFirst(beginning.count)
    let end = rest.indices.first { rest[$0...].hasPrefix("'; ") } ?? rest.lastIndex(of: "'")
    let path = Array(rest[..<(end ?? rest.endIndex)].utf8)
    // The directory, or what git keeps in it.
    let parts = [path, Paths.join(path, Array(".git".utf8)), directory]
    let user = Paths.currentUser
    let owner = parts.compactMap { Paths.status($0)?.owner }.first { $0 != user }
    return .foreignOwner(
      path, owner: owner.map { "user \($0), not to user \(user), who runs this" } ?? "another user")
  }
}
