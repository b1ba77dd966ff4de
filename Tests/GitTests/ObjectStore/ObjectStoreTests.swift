// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import Git
import SystemIO
import TestSupport
import Testing

/// What is read without git, beside what git reads.
@Suite("The objects that are read without git")
struct ObjectStoreTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// How a repository keeps its objects.
  enum Shape: String, CaseIterable {
    case loose, onePack, severalPacks, deepDeltas, namedBases, noCompression, index, cruft, kept, replaced,
      shallow
    case longCopies, emptyObjects, linkedWorktree, packsInNoFile
  }

  private func run(_ arguments: [String], input: [UInt8] = []) async throws {
    try await git(arguments, in: folder.path, input: input)
  }

  private func fill(
    unpackLimit: Int = 1, commits: Int = 12, files: Int = 30, seed: Int = 1, branch: String = "main"
  )
    async throws
  {
    try await run(
      ["-c", "fastimport.unpackLimit=\(unpackLimit)", "fast-import", "--quiet"],
      input: importStream(commits: commits, files: files, seed: seed, branch: branch))
  }

  private func make(_ shape: Shape) async throws {
    try await run(["init", "-q", "-b", "main"])
    switch shape {
    case .loose: try await fill(unpackLimit: 1_000_000)
    case .onePack:
      try await fill()
      try await run(["repack", "-adfq"])
    case .severalPacks:
      for seed in 0..<4 { try await fill(seed: seed, branch: "b\(seed)") }
      try await fill(unpackLimit: 1_000_000, seed: 5, branch: "b5")
    case .deepDeltas:
      try await fill(commits: 220, files: 1)
      try await run(["repack", "-adfq", "--depth=200", "--window=50"])
    case .namedBases:
      try await fill()
      try await run(["-c", "repack.useDeltaBaseOffset=false", "repack", "-adfq"])
    case .noCompression:
      try await run(["config", "core.compression", "0"])
      try await fill()
      try await run(["repack", "-adFq"])
    case .index:
      for seed in 0..<3 { try await fill(seed: seed, branch: "b\(seed)") }
      try await run(["multi-pack-index", "write"])
    case .cruft:
      try await fill()
      try await fill(seed: 2, branch: "gone")
      try await run(["update-ref", "-d", "refs/heads/gone"])
      try await run(["repack", "--cruft", "-dq"])
    case .kept:
      try await fill()
      let packs = try await shell(
        "sh", ["-c", "for p in .git/objects/pack/*.pack; do : > ${p%pack}keep; done"],
        in: folder.path)
      #expect(packs.status == 0)
      try await fill(seed: 2, branch: "more")
      try await run(["repack", "-adq"])
    case .replaced:
      try await fill()
      let words = try await git(["rev-parse", "main", "main~1"], in: folder.path)
      let names = String(decoding: words, as: UTF8.self).split(separator: "\n").map(String.init)
      try await run(["replace", names[0], names[1]])
      try await run(["pack-refs", "--all"])
    case .shallow:
      try await run(["init", "-q", "-b", "main", "../\(other)"])
      try await git(
        ["fast-import", "--quiet"], in: folder("../\(other)"),
        input: importStream(commits: 9, files: 9, seed: 3))
      try await run([
        "-c", "protocol.file.allow=always", "fetch", "-q", "--depth=2", "file://\(folder("../\(other)"))",
        "main",
      ])
      _ = try await shell("rm", ["-r", folder("../\(other)")])
    case .longCopies:
      var generator = SeededGenerator(9)
      var bytes = generator.bytes(300_000)
      for _ in 0..<3 {
        try folder.write("f", bytes)
        try await run(["add", "-A"])
        try await run(["commit", "-q", "-m", "x"])
        bytes[bytes.count / 2] ^= 1
      }
      try await run(["repack", "-adfq"])
    case .emptyObjects:
      try await run(["hash-object", "-w", "--stdin"])
      try await run(["hash-object", "-w", "-t", "tree", "--stdin"])
      try await run(["commit", "-q", "--allow-empty", "-m", "x"])
      try await run(["tag", "-a", "-m", "x", "v1"])
      try await run(["repack", "-adq"])
      try await run(["hash-object", "-w", "--stdin"], input: [0])
    case .linkedWorktree:
      try await fill()
      try await run(["worktree", "add", "-q", "--detach", "linked", "main"])
    case .packsInNoFile:
      try await fill(unpackLimit: 1_000_000)
      // git takes no notice of an index without its pack.
      try folder.write(".git/objects/pack/pack-0.idx", "x")
    }
  }

  private var other: String { (folder.path.split(separator: "/").last.map(String.init) ?? "") + "-other" }

  @Test("are those that git has, all of them", arguments: Shape.allCases)
  func equal(_ shape: Shape) async throws {
    try await make(shape)
    let expected = try await GitObjects(allIn: folder.path)
    let linked = shape == .linkedWorktree ? "/worktrees/linked/../.." : ""
    let directory = folder(".git") + linked
    let found = try #require(try await storedObjects(expected.names, in: directory))
    #expect(expected.names.count > 3)
    #expect(found.count == expected.names.count)
    for name in expected.names where found[name] != expected.objects[name] {
      Issue.record("\(name): \(String(describing: found[name]?.kind))")
    }
    // In another order the bases are others.
    let again = try await storedObjects(expected.names.shuffled() + expected.names.reversed(), in: directory)
    #expect(again == found)
    // Of a part the rest is read on the way.
    for step in [1, 3, 17] {
      let part = stride(from: step - 1, to: expected.names.count, by: step).map { expected.names[$0] }
      let families = try #require(try await storedObjects(inFamilies: part + part, in: directory))
      for (name, object) in families { #expect(object == expected.objects[name]) }
      if [.onePack, .deepDeltas, .namedBases, .noCompression].contains(shape) {
        #expect(families.count == part.count)
      }
    }
  }

  @Test("are left to git where they are large", arguments: [false, true])
  func large(_ isPacked: Bool) async throws {
    try await run(["init", "-q", "-b", "main"])
    var generator = SeededGenerator(7)
    let limit = ObjectStore.objectLimit
    let bytes = generator.bytes(limit + 1)
    for (name, count) in [("over", limit + 1), ("at", limit), ("under", 3_000_000)] {
      try folder.write(name, Array(bytes.prefix(count)))
    }
    // Compresses to little.
    try folder.write("zeros", [UInt8](repeating: 0, count: limit + 1))
    try await run(["add", "-A"])
    try await run(["commit", "-q", "-m", "x"])
    // As a delta of a large one, a small one is left to git, too.
    if isPacked { try await run(["repack", "-adq", "--window=0"]) }
    let expected = try await GitObjects(allIn: folder.path)
    let found = try #require(try await storedObjects(expected.names, in: folder(".git")))
    for name in expected.names {
      let (ours, git) = (found[name], expected.objects[name])
      #expect(ours == nil || ours == git)
      let count = git?.bytes.count ?? 0
      // A loose file is held in memory, and what is not compressible is longer there.
      if count > limit { #expect(ours == nil) } else if count < limit { #expect(ours != nil) }
    }
  }

  @Test("are left to git where long chains of deltas lead to them")
  func longChains() async throws {
    try await make(.deepDeltas)
    let expected = try await GitObjects(allIn: folder.path)
    // In this order nothing is known from before but what a chain went through.
    let found = try #require(try await storedObjects(expected.names, in: folder(".git"), chainBytes: 10_000))
    for name in expected.names { #expect(found[name] == nil || found[name] == expected.objects[name]) }
    #expect(found.count > expected.names.count / 4 && found.count < expected.names.count, "\(found.count)")
    // Of each one alone all others are on the way.
    let few = try #require(
      try await storedObjects(inFamilies: expected.names, in: folder(".git"), chainBytes: 10_000))
    #expect(few.count == expected.names.count)
    var read = 0
    for name in expected.names {
      let one = try await storedObjects(inFamilies: [name], in: folder(".git"), chainBytes: 10_000)
      #expect(one?[name] == nil || one?[name] == expected.objects[name])
      if one?[name] != nil { read += 1 }
    }
    #expect(read > expected.names.count / 4 && read < expected.names.count, "\(read)")
  }

  @Test("are left to git where something follows a loose one", arguments: [1, 100_000])
  func garbage(_ count: Int) async throws {
    try await run(["init", "-q", "-b", "main"])
    let words = try await git(["hash-object", "-w", "--stdin"], in: folder.path, input: [1, 2, 3])
    let name = String(decoding: words.prefix(40), as: UTF8.self)
    let path = ".git/objects/\(name.prefix(2))/\(name.dropFirst(2))"
    #expect(try await storedObjects([name], in: folder(".git"))?[name]?.bytes == [1, 2, 3])
    let output = try await shell(
      "sh", ["-ec", "chmod u+w \(path); head -c \(count) /dev/zero >>\(path)"], in: folder.path)
    #expect(output.status == 0)
    #expect(try await storedObjects([name], in: folder(".git"))?.isEmpty == true)
  }

  /// What keeps objects from being read without git.
  enum Obstacle: String, CaseIterable {
    case alternates, variable, otherHash, indexVersion, packIsALink, indexIsAFIFO, packIsShort
  }

  @Test("are none where the repository is unusual", arguments: Obstacle.allCases)
  func unusual(_ obstacle: Obstacle) async throws {
    try await run([
      "init", "-q", "-b", "main", "--object-format=\(obstacle == .otherHash ? "sha256" : "sha1")",
    ])
    var variables = plainVariables
    try await fill()
    let expected = try await GitObjects(allIn: folder.path)
    func inPacks(_ script: String) async throws {
      let output = try await shell("sh", ["-ec", script], in: folder(".git/objects/pack"))
      #expect(output.status == 0, "\(output.talk)")
    }
    switch obstacle {
    case .alternates: try folder.write(".git/objects/info/alternates", "/nonexistent\n")
    case .variable: variables["GIT_OBJECT_DIRECTORY"] = "/nonexistent"
    case .otherHash: break
    case .indexVersion: try await inPacks("git index-pack --index-version=1 -o x *.pack; mv -f x *.idx")
    case .packIsALink: try await inPacks("mv *.pack x; ln -s x $(basename *.idx .idx).pack")
    case .indexIsAFIFO: try await inPacks("n=$(echo *.idx); rm -f $n; mkfifo $n")
    case .packIsShort: try await inPacks("chmod +w *.pack; truncate -s -1 *.pack")
    }
    #expect(try await storedObjects(expected.names, in: folder(".git"), variables: variables) == nil)
  }

  @Test("are those of a partial clone, as far as they are there")
  func partial() async throws {
    let origin = try TemporaryFolder()
    try await git(["init", "-q", "-b", "main"], in: origin.path)
    try await git(["config", "uploadpack.allowFilter", "true"], in: origin.path)
    try await git(
      ["fast-import", "--quiet"], in: origin.path, input: importStream(commits: 5, files: 9, seed: 4))
    try await run(
      ["clone", "-q", "--no-checkout", "--filter=blob:none", "file://\(origin.path)", "."])
    let expected = try await GitObjects(allIn: folder.path)
    let all = try await GitObjects(allIn: origin.path)
    let found = try #require(try await storedObjects(all.names, in: folder(".git")))
    #expect(found == expected.objects)
    #expect(!found.isEmpty && !found.values.contains { $0.kind == "blob" })
  }
}
