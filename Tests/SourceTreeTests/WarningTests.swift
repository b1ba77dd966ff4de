// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import FoundationEssentials
import Git
import SourceTree
import SystemIO
import TestSupport
import Testing

/// Runs `body`, which waits for git: no thread of the cooperative pool may do that.
func blocking<Outcome: Sendable>(_ body: @escaping @Sendable () throws -> Outcome) async throws -> Outcome {
  try await Threads.run { Result(catching: body) }.get()
}

/// What a package has otherwise than its owner may think.
@Suite("The walk says")
struct WarningTests {
  private let folder: TemporaryFolder
  private var options = WalkOptions()

  init() async throws {
    folder = try TemporaryFolder()
    options.git.systemConfig = nil
    try await git(["init", "-q"], in: folder.path)
  }

  private func plan() throws -> Plan { try Walk.plan(Array(folder.path.utf8), options: options) }

  private func warnings() throws -> [WalkWarning] { try plan().warnings }

  private func listed() throws -> [String] { try names(folder.path, options).filter { !$0.hasPrefix(".") } }

  private func warning(_ kind: WalkWarning.Kind, _ path: String) -> [WalkWarning] {
    [WalkWarning(kind: kind, path: Array(path.utf8))]
  }

  @Test(
    "that tracked source is left out by the name of its directory, and a ! line brings it back",
    arguments: ["storage", "node_modules", "apify_storage"])
  func fixedNames(_ name: String) async throws {
    try folder.write("\(name)/code.py")
    try folder.write("\(name)/cache/x.pyc")
    try folder.write(".gitignore", "cache/\n")
    #expect(try warnings().isEmpty)
    try await git(["add", "-A"], in: folder.path)
    #expect(try listed() == [] && warnings() == warning(.trackedFixedName, name))
    for line in ["!\(name)/", "!/\(name)", "!\(name)"] {
      try folder.write(".actorignore", line + "\n")
      // Nothing else is brought back with it: git's rules hold below.
      #expect(try listed() == ["\(name)/", "\(name)/code.py"] && warnings().isEmpty, "\(line)")
    }
    try folder.write(".actorignore", "!\(name)/cache/\n")
    #expect(try listed() == ["\(name)/", "\(name)/cache/", "\(name)/cache/x.pyc"])
    // A pattern that only happens to match does not count; a line that leaves it out is meant.
    try folder.write(".actorignore", "!*\n!*.py\n")
    #expect(try listed() == [])
    try folder.write(".actorignore", "\(name)\n")
    #expect(try listed() == [] && warnings().isEmpty)
  }

  @Test("nothing of Apify's local storage, tracked or not")
  func storage() async throws {
    try folder.write("storage/key_value_stores/default/INPUT.json")
    try folder.write("storage/datasets/x/1.json")
    try await git(["add", "-A"], in: folder.path)
    #expect(try listed() == [] && warnings().isEmpty)
  }

  @Test("that an ignore file is UTF-16, and refuses such an .actorignore")
  func encodings() throws {
    let text = "secret\n"
    let little: [UInt8] = [0xFF, 0xFE] + text.utf8.flatMap { [$0, 0] as [UInt8] }
    let big: [UInt8] = [0xFE, 0xFF] + text.utf8.flatMap { [0, $0] as [UInt8] }
    for bytes in [little, big, Array(little.dropFirst(2)), Array(big.dropFirst(2))] {
      try folder.write("sub/.gitignore", bytes)
      #expect(try warnings() == warning(.ignoreFileNotText, "sub/.gitignore"))
      let sub = try Walk.plan(Array(folder("sub").utf8), options: options)
      #expect(sub.warnings == warning(.ignoreFileNotText, ".gitignore"))
      try folder.write(".actorignore", bytes)
      #expect(throws: SourceTreeError(.ignoreFileNotText, path: Array(".actorignore".utf8))) { try plan() }
      try FileManager.default.removeItem(atPath: folder(".actorignore"))
    }
    try folder.write("sub/.gitignore", [0xEF, 0xBB, 0xBF] + Array("grün\n".utf8))
    #expect(try warnings().isEmpty)
    try folder.write(".actorignore", [0x61, 0x0A, 0x00, 0x0A])
    #expect(throws: SourceTreeError.self) { try plan() }
    try folder.write(".git/info/exclude", little)
    try FileManager.default.removeItem(atPath: folder(".actorignore"))
    #expect(try warnings() == warning(.ignoreFileNotText, ".git/info/exclude"))
  }

  @Test("that an editor holds a lock, and takes any other broken link for an error")
  func editorLocks() throws {
    try folder.write("src/main.js")
    try folder.link("src/.#main.js", to: "me@host.4711:1700000000")
    #expect(try listed() == ["src/", "src/main.js"] && warnings() == warning(.editorLock, "src/.#main.js"))
    // One that leads somewhere is a link like any other.
    try folder.link("src/.#other.js", to: "main.js")
    #expect(try listed().contains("src/.#other.js"))
    try folder.link("src/#main.js", to: "me@host.4711:1700000000")
    #expect(throws: SourceTreeError.self) { try plan() }
  }

