// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import FoundationEssentials
import Git
import SourceTree
import SystemIO
import TestSupport
import Testing

/// Commits whose files a checkout changes; git's own checkout is the judge.
@Suite("A commit whose filters are run")
struct FilterTests {
  private let folder: TemporaryFolder

  init() async throws {
    folder = try TemporaryFolder()
    try await git(["init", "-q", "-b", "main"], in: folder.path)
    try await configure("filter.rot.smudge", "tr a-z n-za-m")
    try await configure("filter.rot.clean", "tr a-z n-za-m")
  }

  private func configure(_ key: String, _ value: String) async throws {
    try await git(["config", key, value], in: folder.path)
  }

  private func commit() async throws {
    try await git(["add", "-A", "-f"], in: folder.path)
    try await git(["commit", "-q", "--allow-empty", "-m", "x"], in: folder.path)
  }

  private func source(_ path: String = "", runsFilters: Bool = true, external: Bool = false) async throws
    -> CommitSource
  {
    let directory = Array(folder(path).utf8)
    return try await blocking {
      try CommitSource(
        "HEAD", directory: directory, followsExternalLinks: external, runsFilters: runsFilters,
        variables: [
          "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": "/nonexistent", "GIT_CONFIG_NOSYSTEM": "1",
        ],
        spoolDirectories: [Array("/tmp".utf8)])
    }
  }

  private func plan(_ path: String = "", runsFilters: Bool = true, external: Bool = false) async throws
    -> Plan
  {
    let source = try await source(path, runsFilters: runsFilters, external: external)
    return try await blocking { try source.plan(WalkOptions(detail: .formats)) }
  }

  private func refusal(runsFilters: Bool = true) async throws -> SourceTreeError? {
    do { _ = try await plan(runsFilters: runsFilters) } catch let error as SourceTreeError { return error }
    return nil
  }

  /// All entries with their contents.
  private static func contents(_ plan: Plan) throws -> [String] {
    var reader = try PlanReader(plan)
    return try plan.entries.indices.map { index in
      let name = String(decoding: plan.path(of: index), as: UTF8.self)
      if plan.entries[index].kind == .directory { return name + "/" }
      let bytes = try reader.open(index).contents()
      return
        "\(name) \(plan.entries[index].byteCount) \(bytes.count < 100 ? "\(bytes)" : "#\(bytes.hashValue)")"
    }
  }

