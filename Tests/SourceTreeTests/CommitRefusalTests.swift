// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import FoundationEssentials
import Git
import SourceTree
import SystemIO
import TestSupport
import Testing

/// Commits of which no package is made, or not without a word.
@Suite("A commit")
struct CommitRefusalTests {
  private let folder: TemporaryFolder

  init() async throws {
    folder = try TemporaryFolder()
    try await git(["init", "-q", "-b", "main"], in: folder.path)
  }

  private func commit() async throws {
    try await git(["add", "-A", "-f"], in: folder.path)
    try await git(["commit", "-q", "--allow-empty", "-m", "x"], in: folder.path)
  }

  private func plan(_ path: String = "", _ variables: [String: String] = [:]) async throws -> Plan {
    let directory = Array(folder(path).utf8)
    let all = ["PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": "/nonexistent", "GIT_CONFIG_NOSYSTEM": "1"]
      .merging(variables) { $1 }
    return try await blocking {
      try CommitSource(
        "HEAD", directory: directory, followsExternalLinks: false, variables: all,
        spoolDirectories: [Array("/tmp".utf8)]
      ).plan(WalkOptions(detail: .formats))
    }
  }

  private func refusal(_ path: String = "", _ variables: [String: String] = [:]) async throws
    -> SourceTreeError?
  {
    do { _ = try await plan(path, variables) } catch let error as SourceTreeError { return error }
    return nil
  }