  @Test("that files are pointers of Git LFS, and opens no other")
  func pointers() throws {
    let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a2146\nsize 12345\n"
    for name in ["data/model.bin", "data/raw.dat", "model.bin", "plain.txt"] {
      try folder.write(name, pointer)
    }
    try folder.write("real.bin", "contents")
    #expect(try warnings().isEmpty)
    try folder.write(".gitattributes", "*.txt text\n*.bin filter=lfs diff=lfs -text\n")
    try folder.write("data/.gitattributes", "/*.dat\tfilter=lfs\r\n")
    let found = try warnings()
    #expect(found.map(\.kind) == [.lfsPointer, .lfsPointer, .lfsPointer])
    #expect(
      found.map { String(decoding: $0.path, as: UTF8.self) } == [
        "data/model.bin", "data/raw.dat", "model.bin",
      ])
    let below = try Walk.plan(Array(folder("data").utf8), options: options)
    #expect(below.warnings.count == 2)
    // Names alone need no look into files.
    var names = options
    names.opensFiles = false
    #expect(try Walk.plan(Array(folder.path.utf8), options: names).warnings.isEmpty)
  }

  @Test(
    "how many tracked files below it a sparse checkout has left out",
    arguments: ["", "--sparse-index"])
  func sparse(_ option: String) async throws {
    for name in ["kept/a", "lib/b", "lib/c", "app/x", "app/deep/y", "z"] { try folder.write(name) }
    let author = ["-c", "user.name=n", "-c", "user.email=e"]
    for command in [["add", "-A"], author + ["commit", "-qm", "1"]] {
      try await git(command, in: folder.path)
    }
    #expect(try warnings().isEmpty)
    let form = option.isEmpty ? [] : [option]
    try await git(["sparse-checkout", "set", "--cone"] + form + ["kept", "app/deep"], in: folder.path)
    let found = try await blocking { [self] in try plan() }.warnings
    #expect(found == warning(.sparseCheckout(count: 2), "lib/b"))
    // Of a project below only what lies in it counts.
    let below = try await blocking { [self] in
      try ["app", "kept"].map { try Walk.plan(Array(folder($0).utf8), options: options).warnings }
    }
    #expect(below == [[], []])
    try await git(["sparse-checkout", "set", "--no-cone", "/*", "!/app/deep"], in: folder.path)
    let deep = try await blocking { [self] in
      try Walk.plan(Array(folder("app").utf8), options: options).warnings
    }
    #expect(deep == warning(.sparseCheckout(count: 1), "deep/y"))
    // A file that is only to be left alone is there.
    try await git(["sparse-checkout", "disable"], in: folder.path)
    try await git(["update-index", "--skip-worktree", "z"], in: folder.path)
    let whole = try await blocking { [self] in try plan() }
    #expect(whole.warnings.isEmpty)
  }

  @Test("that the index cannot be read, and goes on without it")
  func index() async throws {
    try folder.write(".gitignore", "*.log\n")
    try folder.write("kept.log")
    try await git(["add", "-f", "kept.log"], in: folder.path)
    try folder.write(".git/index", "DIRC nonsense")
    let found = try await blocking { [self] in try plan() }
    #expect(found.entries.count == 1 && found.warnings.count == 1)
    guard case .unknownIndex = found.warnings.first?.kind else {
      Issue.record("\(found.warnings)")
      return
    }
  }

  @Test(
    "which ignored directory could not be read, unless it is wanted by its path",
    .enabled(if: Paths.currentUser != 0))
  func unreadable() throws {
    try folder.write(".gitignore", "data/\n")
    try folder.write("data/README.md")
    try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: folder("data"))
    defer { try? FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder("data")) }
    #expect(try warnings().isEmpty)
    try folder.write(".actorignore", "!README.md\n")
    #expect(try warnings() == warning(.unreadable, "data"))
    try folder.write(".actorignore", "!data/README.md\n")
    #expect(throws: SourceTreeError.self) { try plan() }
  }

  @Test("nothing of files and directories that come and go while it goes on", .timeLimit(.minutes(2)))
  func vanishing() async throws {
    for index in 0..<50 { try folder.write("stable/d\(index)/f") }
    let stop = CancellationFlag()
    let path = folder.path
    async let churn: Void = Threads.run {
      while !stop.isCancelled {
        for index in 0..<20 {
          let directory = "\(path)/stable/d\(index)/gone"
          try? FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: false)
          _ = FileManager.default.createFile(atPath: directory + "/f", contents: nil)
          try? FileManager.default.removeItem(atPath: directory)
        }
      }
    }
    defer { stop.cancel() }
    var formats = options
    formats.detail = .formats
    for _ in 0..<200 {
      let plan = try Walk.plan(Array(path.utf8), options: formats)
      #expect(plan.entries.count >= 101)
    }
    stop.cancel()
    await churn
  }
}
