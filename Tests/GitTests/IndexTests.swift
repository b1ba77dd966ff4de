// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import FoundationEssentials
import Git
import TestSupport
import Testing

@Suite("The index")
struct IndexTests {
  private let folder: TemporaryFolder

  init() async throws { folder = try TemporaryFolder() }

  /// Names whose common beginnings have all lengths, in directories that are in the way of byte order.
  private func fill(_ seed: Int, _ format: String) async throws -> [String] {
    try await git(["init", "-q", "--object-format=\(format)"], in: folder.path)
    var random = SeededGenerator(seed)
    var names: Set<String> = []
    for _ in 0..<120 {
      let depth = Int.random(in: 1...3, using: &random)
      let parts = (0..<depth).map { _ in
        random.pick(["a", "a-", "a.b", "ab", "é", "long-name-\(seed)", "x y", "Z"])
      }
      names.insert(parts.joined(separator: "/") + random.pick([".c", ".txt", "", "-\(seed)"]) + "$")
    }
    for name in names { try folder.write(name, name) }
    try await git(["add", "-A"], in: folder.path)
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private func tracked(ignoringCase: Bool = false, hashSize: Int = 20) throws -> TrackedPaths {
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder(".git/index"))))
    return try GitIndex.paths(in: bytes.span, hashSize: hashSize, ignoringCase: ignoringCase)
  }

  @Test(
    "names what git lists, in versions 2 to 4 and with both hashes",
    arguments: [("2", "sha1"), ("3", "sha1"), ("4", "sha1"), ("2", "sha256"), ("4", "sha256")])
  func versions(_ version: String, _ format: String) async throws {
    let names = try await fill(Int(version) ?? 0, format)
    // Version 3 is written where an entry needs its flags.
    if version == "3" {
      try folder.write("later")
      try await git(["add", "-N", "later"], in: folder.path)
    } else {
      try await git(["update-index", "--index-version", version], in: folder.path)
    }
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder(".git/index"))))
    #expect(bytes[7] == UInt8(version))
    let tracked = try tracked(hashSize: format == "sha1" ? 20 : 32)
    #expect(tracked.count == names.count + (version == "3" ? 1 : 0))
    for name in names {
      #expect(tracked.hasFile(name), "\(name)")
      #expect(!tracked.hasFile(name + "x"))
      #expect(!tracked.hasFile(String(name.dropLast())))
      let parts = name.split(separator: "/")
      for depth in 1..<parts.count {
        let directory = parts.prefix(depth).joined(separator: "/")
        #expect(tracked.hasDirectory(directory))
        let other = directory + "0"
        #expect(tracked.hasDirectory(other) == names.contains { $0.hasPrefix(other + "/") })
      }
      #expect(!tracked.hasDirectory(name))
    }
  }

  @Test("of a repository that ignores case finds names in any")
  func ignoringCase() async throws {
    try await git(["init", "-q"], in: folder.path)
    for name in ["B/c", "a", "Z"] { try folder.write(name) }
    try await git(["add", "-A"], in: folder.path)
    let tracked = try tracked(ignoringCase: true)
    for name in ["b/C", "A", "z"] { #expect(tracked.hasFile(name)) }
    #expect(tracked.hasDirectory("b"))
    #expect(try !self.tracked().hasFile("A"))
  }

  @Test("is left to git where it is split or sparse", arguments: ["split", "sparse"])
  func needsGit(_ kind: String) async throws {
    let names = try await fill(7, "sha1")
    if kind == "split" {
      try await git(["update-index", "--split-index"], in: folder.path)
    } else {
      try await git(["commit", "-qm", "x"], in: folder.path)
      try await git(["sparse-checkout", "set", "--cone", "--sparse-index", "a"], in: folder.path)
    }
    #expect(throws: GitIndex.Failure.needsGit) { try tracked() }
    let directories = try #require(try GitDirectories(worktree: Array(folder.path.utf8)))
    let found = try await blocking {
      let environment = GitEnvironment(variables: plainVariables)
      let config = GitConfig(environment: environment, repository: directories)
      return try TrackedPaths(of: directories, config, environment)
    }
    #expect(found.count == names.count)
    for name in names { #expect(found.hasFile(name)) }
  }

  @Test(
    "whose names have other lengths than it says is refused",
    arguments: [("2", -1), ("4", 1), ("4", -1), ("2", 0), ("4", 0)])
  func announcedLength(_ version: String, _ difference: Int) async throws {
    try await git(["init", "-q"], in: folder.path)
    try folder.write("name/of/a/file")
    try await git(["add", "-A"], in: folder.path)
    try await git(["update-index", "--index-version", version], in: folder.path)
    var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder(".git/index"))))
    // The flags of the only entry, behind the header and the name of its object.
    bytes[12 + 61] = UInt8(Int(bytes[12 + 61]) + difference)
    try folder.write(".git/index", bytes)
    if difference == 0 {
      #expect(try tracked().hasFile("name/of/a/file"))
    } else {
      #expect(throws: GitIndex.Failure.malformed) { try tracked() }
    }
  }

  @Test("of version 2 with entries as in version 3 is read as git reads it")
  func extendedEntries() async throws {
    var names = try await fill(5, "sha1")
    try folder.write("later")
    try await git(["add", "-N", "later"], in: folder.path)
    names.append("later")
    var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder(".git/index"))))
    #expect(bytes[7] == 3)
    bytes[7] = 2
    try folder.write(".git/index", bytes)
    let listed = try await git(["ls-files", "-z"], in: folder.path).split(separator: 0)
    let tracked = try tracked()
    #expect(listed.count == names.count && tracked.count == names.count)
    for name in names { #expect(tracked.hasFile(name)) }
  }

  @Test(
    "has an ignore file in conflict in the work tree, even where the entry says that it is not",
    arguments: [0, 2])
  func conflict(_ stage: UInt8) async throws {
    _ = try await fill(1, "sha1")
    try folder.write("sub/.gitignore", "*.o\n")
    try await git(["add", "-f", "sub/.gitignore"], in: folder.path)
    try await git(["update-index", "--skip-worktree", "sub/.gitignore"], in: folder.path)
    var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder(".git/index"))))
    let name = try #require(bytes.firstRange(of: Array("sub/.gitignore".utf8)))
    // Two bytes of flags, and two of those that are extended, stand before the name.
    bytes[name.lowerBound - 4] |= stage << 4
    try folder.write(".git/index", bytes)
    #expect(try tracked().missingIgnoreFiles.count == (stage == 0 ? 1 : 0))
  }

  @Test("with an entry that is a directory is left to git, also where it does not say that it is sparse")
  func directoryEntry() async throws {
    _ = try await fill(9, "sha1")
    var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder(".git/index"))))
    // The mode of the first entry.
    bytes[12 + 26...12 + 27] = [0x40, 0]
    try folder.write(".git/index", bytes)
    #expect(throws: GitIndex.Failure.needsGit) { try tracked() }
  }

  @Test("that is cut off or full of nonsense is refused")
  func malformed() async throws {
    _ = try await fill(3, "sha1")
    try await git(["update-index", "--index-version", "4"], in: folder.path)
    let whole = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder(".git/index"))))
    for count in stride(from: 0, to: whole.count - 100, by: 7) {
      #expect(throws: GitIndex.Failure.malformed) {
        try GitIndex.paths(in: Array(whole.prefix(count)).span, hashSize: 20, ignoringCase: false)
      }
    }
    var random = SeededGenerator(1)
    for _ in 0..<2000 {
      var changed = whole
      for _ in 0..<3 {
        changed[Int.random(in: changed.indices, using: &random)] = random.bytes(1)[0]
      }
      // Whatever comes of it, it ends.
      _ = try? GitIndex.paths(in: changed.span, hashSize: 20, ignoringCase: false)
    }
  }
}

extension TrackedPaths {
  fileprivate func hasFile(_ path: String) -> Bool { containsFile(Array(path.utf8).span) }
  fileprivate func hasDirectory(_ path: String) -> Bool { containsDirectory(Array(path.utf8).span) }
}
