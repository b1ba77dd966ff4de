// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import FoundationEssentials
import SystemIO
import TestSupport
import Testing

@testable import Git

/// What a tree brings in its `.git` must not be run, also where git fetches objects that are missing. That
/// git itself runs it is shown, where it does.
@Suite("A partial clone whose configuration names a command", .timeLimit(.minutes(2)))
struct PartialCloneTests {
  private let folder: TemporaryFolder

  init() async throws {
    folder = try await TemporaryFolder.withCommittedTree()
    try await git(["config", "uploadpack.allowFilter", "true"], in: folder("tree"))
    try await git(
      ["clone", "-q", "--no-checkout", "--filter=blob:none", "file://" + folder("tree"), folder("partial")],
      in: folder.path)
    let command = folder("command")
    try folder.write("command", "#!/bin/sh\ntouch '\(folder("ran"))'\nexit 1\n")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: command)
  }

  private var hasRun: Bool { FileManager.default.fileExists(atPath: folder("ran")) }

  /// What git says of the object that is missing.
  private func content(_ more: [String: String]) async throws -> String? {
    let variables = plainVariables.merging(more) { $1 }
    let repository = Array(folder("partial/.git").utf8)
    return try await blocking {
      let git = Git(fetchingObjectsOf: repository, variables: variables)
      return (try? git.output(["cat-file", "blob", "HEAD:file"])).map { String(decoding: $0, as: UTF8.self) }
    }
  }

  private static let allowingFiles = [
    "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "protocol.file.allow", "GIT_CONFIG_VALUE_0": "always",
  ]

  /// A setting, the address of the remote, and whether a git of our own choice runs the command by it.
  struct Row: Sendable, CustomTestStringConvertible {
    let key: String
    var value = "COMMAND"
    var address: String?
    let runs: Bool
    var testDescription: String { "\(key) \(address ?? "file://")" }
  }

  static let rows = [
    Row(key: "core.sshCommand", address: "ssh://host/x", runs: true),
    Row(key: "remote.origin.uploadpack", runs: true),
    // Where it is the only one, the name goes to git fetch as an option.
    Row(key: "remote.--upload-pack=COMMAND;.promisor", value: "true", runs: false),
    Row(key: "extensions.partialClone", value: "--upload-pack=COMMAND;", runs: false),
    Row(key: "protocol.ext.allow", value: "always", address: "ext::COMMAND", runs: true),
    Row(key: "url.ext::COMMAND .insteadOf", value: "file://", runs: false),
    Row(key: "core.gitProxy", address: "git://host/x", runs: true),
    Row(key: "remote.origin.vcs", value: "ext", address: "COMMAND", runs: false),
    Row(key: "core.alternateRefsCommand", runs: false),
    Row(key: "credential.helper", value: "!COMMAND", address: "https://127.0.0.1:1/x", runs: false),
    Row(key: "credential.https://a/.helper", value: "!COMMAND", runs: false),
    Row(key: "some.thing", runs: false), Row(key: "http.proxy", value: "http://127.0.0.1:1", runs: false),
    Row(key: "http.https://github.com/.sslVerify", value: "false", runs: false),
    Row(key: "http.sslCAInfo", value: "x", runs: false),
    Row(key: "fetch.bundleURI", value: "https://a/x", runs: false),
  ]

  @Test("is told what is missing, and runs nothing", arguments: rows)
  func hostile(_ row: Row) async throws {
    let command = folder("command")
    func filled(_ text: String) -> String { text.replacing("COMMAND", with: command) }
    if let address = row.address {
      try await git(["config", "remote.origin.url", filled(address)], in: folder("partial"))
    }
    try await git(["config", filled(row.key), filled(row.value)], in: folder("partial"))
    #expect(try await content(Self.allowingFiles) == nil)
    #expect(!hasRun)
    let listed = try await git(
      ["config", "--list", "-z", "--show-scope", "--includes"], in: folder("partial"))
    #expect(PartialCloneSettings(listed)?.unknown != nil)
    _ = try await shell(
      "git", ["cat-file", "blob", "HEAD:file"], in: folder("partial"),
      environment: plainVariables.merging(Self.allowingFiles) { $1 })
    if row.runs { #expect(hasRun, "git did not run it") }
  }

  @Test("gets what is missing where it says no more than git writes, and the user allows the protocol")
  func plain() async throws {
    #expect(try await content([:]) == nil)
    // Some of it is what scalar(1) writes.
    let harmless = [
      ("user.name", "x"), ("branch.main.rebase", "true"), ("http.extraHeader", "A: b"),
      ("receive.autoGC", "0"), ("commitGraph.generationVersion", "1"), ("credential.validate", "false"),
      ("credential.https://a/.useHttpPath", "true"), ("core.fscache", "true"),
    ]
    for (key, value) in harmless {
      try await git(["config", key, value], in: folder("partial"))
    }
    #expect(try await content(Self.allowingFiles) == "x")
  }

  @Test("runs no hook after a fetch")
  func hook() async throws {
    // Enough packs, and each fetch asks whether to tidy up.
    try folder.write("partial/.git/hooks/pre-auto-gc", "#!/bin/sh\ntouch '\(folder("ran"))'\n")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: folder("partial/.git/hooks/pre-auto-gc"))
    try await git(["config", "gc.autoPackLimit", "1"], in: folder("partial"))
    try await git(["config", "gc.autoDetach", "false"], in: folder("partial"))
    #expect(try await content(Self.allowingFiles) == "x")
    #expect(!hasRun)
    _ = try await shell(
      "git", ["fetch", "-q", "origin"], in: folder("partial"),
      environment: plainVariables.merging(Self.allowingFiles) { $1 })
    #expect(hasRun, "git did not run it")
  }

  @Test("starts no fetch for the references of an alternate, which would need another one")
  func alternate() async throws {
    let tree = folder("tree")
    let missing = String(decoding: try await git(["rev-parse", "HEAD:file"], in: tree), as: UTF8.self)
    try await git(["init", "-q", "--bare", folder("alternate")], in: folder.path)
    try folder.write("alternate/refs/tags/t", missing)
    try folder.write("partial/.git/objects/info/alternates", folder("alternate/objects") + "\n")
    #expect(try await content(Self.allowingFiles) == "x")
  }

  @Test("fetches by what is safe on the way, and by what the user allows")
  func protocols() {
    func settings(_ fields: String...) -> PartialCloneSettings? {
      PartialCloneSettings(Array(fields.map { $0 + "\0" }.joined().utf8))
    }
    #expect(settings()?.protocols == "https:ssh")
    let user = settings(
      "global", "protocol.file.allow\nalways", "command", "protocol.http.allow\nalways", "system",
      "protocol.ext.allow\nalways", "global", "protocol.git.allow\nuser")
    #expect(user?.protocols == "https:ssh:file:http" && user?.unknown == nil)
    #expect(settings("local", "protocol.file.allow\nalways")?.unknown == "protocol.file.allow")
    #expect(settings("worktree", "core.bare\nfalse", "local", "core.pager\nx")?.unknown == "core.pager")
    #expect(settings("local", "remote.a.b.url\nx", "local", "core")?.unknown == "core")
    #expect(PartialCloneSettings(Array("local\0".utf8)) == nil)
  }

  @Test("is known by what it includes, too")
  func included() async throws {
    try folder.write("partial/.git/more", "[core]\n\tsshCommand = \(folder("command"))\n")
    try await git(["config", "include.path", "more"], in: folder("partial"))
    try await git(["config", "remote.origin.url", "ssh://host/x"], in: folder("partial"))
    #expect(try await content([:]) == nil)
    #expect(!hasRun)
    // The user's own is another matter.
    try await git(["config", "--unset", "include.path"], in: folder("partial"))
    let own = [
      "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "core.sshCommand",
      "GIT_CONFIG_VALUE_0": folder("command"),
    ]
    #expect(try await content(own) == nil)
    #expect(hasRun)
  }

  @Test("signatures are verified by no command that a repository names")
  func signatures() async throws {
    let tree = folder("tree")
    let object = try await git(["write-tree"], in: tree)
    let name = String(decoding: object, as: UTF8.self).filter { $0 != "\n" }
    let commit =
      "tree \(name)\nauthor a <a@b> 1 +0000\ncommitter a <a@b> 1 +0000\n"
      + "gpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----\n\nm\n"
    let made = try await git(
      ["hash-object", "-t", "commit", "-w", "--stdin"], in: tree, input: Array(commit.utf8))
    let signed = String(decoding: made, as: UTF8.self).filter { $0 != "\n" }
    try await git(["config", "log.showSignature", "true"], in: tree)
    try await git(["config", "gpg.program", folder("command")], in: tree)
    let variables = plainVariables
    let repository = Array(folder("tree/.git").utf8)
    let output = try await blocking {
      try Git(repository: repository, variables: variables).output(["log", "--format=%H", signed, "--"])
    }
    #expect(String(decoding: output, as: UTF8.self) == signed + "\n")
    #expect(!hasRun)
    _ = try await shell("git", ["log", "--format=%H", signed, "--"], in: tree)
    #expect(hasRun, "git did not run it")
  }
}
