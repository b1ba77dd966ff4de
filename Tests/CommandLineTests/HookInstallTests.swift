// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import FoundationEssentials
import TestSupport
import Testing

@Suite("Installing the hook")
struct HookInstallTests {
  /// Everything in the folders where hooks and configuration are: names, modes and contents.
  static func snapshot(_ repository: HookRepository) async throws -> String {
    let script =
      "for f in $(find .git/hooks .git/config .githooks .husky -not -name '*.sample' 2>/dev/null | sort); do stat -c '%n %f' $f; [ -h $f ] && readlink $f; [ -f $f ] && cat $f; done; true"
    return try await shell("sh", ["-c", script], in: repository.work.path).text
  }

  static func write(_ repository: HookRepository, _ name: String, _ text: String, mode: Int = 0o755)
    throws
  {
    try repository.work.write(name, text)
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: repository.work(name))
  }

  private static let foreign = "#!/bin/sh\n# someone's\ncat > \"$PWD/seen\"; echo \"$@\" >> \"$PWD/seen\"\n"

  @Test("and taking it away leaves everything as it was, where there was nothing")
  func fresh() async throws {
    let repository = try await HookRepository(nil, installs: false)
    let before = try await Self.snapshot(repository)
    let dry = try await repository.program("hook", "install", "--dry-run", in: repository.work)
    #expect(dry.status == 0 && dry.text.hasPrefix("#!/bin/sh\n") && dry.talk.contains("would write "))
    #expect(try await Self.snapshot(repository) == before)
    for _ in 0..<2 {
      #expect(try await repository.program("hook", "install", "--json", in: repository.work).status == 0)
    }
    let status = try await repository.program("hook", "status", in: repository.work)
    #expect(status.text.hasPrefix("installed: "))
    // Whoever has not said yet where branches go is told how.
    try FileManager.default.removeItem(atPath: repository.work(".actor/actorpush.json"))
    let unmapped = try await repository.program("hook", "install", in: repository.work)
    #expect(unmapped.status == 0 && unmapped.talk.contains("nothing is deployed yet"))
    #expect(unmapped.talk.contains("wrote "))
    let removed = try await repository.program("hook", "uninstall", in: repository.work)
    #expect(removed.status == 0 && removed.talk.contains("removed "), "\(removed.talk)")
    #expect(try await Self.snapshot(repository) == before)
    let again = try await repository.program("hook", "uninstall", in: repository.work)
    #expect(again.status == 0 && again.talk.contains("no actorpush hook"))
  }

  @Test("needs a repository, and says so", arguments: ["install", "allow", "status", "uninstall"])
  func noRepository(_ command: String) async throws {
    let folder = try TemporaryFolder.actor(#"{"name": "my-actor", "version": "0.1"}"#)
    let output = try await Program()("hook", command, in: folder)
    #expect(output.status == 5 && output.talk.contains("error: not a git repository"), "\(output.talk)")
    #expect(output.talk.contains("help: git init makes one"), "\(output.talk)")
  }

  @Test(
    "beside a foreign's hook is refused, chained or forced as asked, and given back byte for byte",
    arguments: [
      "--chain", "--force",
    ])
  func foreign(_ option: String) async throws {
    let repository = try await HookRepository(nil, map: nil, installs: false)
    try Self.write(repository, ".git/hooks/pre-push", Self.foreign)
    let before = try await Self.snapshot(repository)
    let refused = try await repository.program("hook", "install", in: repository.work)
    #expect(refused.status == 5 && refused.talk.contains("--chain") && refused.talk.contains("--force"))
    #expect(try await Self.snapshot(repository) == before)
    #expect(try await repository.program("hook", "install", option, in: repository.work).status == 0)
    let output = try await repository.push("origin", "main")
    #expect(
      output.status == 0 && output.talk.contains("actorpush: no .actor/actorpush.json"), "\(output.talk)")
    let seen = repository.work("seen")
    #expect(FileManager.default.fileExists(atPath: seen) == (option == "--chain"))
    if option == "--chain" {
      let text = try String(contentsOfFile: seen, encoding: .utf8)
      let head = try await repository.head()
      #expect(
        text.hasPrefix("refs/heads/main \(head) refs/heads/main ")
          && text.hasSuffix("\norigin \(repository.remote.path)\n"))
      try FileManager.default.removeItem(atPath: seen)
      // A chained hook that says no is heard.
      try Self.write(repository, ".git/hooks/pre-push.before-actorpush", "#!/bin/sh\nexit 3\n")
      try await repository.commit()
      #expect(try await repository.push("origin", "main").status != 0)
      try Self.write(repository, ".git/hooks/pre-push.before-actorpush", Self.foreign)
    }
    // Once more is no harm.
    #expect(try await repository.program("hook", "install", option, in: repository.work).status == 0)
    #expect(try await repository.program("hook", "uninstall", in: repository.work).status == 0)
    #expect(try await Self.snapshot(repository) == before)
  }

  @Test("where the hook is a symbolic link keeps the link")
  func link() async throws {
    let repository = try await HookRepository(nil, installs: false)
    try Self.write(repository, "tools/hook", Self.foreign)
    try repository.work.link(".git/hooks/pre-push", to: "../../tools/hook")
    let before = try await Self.snapshot(repository)
    #expect(try await repository.program("hook", "install", "--chain", in: repository.work).status == 0)
    #expect(try await repository.program("hook", "uninstall", in: repository.work).status == 0)
    #expect(try await Self.snapshot(repository) == before)
  }

  @Test("after somebody has changed it is not undone unasked")
  func edited() async throws {
    let repository = try await HookRepository(nil)
    let path = ".git/hooks/pre-push"
    let text = try String(contentsOfFile: repository.work(path), encoding: .utf8)
    try Self.write(repository, path, text + "echo mine\n")
    for command in ["install", "uninstall"] {
      let refused = try await repository.program("hook", command, in: repository.work)
      #expect(refused.status == 5 && refused.talk.contains("changed"), "\(refused.talk)")
    }
    #expect(try await repository.program("hook", "uninstall", "--force", in: repository.work).status == 0)
    #expect(!FileManager.default.fileExists(atPath: repository.work(path)))
  }

  @Test("by core.hooksPath: inside of the repository it is installed there, outside nothing is touched")
  func hooksPath() async throws {
    let repository = try await HookRepository(nil, map: nil, installs: false)
    try await git(["config", "core.hooksPath", ".githooks"], in: repository.work.path)
    #expect(try await repository.program("hook", "install", in: repository.work).status == 0)
    #expect(FileManager.default.fileExists(atPath: repository.work(".githooks/pre-push")))
    #expect(try await repository.push("origin", "main").talk.contains("actorpush: "))
    #expect(try await repository.program("hook", "uninstall", in: repository.work).status == 0)
    let outside = try TemporaryFolder()
    try await git(["config", "core.hooksPath", outside.path], in: repository.work.path)
    for option in ["--chain", "--force"] {
      let refused = try await repository.program("hook", "install", option, in: repository.work)
      #expect(
        refused.status == 5 && refused.talk.contains("core.hooksPath")
          && refused.talk.contains("hook pre-push"))
      #expect(!refused.talk.contains("exit 0"), "it is a part of another hook")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: outside.path).isEmpty)
  }

  @Test(
    "beside a manager of hooks says what to add to its own file",
    arguments: [
      ("husky", ".husky/_/pre-push", "#!/usr/bin/env sh\n. \"$(dirname \"$0\")/h\"", ".husky/pre-push"),
      (
        "pre-commit", ".git/hooks/pre-push",
        "#!/usr/bin/env bash\n# File generated by pre-commit: https://pre-commit.com\n",
        ".pre-commit-config.yaml"
      ),
      (
        "lefthook", ".git/hooks/pre-push", "#!/bin/sh\ncall_lefthook run \"pre-push\" \"$@\"\n",
        "lefthook.yml"
      ),
      (
        "git-lfs", ".git/hooks/pre-push",
        "#!/bin/sh\ncommand -v git-lfs >/dev/null 2>&1 || exit 2\ngit lfs pre-push \"$@\"\n", "--chain"
      ),
    ])
  func managers(_ name: String, _ path: String, _ text: String, _ says: String) async throws {
    let repository = try await HookRepository(nil, installs: false)
    if name == "husky" { try await git(["config", "core.hooksPath", ".husky/_"], in: repository.work.path) }
    try Self.write(repository, path, text)
    let before = try await Self.snapshot(repository)
    let refused = try await repository.program("hook", "install", in: repository.work)
    #expect(
      refused.status == 5 && refused.talk.contains(name) && refused.talk.contains(says), "\(refused.talk)")
    #expect(try await Self.snapshot(repository) == before)
    let status = try await repository.program("hook", "status", in: repository.work)
    #expect(status.text.contains(name))
    // The file is that of all who work on the repository: some have no such program.
    #expect(try name == "git-lfs" || !refused.talk.contains(Program.location()))
    guard name == "husky" else { return }
    let without = try await shell(
      "sh", ["-e", "-c", HookBlockTests.block(refused.talk) + "cat", "pre-push", "origin", "x"],
      environment: ["PATH": "/usr/bin:/bin"], input: Array("a line\n".utf8))
    #expect(without.status == 0 && without.talk.contains("not in PATH: nothing is deployed"))
    #expect(without.text == "a line\n")
  }

  @Test("from git 2.54 on goes by the repository's configuration, whatever other hooks there are")
  func configured() async throws {
    let repository = try await HookRepository(nil, installs: false)
    try Self.write(repository, ".git/hooks/pre-push", Self.foreign)
    let before = try await Self.snapshot(repository)
    let tools = try TemporaryFolder()
    let real =
      try await shell("sh", ["-c", "command -v git"]).text.split(separator: "\n").first.map(String.init) ?? ""
    try tools.write(
      "git",
      "#!/bin/sh\nfor a; do [ \"$a\" = version ] && { echo git version 2.54.1; exit; }; done\nexec \(real) \"$@\"\n"
    )
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: tools("git"))
    let path = ["PATH": tools.path + ":/usr/local/bin:/usr/bin:/bin"]
    #expect(
      try await repository.program("hook", "install", "--strict", in: repository.work, with: path).status == 0
    )
    let event = try await git(["config", "hook.actorpush.event"], in: repository.work.path)
    let command = try await git(["config", "hook.actorpush.command"], in: repository.work.path)
    #expect(String(decoding: event, as: UTF8.self) == "pre-push\n")
    #expect(String(decoding: command, as: UTF8.self).contains("hook pre-push '--strict'"))
    // As git runs it: with "$@" behind it.
    let line = String(decoding: command.dropLast(), as: UTF8.self)
    let variables = repository.program.environment
    let run = try await shell(
      "sh", ["-c", line + " \"$@\"", line, "origin", repository.remote.path], in: repository.work.path,
      environment: variables)
    #expect(run.status == 0 && run.talk == "", "\(run.talk)")
    // So did not what was written at first, which stays where it was.
    let first = try await shell(
      "sh", ["-c", line + " \"$@\" \"$@\"", line, "origin", repository.remote.path],
      in: repository.work.path, environment: variables)
    #expect(first.status == 0 && first.talk == "", "\(first.talk)")
    #expect(!line.contains("$@"))
    let moved = try String(decoding: command, as: UTF8.self).replacing(Program.location(), with: "/nowhere/x")
    let gone = try await shell("sh", ["-e", "-c", moved], environment: ["PATH": "/usr/bin:/bin"])
    #expect(
      gone.status == 0 && gone.talk.contains("the program is gone, nothing is deployed"), "\(gone.talk)")
    let status = try await repository.program("hook", "status", in: repository.work, with: path)
    #expect(status.text.hasPrefix("installed, by the repository's configuration"))
    #expect(try await repository.program("hook", "uninstall", in: repository.work, with: path).status == 0)
    #expect(try await Self.snapshot(repository) == before)
  }

  @Test("goes on where the program is gone")
  func gone() async throws {
    let repository = try await HookRepository(nil)
    let path = ".git/hooks/pre-push"
    let text = try String(contentsOfFile: repository.work(path), encoding: .utf8)
    try Self.write(repository, path, text.replacing(try Program.location(), with: "/nowhere/actorpush"))
    let output = try await repository.push("origin", "main")
    #expect(output.status == 0 && output.talk.contains("the program is gone"), "\(output.talk)")
  }

  @Test("with git-lfs and pre-commit for real, where they are installed")
  func forReal() async throws {
    let repository = try await HookRepository(nil, map: nil, installs: false)
    if try await shell("sh", ["-c", "command -v git-lfs"]).status == 0 {
      try await git(["lfs", "install", "--local"], in: repository.work.path)
      let before = try await Self.snapshot(repository)
      #expect(try await repository.program("hook", "install", in: repository.work).status == 5)
      #expect(try await repository.program("hook", "install", "--chain", in: repository.work).status == 0)
      let output = try await repository.push("origin", "main")
      #expect(output.status == 0 && output.talk.contains("actorpush: "), "\(output.talk)")
      #expect(try await repository.program("hook", "uninstall", in: repository.work).status == 0)
      #expect(try await Self.snapshot(repository) == before)
      try FileManager.default.removeItem(atPath: repository.work(".git/hooks/pre-push"))
    }
    if let preCommit = ProcessInfo.processInfo.environment["ACTORPUSH_PRE_COMMIT"] {
      let other = try await HookRepository(nil, installs: false)
      try Self.write(other, ".git/hooks/pre-push", "# File generated by pre-commit: https://pre-commit.com\n")
      // Just what a user is told to add.
      let told = try await other.program("hook", "install", in: other.work).talk
      let lines = told.split(separator: "\n", omittingEmptySubsequences: false).filter { $0.hasPrefix("  ") }
      try repository.work.write(
        ".pre-commit-config.yaml", "repos:\n" + lines.joined(separator: "\n") + "\n        verbose: true\n")
      try await repository.commit()
      let installed = try await shell(
        preCommit, ["install", "--hook-type", "pre-push"], in: repository.work.path,
        environment: ["HOME": repository.remote.path, "GIT_CONFIG_NOSYSTEM": "1"])
      #expect(installed.status == 0, "\(installed.text)")
      #expect(
        try await repository.program("hook", "install", in: repository.work).talk.contains(
          ".pre-commit-config.yaml"))
      let tools = try TemporaryFolder()
      try tools.link("actorpush", to: Program.location())
      for (path, says, branch) in [
        (tools.path + ":", "actorpush: no .actor", "one"), ("", "actorpush is not in PATH", "two"),
      ] {
        // Of commits that the remote has it runs nothing.
        try await repository.commit()
        let output = try await repository.push(
          "origin", "main:\(branch)",
          with: ["HOME": repository.remote.path, "PATH": path + "/usr/local/bin:/usr/bin:/bin"])
        #expect(
          output.status == 0 && (output.talk + output.text).contains(says), "\(output.talk) \(output.text)")
      }
    }
  }
}
