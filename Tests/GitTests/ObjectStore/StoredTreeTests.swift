// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import Git
import SystemIO
import TestSupport
import Testing

/// Trees that are read without git, beside git's listing of them.
@Suite("The trees that are read without git")
struct StoredTreeTests {
  private let folder: TemporaryFolder

  init() async throws {
    folder = try TemporaryFolder()
    try await git(["init", "-q", "-b", "main"], in: folder.path)
  }

  private var ours: Git { Git(repository: Array(folder(".git").utf8), variables: plainVariables) }

  private func line(_ arguments: [String], input: [UInt8] = []) async throws -> String {
    String(decoding: try await git(arguments, in: folder.path, input: input).dropLast(), as: UTF8.self)
  }

  private func write(_ entries: [(mode: String, name: [UInt8], object: String)]) async throws -> String {
    var bytes: [UInt8] = []
    for entry in entries {
      bytes += Array("\(entry.mode) ".utf8) + entry.name + [0]
      let digits = Array(entry.object)
      for index in stride(from: 0, to: 40, by: 2) {
        bytes.append(try #require(UInt8(String(digits[index...(index + 1)]), radix: 16)))
      }
    }
    return try await line(["hash-object", "-w", "-t", "tree", "--literally", "--stdin"], input: bytes)
  }

  /// What both readers say of a tree.
  private struct Reading: Equatable {
    var lines: [String] = []

    init(_ tree: CommitTree) {
      for (index, node) in tree.nodes.enumerated() {
        let object = node.object < 0 ? "" : String(decoding: tree.objectName(node.object), as: UTF8.self)
        let children =
          node.kind == .directory
          ? tree.children(of: Int32(index)).map { "\($0)" }.joined(separator: " ") : ""
        lines.append("\(tree.path(of: Int32(index))) \(node.kind) \(node.parent) \(object) \(children)")
      }
      lines.append("\(tree.objectCount)")
    }
  }

  private func listed(_ object: String) async throws -> Reading? {
    let output = try await shell(
      "git", ["ls-tree", "-r", "-t", "-z", "--full-tree", object], in: folder.path,
      environment: plainVariables)
    guard output.status == 0 else { return nil }
    var tree = CommitTree(digits: 40)
    // SAFETY: bytes have no padding.
    do {
      try unsafe tree.append(output.bytes.span.bytes)
      try tree.finish()
    } catch {
      return nil
    }
    return Reading(tree)
  }

  private func read(
    _ commit: String, _ path: String = "",
    extents: [(batchSize: Int, limit: Int)] = [(1 << 16, 1 << 20), (1, 1), (1, 500), (300, 100)]
  ) async throws -> Reading? {
    let ours = ours
    return try await blocking {
      var extent = TreesAhead.Extent()
      extent.threshold = .max
      let one = CommitTree(of: commit[...], Array(path.utf8), ours, ahead: extent).map(Reading.init)
      // The same where other threads read ahead, and where they wait for each other all the time.
      extent.threshold = 0
      for (size, limit) in extents {
        (extent.batchSize, extent.waitingLimit) = (size, limit)
        #expect(CommitTree(of: commit[...], Array(path.utf8), ours, ahead: extent).map(Reading.init) == one)
      }
      return one
    }
  }

  /// A random tree. With `odd`, each may have something that git would not write.
  private func randomTree(
    _ depth: Int, _ blob: String, odd: Bool, _ generator: inout SeededGenerator
  ) async throws -> String {
    var entries: [(mode: String, name: [UInt8], object: String)] = []
    for _ in 0..<Int.random(in: 0...7, using: &generator) {
      let name = (0..<Int.random(in: 1...3, using: &generator)).map { _ in
        generator.pick(Array("ab.-0\n\u{1}é".utf8))
      }
      if name.elementsEqual(".".utf8) || name.elementsEqual("..".utf8) { continue }
      if depth > 0, generator.chance(50) {
        entries.append(("40000", name, try await randomTree(depth - 1, blob, odd: odd, &generator)))
      } else {
        entries.append((generator.pick(["100644", "100755", "120000", "160000", "100664"]), name, blob))
      }
    }
    func key(_ entry: (mode: String, name: [UInt8], object: String)) -> [UInt8] {
      entry.name + (entry.mode == "40000" ? [UInt8(ascii: "/")] : [])
    }
    entries.sort { key($0).lexicographicallyPrecedes(key($1)) }
    var known: Set<[UInt8]> = []
    if !odd || generator.chance(80) {
      entries = entries.filter { known.insert($0.name).inserted }
    }
    if odd, generator.chance(20), let last = entries.indices.last {
      switch Int.random(in: 0..<7, using: &generator) {
      case 0: entries.swapAt(0, last)
      case 1:
        entries[last].mode = generator.pick(["100600", "040000", "100777", "0100644", "140000", "1006444"])
      case 2: entries[last].name = Array(generator.pick(["..", ".", "a/b", "", ".git"]).utf8)
      case 3: entries[last].object = String(repeating: "1", count: 40)
      case 4: entries.append((generator.pick(["40000", "100644"]), entries[last].name, entries[last].object))
      case 5: entries[last] = ("40000", entries[last].name, blob)
      default: entries[last].name = [UInt8](repeating: 0x61, count: generator.pick([1020, 1021]))
      }
    }
    return try await write(entries)
  }

  @Test("are as git lists them, or left to git", arguments: 0..<12, [false, true])
  func random(_ seed: Int, _ odd: Bool) async throws {
    var generator = SeededGenerator(seed)
    let blob = try await line(["hash-object", "-w", "--stdin"])
    let tree = try await randomTree(3, blob, odd: odd, &generator)
    let commit = try await line(["commit-tree", tree, "-m", "x"])
    if generator.chance(50) {
      try await git(["update-ref", "refs/heads/main", commit], in: folder.path)
      // Where a tree is odd, git packs what it can.
      _ = try await shell("git", ["repack", "-adq"], in: folder.path, environment: plainVariables)
    }
    let found = try await read(commit)
    if found != nil || !odd { #expect(try await listed(commit) == found) }
    if !odd { #expect(found != nil) }
  }

  @Test(
    "are the same each time, on threads that wait for each other",
    .timeLimit(.minutes(1)), arguments: [(1, 1), (1, 2_000), (200, 100), (1 << 16, 1), (2_000, 20_000)])
  func waiting(_ batchSize: Int, _ limit: Int) async throws {
    // Wide at the top, wide below, and one long way down.
    var stream = "commit refs/heads/main\ncommitter a <b> 1 +0000\ndata 0\n\n"
    let places =
      (0..<900).map { "w\($0 % 30)/x\($0 / 30)/f\($0)" } + (0..<200).map { "deep/n\($0)/f" }
      + [String(repeating: "d/", count: 200) + "f"]
    for place in places { stream += "M 100644 inline \(place)\ndata 1\nx\n" }
    try await git(["fast-import", "--quiet"], in: folder.path, input: Array(stream.utf8))
    let head = try await line(["rev-parse", "refs/heads/main"])
    let listed = try await listed(head)
    let ours = ours
    try await blocking {
      var extent = TreesAhead.Extent()
      (extent.threshold, extent.batchSize, extent.waitingLimit) = (0, batchSize, limit)
      for _ in 0..<15 {
        #expect(CommitTree(of: head[...], [], ours, ahead: extent).map(Reading.init) == listed)
      }
    }
  }

  @Test("are those below a path, or left to git where it leads to none")
  func path() async throws {
    for name in ["a/b/c/d", "a/b/x", "a.b/f", "g"] { try folder.write(name, name) }
    try await git(["add", "-A"], in: folder.path)
    try await git(["commit", "-q", "-m", "x"], in: folder.path)
    let head = try await line(["rev-parse", "HEAD"])
    for path in ["", "a", "a/b", "a/b/c", "a.b"] {
      let found = try #require(try await read(head, path), "\(path)")
      #expect(try await listed("\(head):\(path)") == found)
    }
    for path in ["b", "g", "a/", "a//b", "./a", "a/../a", "a/b/x", "a/b/c/d/e", "a/b/c/d"] {
      #expect(try await read(head, path) == nil)
    }
  }

  @Test("are left to git where they are deep, or name each other so often that there is no end")
  func deep() async throws {
    let blob = try await line(["hash-object", "-w", "--stdin"])
    var tree = try await write([("100644", [0x61], blob)])
    for _ in 0..<30 { tree = try await write([("40000", [0x61], tree), ("40000", [0x62], tree)]) }
    let commit = try await line(["commit-tree", tree, "-m", "x"])
    #expect(try await read(commit, extents: [(1 << 16, 1 << 20)]) == nil)
  }

  @Test("and the time of their commit are git's", arguments: [0, 1, 1_700_000_000, 99_999_999_999])
  func time(_ seconds: Int) async throws {
    let stream =
      "commit refs/heads/x\nauthor x <y> 77 +0000\ncommitter a b <c> \(seconds) -0330\ndata 25\n\ncommitter a <b> 5 +0000\n\n"
    try await git(
      ["fast-import", "--quiet", "--date-format=raw-permissive"], in: folder.path, input: Array(stream.utf8))
    let head = try await line(["rev-parse", "refs/heads/x"])
    let ours = ours
    let found = try await blocking { ours.committed(head) }
    #expect(found.map(String.init) == (try await line(["log", "-1", "--format=%ct", head])))
    #expect(found == seconds)
  }
}
