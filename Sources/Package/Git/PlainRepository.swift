// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// The repository that holds a directory, found without git: one with a `.git` directory, of the user's own,
/// whose configuration says nothing of its form.
///
/// Everything that git looks for elsewhere, refuses, or might read in another way is left to it.
package struct PlainRepository {
  /// Its own directory, `.git`.
  package let directory: [UInt8]
  /// The top of its work tree, without symbolic links.
  package let worktree: [UInt8]
  /// The path from there to the directory, without a "/" at its end; empty at the top.
  package let prefix: [UInt8]

  /// The one that holds `existing`, a directory; nil where git must be asked.
  ///
  /// - Parameter variables: git's environment.
  package init?(of existing: [UInt8], variables: [String: String]) {
    guard Git.localVariables.union(Self.ownerVariables).isDisjoint(with: variables.keys),
      let resolved = try? Paths.resolved(existing)
    else { return nil }
    let environment = GitEnvironment(variables: variables)
    guard let found = try? GitDirectories.containing(resolved, environment), found.git == found.common,
      found.git == Paths.join(found.worktree, Array(".git".utf8)),
      Self.isPlain(found), !Self.mayBeBare(resolved, below: found.worktree), Self.isOwn(found.worktree),
      Self.isOwn(found.git),
      let prefix = Paths.relative(resolved, to: found.worktree)
    else { return nil }
    let config = GitConfig(environment: environment, repository: found)
    guard config.undecided == nil, config.blocking == nil else { return nil }
    (directory, worktree, self.prefix) = (found.git, found.worktree, prefix)
  }

  /// Whether `path` or a directory above it, below `top`, could be a bare repository: git finds that first.
  private static func mayBeBare(_ path: [UInt8], below top: [UInt8]) -> Bool {
    var current = path
    while current != top, let above = Paths.parent(current) {
      if !Paths.isAbsent(Paths.join(current, Array("HEAD".utf8))) { return true }
      current = above
    }
    return false
  }

  /// Variables by which git takes the owner for another one.
  private static let ownerVariables = ["GIT_TEST_ASSUME_DIFFERENT_OWNER"]

  /// Whether git reads what belongs to its owner: the path itself counts, as git sees it (`safe.directory`).
  private static func isOwn(_ path: [UInt8]) -> Bool {
    guard let status = try? Paths.status(CString(path), followingLinks: false) else { return false }
    return status.isDirectory && status.owner == Paths.currentUser
  }

  /// Whether the configuration names no other work tree, no other form, and nothing that came after it
  /// (gitrepository-layout(5), `core.repositoryFormatVersion`). Included files have no say here, as with git.
  private static func isPlain(_ found: GitDirectories) -> Bool {
    guard Paths.isAbsent(Paths.join(found.git, Array("commondir".utf8))),
      let contents = Paths.contents(Paths.join(found.git, Array("config".utf8)))
    else { return false }
    var parser = GitConfigParser(contents)
    while let setting = parser.next() {
      switch setting.key {
      case "core.repositoryformatversion": guard setting.value == Array("0".utf8) else { return false }
      case "core.bare": guard GitConfig.boolean(setting.value) == false else { return false }
      case "core.worktree": return false
      default: if setting.key.hasPrefix("extensions.") { return false }
      }
    }
    return !parser.isBroken
  }

  /// The commit that is checked out, as HEAD and the branch that it names say; nil where git must be asked.
  /// Nothing is known of whether it is there.
  package var head: String? {
    guard let text = Self.line(Paths.join(directory, Array("HEAD".utf8))) else { return nil }
    if let name = ObjectID(digits: text[...]) { return name.text }
    let beginning = Array("ref: refs/heads/".utf8)
    guard text.starts(with: beginning), Self.isPlainName(text.dropFirst(beginning.count)) else { return nil }
    let reference = Array(text.dropFirst("ref: ".utf8.count))
    let path = Paths.join(directory, reference)
    if Paths.isAbsent(path) { return packed(reference) }
    return Self.line(path).flatMap { ObjectID(digits: $0[...]) }?.text
  }

  /// What `packed-refs` says of `reference` (git-pack-refs(1)): "NAME REFERENCE", a line each.
  private func packed(_ reference: [UInt8]) -> String? {
    guard let contents = Paths.contentsOfRegularFile(Paths.join(directory, Array("packed-refs".utf8))),
      contents.last == UInt8(ascii: "\n")
    else { return nil }
    let digits = 2 * ObjectID.byteCount
    for line in contents.split(separator: UInt8(ascii: "\n"))
    where line.count == digits + 1 + reference.count && line.suffix(reference.count).elementsEqual(reference)
    {
      guard line.dropFirst(digits).first == UInt8(ascii: " ") else { return nil }
      return ObjectID(digits: line.prefix(digits))?.text
    }
    return nil
  }

  /// The one line of the regular file `path`.
  private static func line(_ path: [UInt8]) -> [UInt8]? {
    guard let contents = Paths.contentsOfRegularFile(path, limit: 4096), contents.last == UInt8(ascii: "\n")
    else { return nil }
    return Array(contents.dropLast())
  }

  /// Whether a branch may be called `name`, without a look at the rarer characters that one may have
  /// (git-check-ref-format(1)).
  private static func isPlainName(_ name: ArraySlice<UInt8>) -> Bool {
    let dot = UInt8(ascii: ".")
    return name.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).allSatisfy { part in
      guard let first = part.first, first != dot, first != UInt8(ascii: "-"), part.last != dot,
        !part.suffix(5).elementsEqual(".lock".utf8), part.allSatisfy(isPlain)
      else { return false }
      return !zip(part, part.dropFirst()).contains { $0 == dot && $1 == dot }
    }
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
      true
    default: false
    }
  }
}
