// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Git
internal import SourcePackage
internal import SystemIO

extension CommitHistory {
  /// Of how many commits a package is begun, to find what was sent otherwise than it was committed.
  private static let packages = 10

  /// The commit that `commit` and the tip both come from, the nearest one; nil where there is none.
  func commonAncestor(with commit: String) -> String? { Self.line(of: ["merge-base", commit, tip], git) }

  /// What the files `entries` held, by their names, as far as one of the last commits, or
  /// `first`, has them so.
  func contents(of entries: [Manifest.Entry], first commit: String?) -> [[UInt8]: [UInt8]] {
    let commits = (commit.map { [$0] } ?? []) + lastCommits()
    var found: [[UInt8]: [UInt8]] = [:]
    for entry in entries {
      let name = Array(entry.name)
      if let bytes = contents(of: name, entry, commits) { found[name] = bytes }
    }
    return found
  }

  /// Whether one of `commits` has the file `entry` so.
  func holds(_ entry: Manifest.Entry, in commits: [String]) -> Bool {
    !commits.isEmpty && contents(of: Array(entry.name), entry, commits) != nil
  }

  /// The path from the top of the work tree to what is called `name` in the package.
  private func path(of name: [UInt8]) -> [UInt8] {
    guard let context else { return Paths.join(prefix, name) }
    return Paths.join(Array(prefix.dropLast(context.actor.count + 1)), context.sourcePath(of: name))
  }

  private func contents(of name: [UInt8], _ entry: Manifest.Entry, _ commits: [String]) -> [UInt8]? {
    if context?.replacements[name] != nil {
      return commits.prefix(Self.packages).lazy.compactMap { packaged(name, of: $0) }
        .first { Manifest.Entry.identity(of: $0) == entry.identity }
    }
    // A line each.
    guard !name.contains(UInt8(ascii: "\n")) else { return nil }
    let path = path(of: name)
    let input = commits.flatMap { Array("\($0):".utf8) + path + [UInt8(ascii: "\n")] }
    guard let output = try? git.output(["cat-file", "--batch-check"], input: input) else { return nil }
    var tried: Set<[UInt8]> = []
    for line in output.split(separator: UInt8(ascii: "\n")) {
      // The object's name, its type and its size.
      let words = line.split(separator: UInt8(ascii: " "))
      guard words.count == 3, words[1].elementsEqual("blob".utf8),
        words[2].elementsEqual("\(entry.byteCount)".utf8), tried.insert(Array(words[0])).inserted,
        let bytes = try? git.output([Array("cat-file".utf8), Array("blob".utf8), Array(words[0])]),
        Manifest.Entry.identity(of: bytes) == entry.identity
      else { continue }
      return bytes
    }
    return nil
  }
}
