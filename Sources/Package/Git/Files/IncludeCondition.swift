// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import IgnoreRules
internal import SystemIO

/// The condition of an `includeIf` section: `gitdir:`, `gitdir/i:` or `onbranch:` with a pattern
/// (git-config(1), "Conditional includes"). What else there is, only git can decide.
struct IncludeCondition {
  private let kind: String
  /// Bytes that the beginning of a path must be, whatever they are; then the pattern.
  private var literal: [UInt8] = []
  private var pattern: [UInt8]
  /// Whether the pattern names a directory in a way that only git knows: `~user`, `%(prefix)`.
  private var isUnknown = false

  /// The condition `text` of a setting in the configuration file `file`; nil: in the environment.
  init(_ text: [UInt8], file: [UInt8]?, home: [UInt8]?) {
    let colon = text.firstIndex(of: UInt8(ascii: ":")) ?? text.endIndex
    kind = String(decoding: text[..<colon], as: UTF8.self)
    pattern = Array(text[min(colon + 1, text.endIndex)...])
    if kind != "onbranch" {
      if pattern.starts(with: "~/".utf8), let home {
        // git resolves the home directory, which is a link on many systems.
        // The slash stays: "~/" alone stands for all below.
        pattern = ((try? Paths.resolved(home)) ?? home) + pattern.dropFirst()
      } else if pattern.first == UInt8(ascii: "~") || pattern.starts(with: "%(".utf8) {
        isUnknown = true
      } else if pattern.starts(with: "./".utf8) {
        // Beside the file itself, not beside a link that leads to it.
        guard let file, let directory = (try? Paths.resolved(file)).flatMap(Paths.parent) else {
          isUnknown = true
          return
        }
        literal = directory
        pattern.removeFirst()
      } else if pattern.first != UInt8(ascii: "/") {
        pattern = Array("**/".utf8) + pattern
      }
    }
    if pattern.last == UInt8(ascii: "/") { pattern += Array("**".utf8) }
  }

  /// Whether it holds in `repository`; nil where only git can tell.
  func holds(in repository: GitDirectories, _ environment: GitEnvironment) -> Bool? {
    if isUnknown { return nil }
    switch kind {
    case "gitdir", "gitdir/i":
      // git tries the path as resolved and as found, from the directory as the user calls it.
      var paths = [repository.git]
      if let resolved = try? Paths.resolved(repository.git) { paths.append(resolved) }
      if let directory = environment.workingDirectory,
        Paths.status(directory)?.identity == Paths.status(repository.worktree)?.identity,
        repository.git == Paths.join(repository.worktree, Array(".git".utf8))
      {
        paths.append(Paths.join(directory, Array(".git".utf8)))
      }
      return paths.contains { matches($0, ignoringCase: kind == "gitdir/i") }
    case "onbranch":
      return Self.branch(of: repository).map { $0.map { matches($0, ignoringCase: false) } ?? false }
    default: return nil
    }
  }

  /// The branch that is checked out: nil inside where there is none, nil where only git can tell.
  private static func branch(of repository: GitDirectories) -> [UInt8]?? {
    let path = Paths.join(repository.git, Array("HEAD".utf8))
    // A HEAD that is a link, and one that stands in for another way to keep references.
    guard let head = Paths.contentsOfRegularFile(path), !head.starts(with: "ref: refs/heads/.invalid".utf8)
    else { return nil }
    let beginning = Array("ref: refs/heads/".utf8)
    guard head.starts(with: beginning) else { return .some(nil) }
    let name = Array(head.dropFirst(beginning.count).prefix { $0 != UInt8(ascii: "\n") })
    let reference = Paths.join(repository.common, Array("refs/heads/".utf8) + name)
    if Paths.contents(reference)?.starts(with: "ref:".utf8) == true { return nil }
    return .some(name)
  }

  private func matches(_ text: [UInt8], ignoringCase: Bool) -> Bool {
    guard text.count >= literal.count,
      zip(text, literal).allSatisfy({ $0 == $1 || (ignoringCase && Self.lowered($0) == Self.lowered($1)) }),
      let wildmatch = Wildmatch(pattern.span, ignoringCase: ignoringCase)
    else { return false }
    return wildmatch.matches(text.span.extracting(literal.count...))
  }

  private static func lowered(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
}
