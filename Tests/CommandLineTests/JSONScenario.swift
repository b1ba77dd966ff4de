// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import EmulatorTesting
import FoundationEssentials
import PlatformEmulator
import PlatformModel
import TestSupport
import Testing

/// Runs each command with `--json`, so that it succeeds and so that it fails: what JSON.md shows.
struct JSONScenario {
  /// What one run printed.
  struct Run {
    /// "push --json".
    let command: String
    let json: JSONValue
  }

  private let emulator: PlatformEmulator
  private let address: PlatformEmulator.Address
  private let program: Program
  private let folder: TemporaryFolder
  private var runs: [Run] = []

  private init(_ emulator: PlatformEmulator, _ address: PlatformEmulator.Address) throws {
    (self.emulator, self.address) = (emulator, address)
    program = Program(address)
    folder = try TemporaryFolder.actor(
      #"{"name": "shop", "version": "0.1", "buildTag": "latest", "environmentVariables": {"MODE": "fast"}}"#)
  }

  /// All runs, in their order.
  static func runs() async throws -> [Run] {
    try await PlatformEmulator.running(.tests) { emulator, address in
      var scenario = try Self(emulator, address)
      try await scenario.prepare()
      try await scenario.lookAtPackage()
      try await scenario.pushAndLook()
      try await scenario.pull()
      try await scenario.several()
      try await scenario.hook()
      try await scenario.misuse()
      return scenario.runs
    }
  }

  private mutating func run(
    _ line: String, in other: TemporaryFolder? = nil, status: Int32 = 0,
    with variables: [String: String] = [:]
  ) async throws {
    let command = line + " --json"
    let output = try await program.run(
      command.split(separator: " ").map(String.init), in: other ?? folder, with: variables)
    #expect(output.status == status, "\(command): \(output.text)\(output.talk)")
    runs.append(Run(command: command, json: try JSONValue(output.bytes)))
  }

  private func prepare() async throws {
    try folder.write("Dockerfile", "FROM apify/actor-node:22\nCOPY dist ./dist\n")
    try folder.write("dist/main.js", "console.log('shop');\n")
    try folder.write("img/logo.png", [0x89, 0x50, 0x4E, 0x47, 0, 1])
    try folder.write(".gitignore", "dist/\n")
    try await git(["init", "-q", "-b", "main"], in: folder.path)
  }

  /// What needs no network.
  private mutating func lookAtPackage() async throws {
    try folder.folder("fresh")
    try await run("init fresh")
    try await run("init fresher --name A", status: 5)
    try FileManager.default.removeItem(atPath: folder("fresh"))
    try await run("check", status: 5)
    try folder.write(".actorignore", "!/dist/\n")
    try await run("check")
    try await run("list")
    try await run("list --tree")
    try await run("list --ignored")
    try await run("list --summary")
    try await run("list nowhere", status: 5)
    try await run("explain dist/main.js img/logo.png src")
    try await run("explain /etc", status: 5)
    try await run("pack -o /dev/null")
    try await run("pack -o /nope/package.json", status: 1)
    try await run("report -o page.html")
    try await run("report -o /nope/page.html", status: 1)
    try FileManager.default.removeItem(atPath: folder("page.html"))
    try await git(["add", "-A"], in: folder.path)
    try await git(["commit", "-q", "-m", "shop"], in: folder.path)
  }

  private mutating func pushAndLook() async throws {
    try await run("diff", status: 4)
    try await run("push")
    try await run("push --candidate")
    try folder.write("dist/main.js", "console.log('shops');\n")
    try await run("diff")
    try await run("diff --exit-code", status: 1)
    emulator.script(BuildScript(.fail, logLines: ["npm error: no such package"]))
    try await run("push", status: 1)
    try await run("builds")
    try await run("builds --actor nobody/nothing", status: 4)
    try await run("build 0.1.1 --log")
    try await run("build 0.9.9", status: 5)
    try await run("open latest")
    try await run("open 0.9.9", status: 5)
    try await run("tag latest --build 0.1.1")
    try await run("tag latest --build 0.9.9", status: 5)
    try await run("version show")
    try await run("version show --version 9.9", status: 4)
    try await run("version set --build-tag beta")
    try await run("version set --unset-env NONE", status: 5)
    try await run("version set --build-tag latest")
    try await run("doctor")
    try await run("doctor", status: 1, with: ["APIFY_TOKEN": ""])
  }

  private mutating func pull() async throws {
    try await run("push --no-build")
    var files = try emulator.version("0.1", of: "~shop").files ?? []
    files.removeAll { $0.name == "dist/main.js" }
    func file(_ name: String, _ text: String) -> SourceFile {
      SourceFile(name: name, kind: .file(.text, content: text))
    }
    try emulator.setFiles(
      files + [file("dist/main.js", "console.log('theirs');\n"), file("README.md", "Theirs\n")], of: "0.1",
      "~shop")
    try folder.write("dist/main.js", "console.log('ours');\n")
    try await run("push", status: 7)
    try await run("pull", status: 7)
    try await run("pull --abort")
    try await run("pull --theirs")
  }

  private mutating func several() async throws {
    let many = try TemporaryFolder()
    for name in ["cart", "mail"] {
      try many.write(
        "actors/\(name)/.actor/actor.json", #"{"name": "\#(name)", "version": "0.1", "buildTag": "latest"}"#)
      try many.write("actors/\(name)/Dockerfile", "FROM apify/actor-node:22\nCOPY . ./\n")
    }
    for command in ["push", "diff", "pull", "builds", "check", "list"] {
      try await run(command + " --all", in: many)
    }
    try many.write("actors/mail/.actor/actor.json", #"{"name": "Mail"}"#)
    for command in ["push", "diff", "pull", "builds", "check"] {
      try await run(command + " --all", in: many, status: 5)
    }
    try await run("list --all", in: many)
  }

  private mutating func hook() async throws {
    let repository = try await HookRepository(address, installs: false)
    let other = try TemporaryFolder()
    for command in ["hook install", "hook allow", "hook status", "hook uninstall"] {
      if command == "hook status" {
        #expect(try await repository.push("-q", "origin", "main").status == 0)
        _ = try await repository.deploys()
      }
      try await run(command, in: repository.work)
      try await run(command, in: other, status: 5)
    }
  }

  private mutating func misuse() async throws {
    try await run("push --nonsense", status: 64)
    try await run("hook install --chain --force", status: 64)
    try await run("nonsense", status: 64)
  }
}
