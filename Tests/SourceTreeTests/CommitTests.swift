// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import FoundationEssentials
import Git
import SourceTree
import SystemIO
import TestSupport
import Testing

/// A commit beside a checkout of it, and all that only a commit can hold. git makes the commits and says what
/// is in them.
@Suite("A commit as a source")
struct CommitTests {
  private let folder: TemporaryFolder

  init() async throws {
    folder = try TemporaryFolder()
    try await git(["init", "-q", "-b", "main"], in: folder.path)
  }

  private func commitAll(_ place: TemporaryFolder? = nil) async throws {
    try await git(["add", "-A", "-f"], in: (place ?? folder).path)
    try await git(["commit", "-q", "--allow-empty", "-m", "x"], in: (place ?? folder).path)
  }

  /// All entries with kind, format and content.
  private static func contents(_ plan: Plan) throws -> [String] {
    var reader = try PlanReader(plan)
    return try plan.entries.indices.map { index in
      let name = String(decoding: plan.path(of: index), as: UTF8.self)
      let entry = plan.entries[index]
      if entry.kind == .directory { return name + "/" }
      let file = try reader.open(index)
      let bytes = try file.contents()
      let content = bytes.count > 100 ? "#\(bytes.hashValue)" : "\(bytes)"
      return
        "\(name) \(entry.kind) \(file.status.isExecutable) \(String(describing: entry.format)) \(entry.byteCount) \(content)"
    }
  }

  private func plan(
    _ path: String = "", revision: String = "HEAD", external: Bool = false,
    _ change: (inout WalkOptions) -> Void = { _ in }
  ) async throws -> Plan {
    var options = WalkOptions(detail: .formats)
    options.git.systemConfig = nil
    change(&options)
    return try await Self.plan(revision, folder(path), options, external: external)
  }

  /// git is waited for, which no thread of the cooperative pool may do.
  private static func plan(
    _ revision: String, _ path: String, _ options: WalkOptions, external: Bool
  ) async throws -> Plan {
    try await Threads.run {
      Result {
        try CommitSource(
          revision, directory: Array(path.utf8), followsExternalLinks: external, variables: variables,
          spoolDirectories: [Array("/tmp".utf8)]
        ).plan(options)
      }
    }.get()
  }

  private static let variables = [
    "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": "/nonexistent", "GIT_CONFIG_NOSYSTEM": "1",
    // Objects are fetched from a directory only where the user says so.
    "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "protocol.file.allow", "GIT_CONFIG_VALUE_0": "always",
  ]

  @Test(
    "is the one that git names, by whatever name",
    arguments: [
      "HEAD", "main", "refs/heads/main", "main~1", "HEAD^", "light", "noted", "noted^{}", ":/first", "@",
      "main@{0}", "HEAD^{/second}", "folder", "0123456789abcdef0123456789abcdef01234567",
      "nothing", "main..HEAD", "HEAD~1..main", "^main", "main^@", "-h", "--all", "", "HEAD:folder", "blob",
      "HEAD\nmain", "--",
    ], [false, true])
  func names(_ revision: String, _ isBare: Bool) async throws {
    try folder.write("folder/file", "1")
    try await commitAll()
    try await git(["commit", "-q", "--amend", "-m", "first"], in: folder.path)
    try folder.write("folder/file", "2")
    try await commitAll()
    try await git(["commit", "-q", "--amend", "-m", "second"], in: folder.path)
    try await git(["tag", "light", "HEAD~1"], in: folder.path)
    try await git(["tag", "-a", "-m", "x", "noted", "HEAD~1"], in: folder.path)
    // A branch that is called as a directory is.
    try await git(["branch", "folder", "HEAD~1"], in: folder.path)
    try await git(["tag", "blob", "HEAD:folder/file"], in: folder.path)
    // In the work tree it would not be trusted.
    let bare = try TemporaryFolder()
    if isBare { try await git(["clone", "-q", "--mirror", folder.path, "x.git"], in: bare.path) }
    let place = isBare ? bare("x.git") : folder("folder")
    let asked = try await shell(
      "git", ["rev-list", "--max-count=1", "--end-of-options", revision + "^{commit}", "--"], in: place)
    // Of a range that takes one.
    let isOne = asked.status == 0 && !revision.contains("..")
    let expected = isOne ? asked.text.split(separator: "\n").first.map(String.init) : nil
    let found = await Threads.run {
      try? CommitSource(
        revision, directory: Array(place.utf8), followsExternalLinks: false, variables: Self.variables,
        spoolDirectories: [Array("/tmp".utf8)]
      ).objectName
    }
    #expect(found == expected)
  }

