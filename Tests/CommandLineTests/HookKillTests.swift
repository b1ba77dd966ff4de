// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import EmulatorTesting
import FoundationEssentials
import PlatformEmulator
import PlatformModel
import TestSupport
import Testing

@Suite("Killed at any point")
struct HookKillTests {
  /// Everything that a user would miss.
  private static func hooks(_ repository: HookRepository) async throws -> String {
    let script =
      "for f in .git/hooks/pre-push*; do case $f in *.sample|*-new) ;; *) echo $f; cat $f; ls -li $f | cut -d' ' -f2;; esac; done"
    return try await shell("sh", ["-c", script], in: repository.work.path).text
  }

  @Test(
    "git, the hook and the deploy leave a sound repository, and the next push is deployed", arguments: 1...12)
  func push(_ seed: Int) async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let repository = try await HookRepository(address)
      let before = try await Self.hooks(repository)
      var random = SeededGenerator(seed)
      let state = try #require(repository.program.environment["XDG_STATE_HOME"])
      let victim = [["push", repository.remote.path], ["hook", "pre-push"], ["hook", "deploy"]][seed % 3]
      let pause = Double.random(in: 0...0.15, using: &random)
      async let pushed = repository.push(repository.remote.path, "main")
      try await Task.sleep(for: .seconds(pause))
      HookProcesses(state: state).kill(victim)
      _ = try? await pushed
      #expect(try await Self.hooks(repository) == before)
      #expect(try await shell("git", ["fsck", "--strict"], in: repository.work.path).status == 0)
      // Whatever there is of a deploy can be read; what was not begun counts as running for some seconds.
      let status = try await repository.program("hook", "status", "--json", in: repository.work)
      #expect(status.status == 0)
      try repository.work.write("main.js", "next \(seed)\n")
      try await repository.commit()
      #expect(try await repository.push("origin", "main").status == 0)
      let wanted = SourceFile(name: "main.js", kind: .file(.text, content: "next \(seed)\n"))
      try await emulator.wait("the files of the next push") { platform -> Bool? in
        let versions = platform.actors.values.flatMap(\.versions)
        let isThere = versions.contains { version in
          version.files?.contains { $0.name == wanted.name && $0.kind == wanted.kind } == true
        }
        return isThere ? true : nil
      }
      _ = try await repository.endings()
    }
  }

  @Test("an installation is not begun, or can be done again and undone", arguments: 1...10)
  func install(_ seed: Int) async throws {
    let repository = try await HookRepository(nil, installs: false)
    try repository.work.write(".git/hooks/pre-push", "#!/bin/sh\n# someone's\n")
    let before = try await Self.hooks(repository)
    let pause = Double(seed) * 0.004
    for command in ["install --chain", "uninstall"] {
      _ = try await shell(
        "sh",
        [
          "-c",
          "'\(Program.location())' hook \(command) & sleep \(pause); kill -9 $! 2>/dev/null; wait; true",
        ],
        in: repository.work.path, environment: repository.program.environment)
    }
    #expect(try await repository.program("hook", "install", "--chain", in: repository.work).status == 0)
    #expect(try await repository.program("hook", "uninstall", in: repository.work).status == 0)
    #expect(try await Self.hooks(repository) == before)
  }
}
