// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import FoundationEssentials
import Git
import SystemIO
import TestSupport
import Testing

@Suite("A git that is started")
struct GitTests {
  private let folder: TemporaryFolder

  init() async throws { folder = try await TemporaryFolder.withCommittedTree() }

  private func output(
    _ arguments: [String], _ variables: [String: String] = plainVariables, network: Git.Network = .denied,
    in tree: String = "tree"
  ) async throws -> String {
    let git = Git(
      repository: Array(folder(tree + "/.git").utf8), worktree: Array(folder(tree).utf8),
      variables: variables,
      network: network)
    return try await blocking { String(decoding: try git.output(arguments), as: UTF8.self) }
  }

  /// The environment of a program that is called git.
  private func environment(
    _ variables: [String: String], network: Git.Network
  ) async throws -> [String: String] {
    try folder.write("bin/git", "#!/bin/sh\nexec env -0\n")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder("bin/git"))
    let all = variables.merging(["PATH": folder("bin") + ":" + searchPath]) { $1 }
    var found: [String: String] = [:]
    for record in try await output([], all, network: network).utf8.split(separator: 0) {
      let text = String(Substring(record))
      let equals = text.firstIndex(of: "=") ?? text.endIndex
      found[String(text[..<equals])] = String(text[equals...].dropFirst())
    }
    return found
  }

  @Test("gets the caller's environment, never the process's, nor a token or another repository's")
  func callersEnvironment() async throws {
    var variables = [
      "MINE": "1", "APIFY_TOKEN": "secret", "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "a.b",
      "GIT_CONFIG_VALUE_0": "c", "GIT_TERMINAL_PROMPT": "1", "GIT_ALLOW_PROTOCOL": "ssh",
    ]
    for name in Git.localVariables { variables[name] = "elsewhere" }
    let found = try await environment(variables, network: .denied)
    #expect(
      found.filter { $0.key != "PATH" && $0.key != "PWD" && $0.key != "SHLVL" && $0.key != "_" } == [
        "MINE": "1", "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "a.b", "GIT_CONFIG_VALUE_0": "c",
        "GIT_NO_REPLACE_OBJECTS": "1", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C",
        "GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "",
      ])
    let open = try await environment(variables, network: .allowed)
    #expect(open["GIT_ALLOW_PROTOCOL"] == "ssh" && open["GIT_NO_LAZY_FETCH"] == nil)
  }

  @Test("keeps the settings of GIT_CONFIG_COUNT, but for those that start commands")
  func settings() async throws {
    var variables = plainVariables
    variables["GIT_CONFIG_COUNT"] = "2"
    variables["GIT_CONFIG_KEY_0"] = "user.name"
    variables["GIT_CONFIG_VALUE_0"] = "theirs"
    variables["GIT_CONFIG_KEY_1"] = "core.fsmonitor"
    variables["GIT_CONFIG_VALUE_1"] = "a command"
    #expect(try await output(["config", "user.name"], variables) == "theirs\n")
    #expect(try await output(["config", "core.fsmonitor"], variables) == "false\n")
  }

  @Test("is not misled by what git has set for a hook of another repository")
  func hook() async throws {
    try await git(["init", "-q", folder("other")], in: folder.path)
    var variables = plainVariables
    variables["GIT_DIR"] = folder("other/.git")
    variables["GIT_INDEX_FILE"] = folder("other/index")
    variables["GIT_WORK_TREE"] = folder("other")
    #expect(try await output(["ls-files"], variables) == "file\n")
    try await git(["update-index", "--split-index"], in: folder("tree"))
    let directories = try #require(try GitDirectories(worktree: Array(folder("tree").utf8)))
    let tracked = try await blocking { [variables] in
      let environment = GitEnvironment(variables: variables)
      return try TrackedPaths(
        of: directories, GitConfig(environment: environment, repository: directories), environment)
    }
    #expect(tracked.count == 1)
  }

  @Test("runs no command that a repository names to watch its work tree")
  func fsmonitor() async throws {
    try folder.write("watch", "#!/bin/sh\ntouch '\(folder("ran"))'\n")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder("watch"))
    try await git(["update-index", "--split-index"], in: folder("tree"))
    try await git(["config", "core.fsmonitor", folder("watch")], in: folder("tree"))
    _ = try await output(["ls-files", "-s"])
    _ = try await output(["status"])
    #expect(!FileManager.default.fileExists(atPath: folder("ran")))
    // Any other git runs it.
    _ = try await shell("git", ["status"], in: folder("tree"))
    #expect(FileManager.default.fileExists(atPath: folder("ran")))
  }

  @Test("fetches nothing that a partial clone lacks, and reaches no remote, unless it may")
  func network() async throws {
    try await git(["config", "uploadpack.allowFilter", "true"], in: folder("tree"))
    let address = "file://" + folder("tree")
    try await git(
      ["clone", "-q", "--no-checkout", "--filter=blob:none", address, folder("partial")], in: folder.path)
    try await git(["config", "protocol.file.allow", "always"], in: folder("partial"))
    await #expect(throws: Git.Failure.self) {
      try await output(["cat-file", "blob", "HEAD:file"], in: "partial")
    }
    await #expect(throws: Git.Failure.self) {
      try await output(["ls-remote", address, "main"], in: "partial")
    }
    #expect(
      try await output(["ls-remote", address, "main"], network: .allowed, in: "partial").hasSuffix(
        "refs/heads/main\n"))
    #expect(try await output(["cat-file", "blob", "HEAD:file"], network: .allowed, in: "partial") == "x")
    #expect(try await output(["cat-file", "blob", "HEAD:file"], in: "partial") == "x")
    // What the user forbids stays forbidden.
    try await git(["config", "protocol.file.allow", "never"], in: folder("partial"))
    await #expect(throws: Git.Failure.self) {
      try await output(["ls-remote", address, "main"], network: .allowed, in: "partial")
    }
  }

  @Test("says what went wrong in git's last line, and that there is none")
  func failures() async throws {
    await #expect(throws: Git.Failure.failed(status: 128, message: "Not a valid object name nothing")) {
      try await output(["cat-file", "blob", "nothing"])
    }
    let cancellation = CancellationFlag()
    cancellation.cancel()
    let git = Git(
      repository: Array(folder("tree/.git").utf8), variables: plainVariables, cancellation: cancellation)
    await #expect(throws: Git.Failure.interrupted) { try await blocking { try git.output(["version"]) } }
    try folder.folder("empty")
    await #expect(throws: Git.Failure.missing) { try await output(["version"], ["PATH": folder("empty")]) }
  }
}
