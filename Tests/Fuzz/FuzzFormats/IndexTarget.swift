// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import FuzzDriver
import Git

/// An index, held against `git ls-files`. Where only git can read it, or git refuses it, there is nothing to
/// compare.
struct IndexTarget: FuzzTarget {
  static let name = "index"
  static let summary = "git's index, against git ls-files"
  static let longest = 4096

  private let directory: String
  private var seen: Set<[[UInt8]]> = []

  init(isSingle: Bool) throws {
    directory = try Workspace.make(Self.name)
    for format in ["sha1", "sha256"] {
      _ = try Program.git(["init", "-q", "--object-format=\(format)", format], in: directory).run()
    }
  }

  mutating func run(_ input: [UInt8]) {
    guard let flags = input.first else { return }
    let isLarge = flags & 1 != 0
    let bytes = Array(input.dropFirst())
    guard
      let tracked = try? GitIndex.paths(
        in: bytes.span, hashSize: isLarge ? 32 : 20, ignoringCase: flags & 2 != 0),
      flags & 2 == 0
    else { return }
    do { try compare(tracked, bytes, in: isLarge ? "sha256" : "sha1") } catch { finding("\(error)") }
  }

  private mutating func compare(_ tracked: TrackedPaths, _ bytes: [UInt8], in repository: String) throws {
    // What differs only in what is not read need not be asked for.
    let ours =
      [[UInt8(tracked.count & 0xFF)]] + tracked.missingIgnoreFiles.map(\.path) + [bytes.filter { $0 > 0x20 }]
    guard seen.count < 500_000, seen.insert(ours).inserted else { return }
    try writeFile("\(directory)/index", bytes)
    let git = Program.git(
      ["-C", repository, "ls-files", "-t", "-s", "-z"], in: directory,
      ["GIT_INDEX_FILE": "\(directory)/index"])
    let (status, output, _) = try git.run()
    guard status == 0 else { return }
    let records = output.split(separator: 0)
    let paths = records.map(Self.path(of:))
    // git itself finds nothing in an index that is not sorted, and only `git fsck` says so.
    guard zip(paths, paths.dropFirst()).allSatisfy({ !$1.lexicographicallyPrecedes($0) }) else { return }
    var names: [[UInt8]] = []
    var missing: [[UInt8]] = []
    for (record, path) in zip(records, paths) {
      let head = String(decoding: record.prefix { $0 != UInt8(ascii: "\t") }, as: UTF8.self)
        .split(separator: " ").map(String.init)
      require(head.count == 4, "git lists \(Array(record).shown)")
      names.append(path)
      let isFound = tracked.containsFile(path.span)
      require(isFound || Self.isCut(path, in: bytes), "\(path.shown) is not found here")
      // Of a conflict any of the three counts.
      if isFound, head[1] == "160000", names.count(where: { $0 == path }) == 1 {
        require(tracked.containsSubmodule(path.span), "\(path.shown) is no submodule here")
      }
      let name = path.suffix(while: { $0 != UInt8(ascii: "/") })
      // One whose name is cut is no ignore file.
      if head[0] == "S", name.elementsEqual(".gitignore".utf8), isFound { missing.append(path) }
    }
    require(tracked.count == names.count, "\(tracked.count) paths here, \(names.count) in git")
    // One whose name is cut, beside one that is not, is found as little as in an index that is not sorted.
    if names.contains(where: { $0.suffix(10).elementsEqual(".gitignore".utf8) && Self.isCut($0, in: bytes) })
    {
      return
    }
    require(
      tracked.missingIgnoreFiles.map(\.path) == missing,
      "\(tracked.missingIgnoreFiles.count) ignore files are not checked out here, \(missing.count) in git")
  }

  /// The path of a line of git's.
  private static func path(of record: ArraySlice<UInt8>) -> [UInt8] {
    let shown = record.drop { $0 != UInt8(ascii: "\t") }.dropFirst()
    // A name without a byte is the directory itself, as git shows it.
    return shown.elementsEqual("./".utf8) ? [] : Array(shown)
  }

  /// Whether a name begins with `path` and a NUL: git shows no more of it.
  private static func isCut(_ path: [UInt8], in bytes: [UInt8]) -> Bool {
    bytes.indices.contains { start in
      guard bytes[start...].starts(with: path + [0]) else { return false }
      // The length in the flags, which stand before the name or before the flags of version 3.
      return [2, 4].contains { distance in
        let flags = start - distance
        guard flags >= 0 else { return false }
        return (Int(bytes[flags]) << 8 | Int(bytes[flags + 1])) & 0xFFF > path.count
      }
    }
  }

  static func seeds() throws -> [[UInt8]] {
    let directory = try Workspace.make("seeds")
    var seeds: [[UInt8]] = []
    for (flags, format) in [(UInt8(0), "sha1"), (1, "sha256")] {
      let repository = "\(directory)/\(format)"
      func git(_ words: String...) throws { _ = try Program.git(words, in: repository).run() }
      func take() {
        for extra in [UInt8(0), 2] {
          if let bytes = readFile("\(repository)/.git/index") { seeds.append([flags | extra] + bytes) }
        }
      }
      try makeDirectory(repository)
      try git("init", "-q", "--object-format=\(format)")
      for name in ["a", "b/.gitignore", "b/c", "b/cd/e", "longer/name/of/a/file"] {
        var parent = repository
        for part in name.split(separator: "/").dropLast() {
          parent += "/" + part
          try? makeDirectory(parent)
        }
        try writeFile("\(repository)/\(name)", Array("x\n".utf8))
      }
      try git("add", "a")
      take()
      try git("add", ".")
      take()
      try git("update-index", "--index-version", "4")
      take()
      try git("update-index", "--skip-worktree", "b/.gitignore")
      take()
      try git("update-index", "--index-version", "3")
      take()
      try git("commit", "-q", "-m", "x")
      take()
      let object = String(repeating: "1", count: format == "sha1" ? 40 : 64)
      try git("update-index", "--add", "--cacheinfo", "160000,\(object),sub")
      take()
      try git("update-index", "--untracked-cache", "--split-index")
      take()
    }
    return seeds
  }

  static let words: [[UInt8]] = [
    Array("DIRC".utf8), Array("TREE".utf8), Array("link".utf8), Array("UNTR".utf8), Array("sdir".utf8),
    [0, 0, 0, 4],
    [0, 0, 0, 3], [0x0F, 0xFF], [0, 0, 0xE0, 0], [0, 0, 0x81, 0xA4], Array(".gitignore".utf8), [0x40, 0],
  ]
}

extension Array {
  /// The last elements that `isIn` holds for.
  fileprivate func suffix(while isIn: (Element) -> Bool) -> ArraySlice<Element> {
    self[(lastIndex { !isIn($0) }.map { $0 + 1 } ?? startIndex)...]
  }
}
