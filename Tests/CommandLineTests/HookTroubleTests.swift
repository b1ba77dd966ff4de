// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import EmulatorTesting
import FoundationEssentials
import PlatformEmulator
import PlatformModel
import TestSupport
import Testing

@Suite("A hook that cannot do what it was installed for")
struct HookTroubleTests {
  private func program(_ repository: HookRepository, _ arguments: String..., in folder: String) async throws
    -> Output
  {
    try await shell(
      Program.location(), arguments, in: repository.work(folder), environment: repository.program.environment)
  }

  /// What `hook status` and `doctor` say, and that neither says that all is well.
  private func expect(_ text: String, _ repository: HookRepository) async throws {
    let status = try await repository.program("hook", "status", in: repository.work)
    #expect(status.status == 0 && status.text.contains("nothing is deployed: \(text)"), "\(status.text)")
    #expect(status.text.contains("actorpush hook install writes the hook anew"))
    let json = try await repository.program("hook", "status", "--json", in: repository.work)
    let hook = try JSONDecoder().decode(HookDeploys.self, from: Data(json.bytes)).hook
    #expect(!hook.installed && hook.description.contains(text))
    let doctor = try await repository.program("doctor", in: repository.work)
    #expect(
      doctor.text.split(separator: "\n").contains { $0.hasPrefix("problem  hook") && $0.contains(text) },
      "\(doctor.text)")
  }

  @Test("is told of where its file is not executable, which git ignores")
  func notExecutable() async throws {
    let repository = try await HookRepository(nil)
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o644], ofItemAtPath: repository.work(".git/hooks/pre-push"))
    try await expect("the hook is not executable, and git ignores it", repository)
    #expect(try await repository.program("hook", "install", in: repository.work).status == 0)
    let status = try await repository.program("hook", "status", in: repository.work)
    #expect(!status.text.contains("nothing is deployed"), "\(status.text)")
  }

  @Test("is told of where its program is gone, unless another is in PATH", arguments: [false, true])
  func programGone(isConfigured: Bool) async throws {
    let repository = try await HookRepository(nil)
    let gone = repository.work("gone/actorpush")
    if isConfigured {
      // git 2.54 and later runs hooks by its configuration; this git says that it is one.
      try await git(
        [
          "config", "--local", "hook.actorpush.command",
          "p='\(gone)'; [ -x \"$p\" ] || p=$(command -v actorpush) || { exit 0; }; \"$p\" hook pre-push",
        ], in: repository.work.path)
      let version = try await shell("git", ["version"], in: repository.work.path).text
      let minor = version.split(separator: ".").dropFirst().first.flatMap { Int($0) } ?? 0
      guard minor >= 54 else { return }
    } else {
      let path = repository.work(".git/hooks/pre-push")
      let text = try String(contentsOfFile: path, encoding: .utf8)
      try repository.work.write(
        ".git/hooks/pre-push", text.replacing(try Program.location(), with: gone))
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    }
    try await expect("\(gone) is not there, and there is no actorpush in PATH", repository)
    let directory = String(try Program.location().dropLast("/actorpush".count))
    let status = try await repository.program(
      "hook", "status", in: repository.work, with: ["PATH": "/usr/local/bin:/usr/bin:/bin:\(directory)"])
    #expect(!status.text.contains("nothing is deployed"), "\(status.text)")
  }

  @Test("takes --map from the current directory, and deploys by it")
  func map() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let repository = try await HookRepository(address, map: nil, installs: false)
      try repository.work.write("sub/deploy.json", #"{"push": {"main": {"version": "1.0"}}}"#)
      try await repository.commit(allows: false)
      let installed = try await program(repository, "hook", "install", "--map", "deploy.json", in: "sub")
      #expect(
        installed.status == 0 && installed.talk.contains("agreed to sub/deploy.json: main"),
        "\(installed.talk)")
      #expect(try await repository.push("origin", "main").status == 0)
      #expect(try await repository.endings() == ["deployed"])
      #expect(try emulator.texts()["main.js"] == "1\n")
    }
  }

  @Test(
    "is not installed with a --map that is none, nor is that agreed to",
    arguments: [
      ("missing.json", "No such file or directory"), ("sub", "is a directory"),
      ("bad.json", "not valid JSON"),
      ("wrong.json", "version"),
    ])
  func badMap(_ name: String, _ says: String) async throws {
    let repository = try await HookRepository(nil, installs: false)
    try repository.work.write("bad.json", "{")
    try repository.work.write("wrong.json", #"{"push": {"main": {"version": "x"}}}"#)
    try repository.work.write("sub/x", "")
    for command in ["install", "allow"] {
      let output = try await repository.program("hook", command, "--map", name, in: repository.work)
      #expect(output.status == 5 && output.talk.contains(says), "\(output.talk)")
      #expect(!output.talk.contains("agreed to"), "\(output.talk)")
    }
    #expect(!FileManager.default.fileExists(atPath: repository.work(".git/hooks/pre-push")))
  }

  @Test("agrees to the maps that are valid, and ends as an error that names the first that is none")
  func oneBadMap() async throws {
    let repository = try await HookRepository(nil, installs: false)
    for (directory, map) in [("a", #"{"push": {"main": {}}}"#), ("b", #"{"branches": {}}"#)] {
      try repository.work.write(
        "\(directory)/.actor/actor.json", #"{"actorSpecification": 1, "name": "shop"}"#)
      try repository.work.write("\(directory)/.actor/actorpush.json", map)
    }
    let output = try await repository.program("hook", "allow", "--json", in: repository.work)
    let error = #"error: "branches" is not known here (b/.actor/actorpush.json:1:14)"#
    #expect(output.status == 5, "\(output.talk)")
    #expect(output.talk.contains("agreed to a/.actor/actorpush.json: main"), "\(output.talk)")
    #expect(output.talk.contains(error), "\(output.talk)")
    #expect(
      output.text.contains(#""ok":false"#) && output.text.contains(#""path":"a/.actor/actorpush.json""#))
    #expect(!output.text.contains(#""path":"b/"#), "\(output.text)")
  }

  @Test(
    "deploys from a work tree whose repository lies elsewhere, named by core.worktree or the environment",
    arguments: [true, false])
  func elsewhere(isConfigured: Bool) async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let repository = try await HookRepository(address, installs: false)
      let place = try TemporaryFolder()
      try FileManager.default.moveItem(atPath: repository.work(".git"), toPath: place("meta"))
      var names = ["GIT_DIR": place("meta")]
      if isConfigured {
        let arguments = ["--git-dir", place("meta"), "config", "core.worktree", repository.work.path]
        try await git(arguments, in: repository.work.path)
      } else {
        names["GIT_WORK_TREE"] = repository.work.path
      }
      let installed = try await repository.program("hook", "install", in: repository.work, with: names)
      #expect(installed.status == 0, "\(installed.talk)")
      let pushed = try await repository.push("origin", "main", with: names)
      #expect(pushed.status == 0 && pushed.talk.contains("will be deployed"), "\(pushed.talk)")
      #expect(try await repository.endings(with: names) == ["deployed"])
      #expect(try emulator.texts()["main.js"] == "1\n")
    }
  }

  @Test(
    "says of two Actors that are the same version that it deploys neither, at once and later",
    arguments: [("shop", "~shop", ""), ("anna/shop", "anna/shop", ", or name the account of both Actors")])
  func twins(_ name: String, _ shown: String, _ help: String) async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let repository = try await HookRepository(address, map: nil)
      for name in ["shop", "cart"] {
        try repository.work.write("\(name)/.actor/actorpush.json", #"{"push": {"main": {"version": "0.1"}}}"#)
        try repository.work.write("\(name)/main.js", name)
      }
      let actor = #"{"name": "shop", "version": "0.1"}"#
      try repository.work.write("shop/.actor/actor.json", actor)
      try repository.work.write("cart/.actor/actor.json", actor.replacing("shop", with: name))
      try await repository.commit()
      let output = try await repository.push("origin", "main")
      for (actor, other) in [("~shop", "cart"), (shown, "shop")] {
        #expect(output.talk.contains(" to \(actor) 0.1: \(other) of main ("), "\(output.talk)")
      }
      let reason = ") would be the same version; give one of them another version\(help); not deployed"
      #expect(output.talk.components(separatedBy: reason).count == 3, "\(output.talk)")
      #expect(output.status == 0 && !output.talk.contains("will be deployed"), "\(output.talk)")
      #expect(try await repository.endings() == ["failed", "failed"])
      #expect(emulator.state.actors.isEmpty)
      let status = try await repository.program("hook", "status", "--log", in: repository.work)
      #expect(status.text.contains("failed; cart of main ("), "\(status.text)")
    }
  }

  @Test(
    "deploys from a path with a newline, and touches no repository beside it",
    arguments: ["x\ny", "x\nfalse"])
  func newline(_ name: String) async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let repository = try await HookRepository(address, installs: false)
      let place = try TemporaryFolder()
      try await git(["init", "-q", place("x")], in: place.path)
      try FileManager.default.moveItem(atPath: repository.work.path, toPath: place(name))
      try FileManager.default.createSymbolicLink(
        atPath: repository.work.path, withDestinationPath: place(name))
      let installed = try await program(repository, "hook", "install", in: ".")
      #expect(installed.status == 0, "\(installed.talk)")
      #expect(!FileManager.default.fileExists(atPath: place("x/.git/hooks/pre-push")))
      #expect(FileManager.default.fileExists(atPath: place(name + "/.git/hooks/pre-push")))
      #expect(try await repository.push("origin", "main").status == 0)
      #expect(try await repository.endings() == ["deployed"])
      #expect(try emulator.texts()["main.js"] == "1\n")
      let pushed = try await program(repository, "push", "--commit", "HEAD", "--version", "2.0", in: ".")
      #expect(pushed.status == 0, "\(pushed.talk)")
      let version = try await program(repository, "version", "--version", "2.0", in: ".")
      #expect(try await version.text.contains(repository.head().prefix(12)), "\(version.text)")
      #expect(try await program(repository, "hook", "uninstall", in: ".").status == 0)
      #expect(!FileManager.default.fileExists(atPath: place(name + "/.git/hooks/pre-push")))
    }
  }

  @Test("names the file of another directory from the top")
  func otherDirectory() async throws {
    let repository = try await HookRepository(nil)
    try repository.work.write("two/.actor/actorpush.json", #"{"push": {"main": {}}}"#)
    try repository.work.write("two/.actor/actor.json", #"{"name": "two", "version": "0.1"}"#)
    try await repository.commit()
    try repository.work.write("two/.actor/actor.json", #"{"name": "two", "version": "0.x"}"#)
    try await repository.commit(allows: false)
    let output = try await repository.push("origin", "main")
    #expect(output.talk.contains("actorpush: two/.actor/actor.json:1:"), "\(output.talk)")
  }

  @Test("says that it does not know what was agreed to, where there is no place for the state")
  func noHome() async throws {
    let repository = try await HookRepository(nil)
    let arguments = ["-u", "HOME", "-u", "XDG_STATE_HOME", "git", "push", "origin", "main"]
    let output = try await shell(
      "env", arguments, in: repository.work.path, environment: ["GIT_CONFIG_NOSYSTEM": "1"])
    #expect(
      output.status == 0 && output.talk.contains("there is no directory for the state"), "\(output.talk)")
    #expect(output.talk.contains("set HOME or XDG_STATE_HOME"), "\(output.talk)")
    #expect(!output.talk.contains("is not what this clone has agreed to"), "\(output.talk)")
  }
}
