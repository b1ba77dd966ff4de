// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import FoundationEssentials
import Git
import SourceTree
import SystemIO
import TestSupport
import Testing

/// Settings of git that say what is ignored in ways that files alone do not tell. Each case is held against
/// git itself: what it ignores stays out.
@Suite("A rule that git finds by its configuration")
struct UndecidedSettingTests {
  private let folder: TemporaryFolder
  private let path = "/usr/local/bin:/usr/bin:/bin"

  init() async throws {
    folder = try TemporaryFolder()
    try await git(["init", "-q", "-b", "main", folder("home/work/tree")], in: folder.path)
    try await git(
      ["remote", "add", "origin", "https://git.example.invalid/acme/x.git"], in: folder("home/work/tree"))
    try folder.write("home/work/tree/.env")
    try folder.write("home/work/tree/kept")
    try folder.write("home/ignore", ".env\n")
    try folder.write("home/rules", "[core]\n\texcludesFile = ~/ignore\n")
  }

  private func variables(_ more: [String: String] = [:]) -> [String: String] {
    ["PATH": path, "HOME": folder("home"), "GIT_CONFIG_NOSYSTEM": "1"].merging(more) { $1 }
  }

  private func plan(_ variables: [String: String], in tree: String = "home/work/tree") async throws -> Plan {
    let options = WalkOptions(git: GitEnvironment(variables: variables))
    let directory = Array(folder(tree).utf8)
    return try await Threads.run { Result { try Walk.plan(directory, options: options) } }.get()
  }

  /// Whether `.env` stays out, here and with git.
  private func isOut(_ variables: [String: String], in tree: String = "home/work/tree") async throws -> Bool {
    let plan = try await plan(variables, in: tree)
    let isOut = !plan.entries.indices.contains { plan.path(of: $0) == Array(".env".utf8) }
    let check = try await shell(
      "sh", ["-c", "cd \"$1\" && git check-ignore -q .env", "sh", folder(tree)], environment: variables)
    #expect(isOut == (check.status == 0), "git says \(check.status ?? -1): \(check.talk)")
    #expect(plan.warnings.isEmpty)
    return isOut
  }

  @Test(
    "by a condition holds where the condition does",
    arguments: [
      ("hasconfig:remote.*.url:https://git.example.invalid/acme/**", true),
      ("hasconfig:remote.*.url:https://git.example.invalid/other/**", false),
      ("onbranch:main", true), ("onbranch:other", false), ("gitdir:~/work/", true), ("gitdir:~/play/", false),
      ("gitdir:./work/", true), ("gitdir/i:~/WORK/", true), ("unheard-of:x", false),
    ])
  func conditions(_ condition: String, _ holds: Bool) async throws {
    try folder.write("home/.gitconfig", "[includeIf \"\(condition)\"]\n\tpath = rules\n")
    #expect(try await isOut(variables()) == holds)
  }

  @Test("by the home directory holds where that is a link, and beside a configuration file that is one")
  func links() async throws {
    try folder.link("linked", to: "home")
    try folder.write("home/.gitconfig", "[includeIf \"gitdir:~/work/\"]\n\tpath = rules\n")
    #expect(try await isOut(variables(["HOME": folder("linked")])))
    // The directory as the user has come to it, and not.
    try folder.write("home/.gitconfig", "[includeIf \"gitdir:\(folder("linked"))/work/\"]\n\tpath = rules\n")
    #expect(try await isOut(variables(["PWD": folder("linked/work/tree")]), in: "linked/work/tree"))
    #expect(try await !isOut(variables(["PWD": folder("home/work/tree")])))
    // "./" is beside the file that the link leads to.
    try folder.write(
      "dotfiles/config", "[includeIf \"gitdir:./../home/work/\"]\n\tpath = \(folder("home/rules"))\n")
    try FileManager.default.removeItem(atPath: folder("home/.gitconfig"))
    try folder.link("home/.gitconfig", to: "../dotfiles/config")
    #expect(try await !isOut(variables()))
    try folder.write("home/work/config", "[includeIf \"gitdir:./tree/\"]\n\tpath = \(folder("home/rules"))\n")
    try FileManager.default.removeItem(atPath: folder("home/.gitconfig"))
    try folder.link("home/.gitconfig", to: "work/config")
    #expect(try await isOut(variables()))
  }

  @Test(
    "through the environment holds",
    arguments: [
      "include.path", "includeIf.onbranch:main.path", "includeIf.gitdir:**/Work/.path",
      "includeIf.hasconfig:remote.*.url:https://git.example.invalid/acme/**.path",
    ])
  func environment(_ key: String) async throws {
    if key.contains("Work") {
      try FileManager.default.moveItem(atPath: folder("home/work"), toPath: folder("home/Work"))
    }
    let tree = key.contains("Work") ? "home/Work/tree" : "home/work/tree"
    let rules = folder("home/rules")
    #expect(
      try await isOut(
        variables(["GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": key, "GIT_CONFIG_VALUE_0": rules]), in: tree))
    #expect(try await isOut(variables(["GIT_CONFIG_PARAMETERS": "'\(key)'='\(rules)'"]), in: tree))
  }

  @Test("in another user's home directory holds")
  func user() async throws {
    // git alone knows where that is.
    try folder.write("home/.gitconfig", "[core]\n\texcludesFile = ~root/../\(folder("home/ignore"))\n")
    #expect(try await isOut(variables()))
  }

  @Test("that cannot be found without git is warned about where there is none")
  func withoutGit() async throws {
    try folder.write(
      "home/.gitconfig",
      "[includeIf \"hasconfig:remote.*.url:x\"]\n\tpath = rules\n[core]\n\texcludesFile = ~/ignore\n")
    // The repository below reads the same file; that is said once.
    try await git(["init", "-q", folder("home/work/tree/sub")], in: folder.path)
    let plan = try await plan(variables(["PATH": folder("home")]))
    #expect(
      plan.warnings == [
        WalkWarning(
          kind: .undecidedSetting("includeIf \"hasconfig:remote.*.url:x\"", cause: "git is not installed"),
          path: Array(folder("home/.gitconfig").utf8)),
        WalkWarning(kind: .nestedRepository, path: Array("sub".utf8)),
      ])
    #expect(plan.entries.count == 2)
  }

  @Test(
    "in a configuration that git refuses is an error, as git works nowhere with it",
    arguments: ["[core]\n\tx = \"\n", "[include]\n\tpath = .gitconfig\n"])
  func refused(_ text: String) async throws {
    try folder.write("home/.gitconfig", text)
    do {
      _ = try await plan(variables())
      Issue.record("there is a plan")
    } catch let error as SourceTreeError {
      #expect(error.code == .gitFailed && error.path == Array(folder("home/.gitconfig").utf8), "\(error)")
    }
  }
}