  @Test("with a file that a filter changes is refused by its name", arguments: ["", "sub", "info"])
  func filters(_ place: String) async throws {
    try await git(["config", "filter.crypt.smudge", "tr a-z n-za-m"], in: folder.path)
    try await git(["config", "filter.crypt.clean", "tr a-z n-za-m"], in: folder.path)
    try await git(["config", "filter.strip.clean", "cat"], in: folder.path)
    let attributes =
      place == "info" ? ".git/info/attributes" : place.isEmpty ? ".gitattributes" : "sub/.gitattributes"
    try folder.write(attributes, "*.key filter=crypt\n*.ipynb filter=strip\n*.other filter=unheard\n")
    for name in ["a.txt", "b.ipynb", "c.other"] { try folder.write("sub/" + name, "x") }
    try await commit()
    let found = try await plan()
    #expect(found.warnings == [WalkWarning(kind: .unknownFilter("unheard"), path: Array("sub/c.other".utf8))])
    try folder.write("sub/secret.key", "x")
    try await commit()
    #expect(
      try await refusal()
        == SourceTreeError(.filteredFile, path: Array("sub/secret.key".utf8), detail: "filter=crypt"))
    #expect(try await refusal("sub")?.path == Array("secret.key".utf8))
    try folder.write(".actorignore", "*.key\n")
    try await commit()
    #expect(try await refusal() == nil)
  }

  /// Where the user's file of attributes may be named.
  enum AttributesPlace: String, CaseIterable {
    case absolute, relative, home, tilde, included, xdg, switchedOff, elsewhere
  }

  @Test(
    "with a file that the user's attributes change is refused exactly where git knows of the change",
    arguments: AttributesPlace.allCases)
  func userAttributes(_ place: AttributesPlace) async throws {
    try await git(["config", "filter.crypt.smudge", "tr a-z n-za-m"], in: folder.path)
    try folder.write("a.key", "x")
    try await commit()
    let outside = try TemporaryFolder()
    for path in ["user", "xdg/git/attributes", ".config/git/attributes"] {
      try outside.write(path, "*.key filter=crypt\n")
    }
    var variables = ["HOME": "/nonexistent"]
    let key = "core.attributesFile"
    switch place {
    case .absolute: try await git(["config", key, outside("user")], in: folder.path)
    case .relative:
      try folder.write("in-the-work-tree", "*.key filter=crypt\n")
      try await git(["config", key, "in-the-work-tree"], in: folder.path)
    case .home: variables["HOME"] = outside.path
    case .tilde:
      variables["HOME"] = outside.path
      try await git(["config", key, "~/user"], in: folder.path)
    case .included:
      try outside.write("more", "[core]\n attributesFile = \(outside("user"))\n")
      try await git(["config", "include.path", outside("more")], in: folder.path)
    case .xdg: variables["XDG_CONFIG_HOME"] = outside("xdg")
    case .switchedOff:
      variables["XDG_CONFIG_HOME"] = outside("xdg")
      try await git(["config", key, ""], in: folder.path)
    case .elsewhere: try await git(["config", key, outside("nowhere")], in: folder.path)
    }
    variables["GIT_CONFIG_NOSYSTEM"] = "1"
    let judge = try await shell(
      "git", ["check-attr", "filter", "a.key"], in: folder.path, environment: variables)
    let isFiltered = judge.text == "a.key: filter: crypt\n"
    #expect(isFiltered == (place != .switchedOff && place != .elsewhere), "\(judge)")
    #expect(
      try await refusal("", variables)
        == (isFiltered
          ? SourceTreeError(.filteredFile, path: Array("a.key".utf8), detail: "filter=crypt") : nil))
  }

  @Test("with a file in another encoding is refused by its name")
  func encodings() async throws {
    try folder.write(
      ".gitattributes", "*.txt working-tree-encoding=UTF-16LE eol=crlf\n*.md working-tree-encoding=UTF-8\n")
    try folder.write("a.txt", [0x61, 0])
    try folder.write("b.md", "x")
    try await commit()
    #expect(
      try await refusal()
        == SourceTreeError(
          .filteredFile, path: Array("a.txt".utf8), detail: "working-tree-encoding=UTF-16LE"))
  }

  @Test("with files whose text a checkout changes is packaged as it is, with a word for each attribute")
  func text() async throws {
    try folder.write(".gitattributes", "*.bat eol=crlf\n*.c ident\n*.sh eol=lf\n*.txt -text\n")
    for name in ["a.bat", "b.bat", "c.c", "d.sh", "e.txt"] { try folder.write(name, "$Id$\n") }
    try await commit()
    #expect(
      try await plan().warnings == [
        WalkWarning(kind: .plainText("eol=crlf"), path: Array("a.bat".utf8)),
        WalkWarning(kind: .plainText("ident"), path: Array("c.c".utf8)),
      ])
  }

  @Test("that leaves out source by the name of its directory says so")
  func fixedNames() async throws {
    try folder.write("storage/code.py")
    try await commit()
    #expect(
      try await plan().warnings == [WalkWarning(kind: .trackedFixedName, path: Array("storage".utf8))])
    try folder.write(".actorignore", "!storage/\n")
    try await commit()
    let found = try await plan()
    #expect(found.entries.count == 3 && found.warnings.isEmpty)
  }

  @Test("with an .actorignore that is not text is refused")
  func actorignore() async throws {
    try folder.write(".actorignore", [0xFF, 0xFE, 0x61, 0])
    try await commit()
    #expect(try await refusal()?.code == .ignoreFileNotText)
  }

  @Test("of another user's repository is refused, and says what to do")
  func owner() async throws {
    try await commit()
    let error = try #require(try await refusal("", ["GIT_TEST_ASSUME_DIFFERENT_OWNER": "1"]))
    #expect(error.code == .foreignOwner && error.path == Array(folder.path.utf8), "\(error)")
  }

  /// The mode and name of an entry, as git keeps them.
  private static func entry(_ name: String, _ object: String, mode: String = "100644") -> [UInt8] {
    var bytes = Array("\(mode) \(name)\0".utf8)
    let digits = Array(object)
    for index in stride(from: 0, to: digits.count - 1, by: 2) {
      if let byte = UInt8(String(digits[index...(index + 1)]), radix: 16) { bytes.append(byte) }
    }
    return bytes
  }

  @Test(
    "with an entry that no checkout can have is refused by the entry's name",
    arguments: [
      ["..", "a"], [".", "a"], ["/etc/passwd"], ["a/b"], ["x/../../y"], ["a", "a"],
    ])
  func malformed(_ names: [String]) async throws {
    func text(_ bytes: [UInt8]) -> String {
      String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    }
    let blob = text(try await git(["hash-object", "-w", "--stdin"], in: folder.path, input: [0x78]))
    for depth in 0...1 {
      var tree = names.flatMap { Self.entry($0, blob) }
      if depth == 1 {
        let below = text(
          try await git(
            ["hash-object", "-w", "-t", "tree", "--literally", "--stdin"], in: folder.path, input: tree))
        tree = Self.entry("below", below, mode: "40000")
      }
      let object = text(
        try await git(
          ["hash-object", "-w", "-t", "tree", "--literally", "--stdin"], in: folder.path, input: tree))
      let commit = text(try await git(["commit-tree", object, "-m", "x"], in: folder.path))
      try await git(["update-ref", "refs/heads/main", commit], in: folder.path)
      let error = try #require(try await refusal(), "\(names)")
      #expect(error.code == .malformedEntry, "\(error)")
      #expect(String(decoding: error.path, as: UTF8.self).hasPrefix(depth == 1 ? "below" : ""), "\(error)")
    }
  }

  @Test("with an entry whose object is no file's content is refused", arguments: [false, true])
  func notAFile(_ runsFilters: Bool) async throws {
    let tree = String(
      decoding: try await git(["hash-object", "-w", "-t", "tree", "--stdin"], in: folder.path).dropLast(),
      as: UTF8.self)
    let object = try await git(
      ["hash-object", "-w", "-t", "tree", "--literally", "--stdin"], in: folder.path,
      input: Self.entry("d", tree))
    let commit = try await git(
      ["commit-tree", String(decoding: object.dropLast(), as: UTF8.self), "-m", "x"], in: folder.path)
    try await git(
      ["update-ref", "refs/heads/main", String(decoding: commit.dropLast(), as: UTF8.self)], in: folder.path)
    let expected = SourceTreeError(
      .malformedEntry, path: Array("d".utf8), detail: "its object is a tree")
    if !runsFilters { return #expect(try await refusal() == expected) }
    let repository = Array(folder(".git").utf8)
    let variables = ["PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": "/nonexistent"]
    let kind = try await blocking { () -> String? in
      let git = Git(repository: repository, variables: variables)
      var listing = CommitTree(digits: 40)
      // SAFETY: bytes have no padding.
      try unsafe listing.append(Array("100644 blob \(tree)\td\0".utf8).span.bytes)
      try listing.finish()
      let spoolDirectories = [Array("/tmp".utf8)]
      let attributes = try CommitAttributes(of: [], git, in: spoolDirectories)
      var spool = try BlobSpool(objectCount: 1, in: spoolDirectories)
      do throws(BlobSpool.Failure) {
        try spool.fetch([(0, Array("d".utf8))], of: listing, through: attributes)
        return nil
      } catch {
        if case .notAFile(object: 0, let kind) = error { return kind }
        throw error
      }
    }
    #expect(kind == "tree")
  }

  @Test("with a tree that is a file is refused by the object")
  func notATree() async throws {
    let blob = String(
      decoding: try await git(["hash-object", "-w", "--stdin"], in: folder.path, input: [0x78]).dropLast(),
      as: UTF8.self)
    let object = try await git(
      ["hash-object", "-w", "-t", "tree", "--literally", "--stdin"], in: folder.path,
      input: Self.entry("d", blob, mode: "40000"))
    let commit = try await git(
      ["commit-tree", String(decoding: object.dropLast(), as: UTF8.self), "-m", "x"], in: folder.path)
    try await git(
      ["update-ref", "refs/heads/main", String(decoding: commit.dropLast(), as: UTF8.self)], in: folder.path)
    let error = try #require(try await refusal())
    #expect(error.code == .malformedEntry && error.detail == "object \(blob) is not a tree", "\(error)")
  }

  @Test("is not read where git would wait, or cannot be started")
  func noGit() async throws {
    try await commit()
    try FileManager.default.removeItem(atPath: folder(".git/HEAD"))
    let name = CString(folder(".git/HEAD"))
    #expect(unsafe mkfifo(name.pointer, 0o600) == 0)
    #expect(
      try await refusal()
        == SourceTreeError(.gitBlocked, path: Array(folder(".git/HEAD").utf8), detail: "a FIFO"))
    #expect(
      SourceTreeError(Git.Failure.resources("too little"), path: [])
        == SourceTreeError(.resourceLimit, path: [], detail: "too little"))
  }

  @Test("with a directory that is there twice, or also as a file, is refused")
  func twice() async throws {
    try folder.write("a/b", "x")
    try await commit()
    let tree = String(
      decoding: try await git(["rev-parse", "HEAD:a"], in: folder.path).dropLast(), as: UTF8.self)
    let blob = String(
      decoding: try await git(["rev-parse", "HEAD:a/b"], in: folder.path).dropLast(), as: UTF8.self)
    for entries in [
      Self.entry("a", tree, mode: "40000") + Self.entry("a", tree, mode: "40000"),
      Self.entry("a", blob) + Self.entry("a", tree, mode: "40000"),
      Self.entry("a", tree, mode: "40000") + Self.entry("z", blob) + Self.entry("a", tree, mode: "40000"),
    ] {
      let output = try await git(
        ["hash-object", "-w", "-t", "tree", "--literally", "--stdin"], in: folder.path, input: entries)
      let object = String(decoding: output.dropLast(), as: UTF8.self)
      let commit = try await git(["commit-tree", object, "-m", "x"], in: folder.path)
      try await git(
        ["update-ref", "refs/heads/main", String(decoding: commit.dropLast(), as: UTF8.self)], in: folder.path
      )
      let error = try #require(try await refusal())
      #expect(error == SourceTreeError(.malformedEntry, path: Array("a".utf8), detail: "it is there twice"))
    }
  }
}
