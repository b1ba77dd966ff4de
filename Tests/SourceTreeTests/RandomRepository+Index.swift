// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import FoundationEssentials
import TestSupport

/// What an index says of the files that are tracked, and in which form; what a sparse checkout leaves out.
extension RandomRepository {
  /// Changes the index, in which the files `tracked` are.
  mutating func changeIndex(tracked: [String]) async throws {
    var hasLater = false
    if random.chance(25) {
      hasLater = true
      let later = some(of: files, 4).filter { !tracked.contains($0) }
      try await run(["add", "-N", "-f", "--pathspec-from-file=-", "--pathspec-file-nul"], later)
    }
    if random.chance(25) {
      try await run(["update-index", "-z", "--assume-unchanged", "--stdin"], some(of: tracked, 30))
    }
    if random.chance(25) { try remove(some(of: tracked, 20)) }
    if random.chance(25) {
      try await makeSparse(isIndexSparse: !hasLater && random.chance(40))
    } else if random.chance(30) {
      let left = some(of: tracked, 40)
      try await run(["update-index", "-z", "--skip-worktree", "--stdin"], left)
      try remove(some(of: left, 60).filter { !$0.hasSuffix(".gitignore") })
    }
    if random.chance(50) {
      try await git(
        ["update-index", "--index-version", random.pick(["2", "3", "4", "4"])], in: folder.path,
        environment: variables)
    }
    if random.chance(10) {
      // git refuses it for an index that is sparse.
      _ = try? await git(["update-index", "--split-index"], in: folder.path, environment: variables)
    }
  }

  /// Each of `items` with the chance `percent`.
  private mutating func some(of items: [String], _ percent: Int) -> [String] {
    var chosen: [String] = []
    for item in items where random.chance(percent) { chosen.append(item) }
    return chosen
  }

  private func run(_ words: [String], _ paths: [String]) async throws {
    guard !paths.isEmpty else { return }
    try await git(
      words, in: folder.path, environment: variables,
      input: Array((paths.joined(separator: "\0") + "\0").utf8))
  }

  private func remove(_ names: [String]) throws {
    for name in names { try? FileManager.default.removeItem(atPath: folder(name)) }
  }

  /// Leaves a part of the tracked files out of the work tree, in one of git's two ways.
  ///
  /// - Parameter isIndexSparse: whether the index leaves them out, too, in a cone. git 2.39 spoils one that
  ///   has entries of `git add -N`.
  private mutating func makeSparse(isIndexSparse: Bool) async throws {
    let isCone = random.chance(50)
    var lines: [String] = []
    if isCone {
      for tree in trees where random.chance(30) { lines.append(tree) }
      for path in paths where path.contains("/") && random.chance(2) && Self.isPlain(path) {
        lines.append(path)
      }
    } else {
      if random.chance(50) { lines.append("/*") }
      for tree in trees where random.chance(30) {
        lines.append((random.chance(50) ? "!/" : "/") + tree + "/")
      }
      if random.chance(40) {
        lines.append(random.pick(["!.gitignore", "!/*/.gitignore", "*.o", "foo", "!a"]))
      }
    }
    var words = ["sparse-checkout", "set", isCone ? "--cone" : "--no-cone"]
    if isCone, isIndexSparse { words.append("--sparse-index") }
    // git refuses what leaves nothing, and a directory of a cone that is a file; with a few it never ends.
    _ = try? await git(
      words + ["--stdin"], in: folder.path, environment: variables,
      input: Array((lines.joined(separator: "\n") + "\n").utf8), limit: .seconds(20))
    // Where it gave up half-way, its lock is still there.
    try? FileManager.default.removeItem(atPath: folder(".git/index.lock"))
  }

  /// Whether a line of a cone needs no quotes to be `path`.
  private static func isPlain(_ path: String) -> Bool {
    path.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"\\\"*?[]!#".utf8.contains($0) }
  }

  /// Writes the ignore files that are in the index alone into the work tree.
  func restoreIgnoreFiles() async throws {
    let output = try await git(["ls-files", "-t", "-s", "-z"], in: folder.path, environment: variables)
    for record in output.split(separator: 0) where record.first == UInt8(ascii: "S") {
      let text = String(decoding: record, as: UTF8.self)
      guard let tab = text.firstIndex(of: "\t") else { continue }
      let path = String(text[text.index(after: tab)...])
      let words = text[..<tab].split(separator: " ")
      guard path == ".gitignore" || path.hasSuffix("/.gitignore"), words.count == 4,
        !FileManager.default.fileExists(atPath: folder(path))
      else { continue }
      try folder.write(
        path, try await git(["cat-file", "blob", String(words[2])], in: folder.path, environment: variables))
    }
  }
}