  @Test("is what a clean checkout of it is: the same names, modes and bytes", arguments: 1...16)
  func checkout(_ seed: Int) async throws {
    let template = try TemporaryFolder()
    try await git(["init", "-q", "-b", "main"], in: template.path)
    let repository = try await RandomRepository(seed: seed, template: template)
    let source = repository.folder
    var random = SeededGenerator(seed)
    for (index, name) in ["t0/run.sh", "t1/bytes", "t2/text", "t3/large"].enumerated() {
      let bytes = random.bytes([20, 300, 0, 2_000_000][index])
      try source.write(name, index == 2 ? Array("grün 世界\r\n".utf8) : bytes)
    }
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: source("t0/run.sh"))
    try source.link("t4/link", to: "../t0/run.sh")
    try source.link("t5/folder", to: "../t3/")
    if seed.isMultiple(of: 3) { try source.write(".actorignore", "t7\n*.o\n!t7/**/foo\nfoo/\n!t1/bytes\n") }
    try await commitAll(source)
    let clone = try TemporaryFolder()
    try await git(["clone", "-q", source.path, clone("here")], in: source.path)
    for path in ["here", "here/t3", "here/t5"] {
      var options = WalkOptions(detail: .formats, followsExternalLinks: true)
      options.git.systemConfig = nil
      let checkout = try Walk.plan(Array(clone(path).utf8), options: options)
      let commit = try await Self.plan("HEAD", clone(path), options, external: true)
      let (one, other) = (try Self.contents(checkout), try Self.contents(commit))
      let difference = Set(one).symmetricDifference(other)
      #expect(difference.isEmpty && one.count == other.count, "\(difference.sorted().prefix(4))")
      #expect(!one.isEmpty)
    }
  }

  @Test("does not see the work tree, nor what was staged")
  func dirty() async throws {
    try folder.write("kept", "old")
    try folder.write("gone", "old")
    try await commitAll()
    try folder.write("kept", "new")
    try folder.write("untracked", "new")
    try await git(["rm", "-q", "--cached", "gone"], in: folder.path)
    let entries = try Self.contents(try await plan())
    #expect(entries.count == 2)
    #expect(entries.allSatisfy { $0.hasSuffix("\(Array("old".utf8))") })
  }

  @Test(
    "is read from a folder that the work tree does not have, from a linked work tree and from a bare repository"
  )
  func places() async throws {
    try folder.write("actors/one/main.js", "1")
    try folder.write("top")
    try await commitAll()
    try await git(["checkout", "-q", "--orphan", "other"], in: folder.path)
    try await git(["rm", "-rfq", "."], in: folder.path)
    try folder.write("elsewhere", "2")
    try await commitAll()
    #expect(try names(try await plan("actors/one", revision: "main")) == ["main.js"])
    try await git(["worktree", "add", "-q", folder("linked"), "main"], in: folder.path)
    #expect(try names(try await plan("linked/actors")) == ["one/", "one/main.js"])
    let bare = try TemporaryFolder()
    try await git(["clone", "-q", "--bare", folder.path, bare("x.git")], in: folder.path)
    let fromBare = try await Self.plan("other", bare("x.git"), WalkOptions(), external: false)
    #expect(try names(fromBare) == ["elsewhere"])
    #expect(try await code("nowhere") == .directoryNotFound)
    #expect(try await code(revision: "nothing") == .noSuchCommit)
    #expect(try await code(revision: "--all") == .noSuchCommit)
  }

  @Test("of a repository with SHA-256, of a shallow and of a partial clone")
  func repositories() async throws {
    let wide = try TemporaryFolder()
    try await git(["init", "-q", "--object-format=sha256"], in: wide.path)
    try wide.write("a/b", "wide")
    try await commitAll(wide)
    #expect(
      try names(try await Self.plan("HEAD", wide.path, WalkOptions(), external: false)) == ["a/", "a/b"])

    for text in ["one", "two"] {
      try folder.write("file", text)
      try await commitAll()
    }
    try await git(["config", "uploadpack.allowFilter", "true"], in: folder.path)
    try await git(["clone", "-q", "--depth=1", "file://\(folder.path)", folder("shallow")], in: folder.path)
    #expect(try Self.contents(try await plan("shallow")).first?.hasSuffix("\(Array("two".utf8))") == true)
    try await git(
      ["clone", "-q", "--no-checkout", "--filter=blob:none", "file://\(folder.path)", folder("partial")],
      in: folder.path)
    // What is missing is fetched by git while it can be, and named where it can't.
    #expect(
      try names(
        try await plan("partial") {
          $0.detail = .names; $0.opensFiles = false
        }) == ["file"])
    try FileManager.default.moveItem(atPath: folder(".git"), toPath: folder("away.git"))
    let lost = try await code("partial")
    #expect(lost == .objectMissing || lost == .gitFailed)
    try FileManager.default.moveItem(atPath: folder("away.git"), toPath: folder(".git"))
    #expect(try Self.contents(try await plan("partial")).count == 1)
  }

  @Test("refuses submodules and Git LFS pointers by name, unless they are left out")
  func refused() async throws {
    try folder.write("inner/file")
    try await git(["init", "-q"], in: folder("inner"))
    try await git(["add", "-A"], in: folder("inner"))
    try await git(["commit", "-q", "-m", "x"], in: folder("inner"))
    try await commitAll()
    func refusal() async throws -> (SourceTreeError.Code?, String) {
      do { _ = try await plan() } catch let error as SourceTreeError {
        return (error.code, String(decoding: error.path, as: UTF8.self))
      }
      return (nil, "")
    }
    #expect(try await refusal() == (.submodule, "inner"))
    try folder.write(".actorignore", "inner\n")
    try folder.write(
      "model.bin", "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a2146\nsize 12345\n")
    try await commitAll()
    #expect(try await refusal() == (.lfsPointer, "model.bin"))
    try folder.write(".actorignore", "inner\n*.bin\n")
    try await commitAll()
    #expect(try names(try await plan()) == [".actorignore"])
  }

  @Test("follows links inside of the commit only, and refuses the others by name")
  func links() async throws {
    try folder.write("actor/real/file", "1")
    try folder.write("shared/lib", "2")
    try folder.link("actor/good", to: "real/../good2")
    try folder.link("actor/good2", to: "./real/file")
    try await commitAll()
    #expect(try names(try await plan("actor")) == ["good", "good2", "real/", "real/file"])
    for (target, code) in [
      ("../shared/lib", SourceTreeError.Code.linkOutside), ("/etc/passwd", .linkOutside),
      ("nothing", .linkBroken), ("real/file/x", .linkBroken), (".", .linkCycle), ("bad", .linkCycle),
    ] {
      try? FileManager.default.removeItem(atPath: folder("actor/bad"))
      try folder.link("actor/bad", to: target)
      try await commitAll()
      do {
        _ = try await plan("actor")
        Issue.record("a link to \(target) is no error")
      } catch let error as SourceTreeError {
        #expect(error.code == code && error.target == Array(target.utf8) && error.path == Array("bad".utf8))
      }
      if code == .linkBroken {
        let skipping = try await plan("actor") { $0.skipsBrokenLinks = true }
        #expect(skipping.warnings.map(\.kind) == [.brokenLink])
      }
      if target == "../shared/lib" {
        #expect(try names(try await plan("actor", external: true)).contains("bad"))
      }
    }
  }

  @Test("takes nothing from the attributes by which git archive and a checkout change files")
  func attributes() async throws {
    try folder.write(".gitattributes", "left export-ignore\n* text eol=crlf export-subst\n")
    try folder.write("left", "$Format:%H$\n")
    try await commitAll()
    let entries = try Self.contents(try await plan())
    #expect(entries.count == 2 && entries[1].hasSuffix("\(Array("$Format:%H$\n".utf8))"))
  }

  /// Why there is no plan.
  private func code(_ path: String = "", revision: String = "HEAD") async throws -> SourceTreeError.Code? {
    do { _ = try await plan(path, revision: revision) } catch let error as SourceTreeError {
      return error.code
    }
    return nil
  }

  private func names(_ plan: Plan) throws -> [String] {
    plan.entries.indices.map { index in
      String(decoding: plan.path(of: index), as: UTF8.self)
        + (plan.entries[index].kind == .directory ? "/" : "")
    }
  }
}