  /// Files that a checkout changes in all ways that git knows, and some that it leaves alone.
  private func fill() async throws {
    try folder.write(
      ".gitattributes",
      """
      *.key filter=rot
      *.txt working-tree-encoding=UTF-16LE
      *.bat text eol=crlf
      *.c ident
      both.bat ident filter=rot
      *.raw -text
      """ + "\n")
    try folder.write("sub/.gitattributes", "*.md filter=rot\n*.key -filter\n")
    var random = SeededGenerator(7)
    for name in [
      "a.key", "a.plain", " b.key", "\tb.key", "c\nd.key", "e f.key", "sub/g.key", "sub/h.md", "i.raw",
    ] {
      try folder.write(name, "some text\nof two lines\n")
    }
    try folder.write("empty.key")
    try folder.write("empty.bat")
    try folder.write("u.txt", Array("grün\n".utf16).flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] })
    try folder.write("v.bat", "one\r\ntwo\r\n")
    try folder.write("both.bat", "$Id$\r\ntwo\r\n")
    try folder.write("w.c", "/* $Id$ */\n")
    try folder.write("large.key", random.bytes(700_000))
    try folder.write("large.bat", String(repeating: "line\r\n", count: 200_000))
    try folder.write("z", random.bytes(3000))
    try folder.link("link", to: "a.key")
    try await commit()
  }

  @Test("is what a checkout of it is, also below its top", arguments: ["", "sub"], [false, true])
  func checkout(_ path: String, _ convertsLineEnds: Bool) async throws {
    try await fill()
    if convertsLineEnds { try await configure("core.autocrlf", "true") }
    let clone = try TemporaryFolder()
    let settings = ["filter.rot.smudge=tr a-z n-za-m"] + (convertsLineEnds ? ["core.autocrlf=true"] : [])
    try await git(
      ["clone", "-q"] + settings.flatMap { ["--config", $0] } + [folder.path, clone("here")], in: folder.path)
    let checkout = try Walk.plan(
      Array(clone(path.isEmpty ? "here" : "here/" + path).utf8), options: WalkOptions(detail: .formats))
    for external in [false, true] {
      let commit = try await plan(path, external: external)
      let (one, other) = (try Self.contents(checkout), try Self.contents(commit))
      let difference = Set(one).symmetricDifference(other)
      #expect(difference.isEmpty && one.count == other.count, "\(difference.sorted().prefix(4))")
      #expect(one.count > 2)
    }
  }

  @Test(
    "is refused where a filter fails, whether it is required or not",
    arguments: ["exit 3", "nonexistent-filter"])
  func failure(_ command: String) async throws {
    try folder.write(".gitattributes", "*.key filter=rot\n")
    try folder.write("a.key", "x")
    try await commit()
    try await configure("filter.rot.smudge", command)
    let error = try #require(try await refusal())
    #expect(error.code == .filterFailed && error.detail.contains("a.key"), "\(error)")
  }

  @Test("has the files that Git LFS keeps elsewhere, and is refused where it gives only pointers")
  func lfs() async throws {
    let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a2146\nsize 12345\n"
    try folder.write(".gitattributes", "*.bin filter=lfs\n")
    try folder.write("model.bin", pointer)
    try await commit()
    #expect(try await refusal()?.code == .lfsPointer)
    try await configure("filter.lfs.smudge", "cat > /dev/null; echo real")
    #expect(try await refusal(runsFilters: false)?.code == .lfsPointer)
    let found = try await plan()
    #expect(try Self.contents(found).contains("model.bin 5 \(Array("real\n".utf8))"))
    try await configure("filter.lfs.smudge", "cat")
    #expect(try await refusal()?.code == .lfsPointer)
  }

  @Test("has a word about a filter that the configuration does not know")
  func unknownFilter() async throws {
    try folder.write(".gitattributes", "*.key filter=unheard\n")
    try folder.write("a.key", "x")
    try await commit()
    #expect(
      try await plan().warnings == [WalkWarning(kind: .unknownFilter("unheard"), path: Array("a.key".utf8))])
  }

  @Test("gives the files that say how to push as a checkout has them")
  func configuration() async throws {
    try folder.write(".gitattributes", "actor.json filter=rot\n")
    try folder.write(".actor/actor.json", "abc")
    try await commit()
    for (runsFilters, text) in [(false, "nop"), (true, "abc")] {
      let source = try await source(runsFilters: runsFilters)
      let contents = await Threads.run { source.contents(".actor/actor.json") }
      #expect(contents == Array(text.utf8))
    }
  }

  @Test("has no hook run, and no program of the commit", arguments: [false, true])
  func hooks(_ runsFilters: Bool) async throws {
    try await fill()
    for hook in ["post-index-change", "post-checkout", "reference-transaction"] {
      try folder.write(".git/hooks/" + hook, "#!/bin/sh\ntouch '\(folder("ran"))'\n")
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o755], ofItemAtPath: folder(".git/hooks/" + hook))
    }
    _ = try await refusal(runsFilters: runsFilters)
    #expect(!FileManager.default.fileExists(atPath: folder("ran")))
    try folder.write("program.sh", "#!/bin/sh\ntouch '\(folder("ran"))'; cat\n")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder("program.sh"))
    try await configure("filter.rot.smudge", "./program.sh")
    #expect(try await refusal(runsFilters: runsFilters) != nil)
    #expect(!FileManager.default.fileExists(atPath: folder("ran")))
  }
}
