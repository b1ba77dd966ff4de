// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import EmulatorTesting
import FoundationEssentials
import PlatformEmulator
import PlatformModel
import TestSupport
import Testing

@Suite("Deploys of pushes that follow one another")
struct HookTurnTests {
  @Test("waits for its turn, and a newer one takes the place of one that waits")
  func turns() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let repository = try await HookRepository(address)
      emulator.script(BuildScript(holdingAt: [.end]))
      #expect(try await repository.push("origin", "main").status == 0)
      let held = try await emulator.wait("a build") { $0.builds.keys.first }
      for text in ["2\n", "3\n"] {
        try repository.work.write("main.js", text)
        try await repository.commit()
        #expect(try await repository.push("origin", "main").status == 0)
        try await Task.sleep(for: .milliseconds(700))
      }
      #expect(emulator.state.builds.count == 1)
      emulator.release(.end, of: held)
      #expect(try await repository.endings() == ["deployed", "replaced", "deployed"])
      #expect(try emulator.texts()["main.js"] == "3\n")
      #expect(emulator.state.builds.count == 2)
    }
  }

  @Test("leaves a state that says what happened when its processes are killed")
  func killed() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let repository = try await HookRepository(address)
      emulator.script(BuildScript(holdingAt: [.end]))
      #expect(try await repository.push("origin", "main").status == 0)
      let held = try await emulator.wait("a build") { $0.builds.keys.first }
      let state = try #require(repository.program.environment["XDG_STATE_HOME"])
      #expect(HookProcesses(state: state).kill("hook", "deploy") == 1)
      // As long as the job is so young that it might not have begun, it counts as running.
      #expect(try await repository.endings() == ["lost"])
      emulator.release(.end, of: held)
      // The lock went with the process.
      try repository.work.write("main.js", "2\n")
      try await repository.commit()
      #expect(try await repository.push("origin", "main").status == 0)
      #expect(try await repository.endings().first == "deployed")
    }
  }
}
