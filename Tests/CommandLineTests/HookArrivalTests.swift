// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import EmulatorTesting
import FoundationEssentials
import PlatformEmulator
import PlatformModel
import TestSupport
import Testing

@Suite("A push that has to be seen to arrive")
struct HookArrivalTests {
  private static let zero = String(repeating: "0", count: 40)

  /// Makes `address` the remote's, reached by an ssh that works `connections` times.
  private func reach(_ repository: HookRepository, by address: String, connections: Int) async throws {
    try repository.work.write(
      ".git/ssh",
      """
      #!/bin/sh
      echo x >>.git/connections
      [ "$(wc -l <.git/connections)" -le \(connections) ] || { echo 'git@host: Permission denied (publickey).' >&2; exit 255; }
      shift; eval "$*"

      """)
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: repository.work(".git/ssh"))
    for (key, value) in [
      ("remote.origin.url", address), ("core.sshCommand", ".git/ssh"), ("ssh.variant", "simple"),
    ] { try await git(["config", key, value], in: repository.work.path) }
  }

  @Test("is deployed where the remote takes one connection only: git's own reference has moved")
  func secondConnection() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let repository = try await HookRepository(address)
      try await reach(repository, by: "ssh://host\(repository.remote.path)", connections: 1)
      #expect(try await repository.push("origin", "main").status == 0)
      #expect(try await repository.endings() == ["deployed"])
      #expect(try emulator.texts()["main.js"] == "1\n")
    }
  }

  @Test("is not deployed where it was refused and the remote takes no second connection; the cause is told")
  func refusedWithoutSecondConnection() async throws {
    let repository = try await HookRepository(nil)
    try await reach(repository, by: "ssh://host\(repository.remote.path)", connections: 1)
    try repository.remote.write("hooks/pre-receive", "#!/bin/sh\nexit 1\n")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: repository.remote("hooks/pre-receive"))
    #expect(try await repository.push("origin", "main").status != 0)
    #expect(try await repository.endings() == ["failed"])
    let message = try await repository.messages()
    #expect(message.contains("(git@host: Permission denied (publickey))"), "\(message)")
  }

  @Test(
    "is asked for with the remote's password, which no file of the deploy keeps", arguments: [true, false])
  func password(isNamed: Bool) async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let repository = try await HookRepository(address)
      let remote = "ssh://git:NeverToBeKept@host\(repository.remote.path)"
      try await reach(repository, by: remote, connections: 2)
      #expect(try await repository.push(isNamed ? "origin" : remote, "main").status == 0)
      #expect(try await repository.endings() == ["deployed"])
      let state = try #require(repository.program.environment["XDG_STATE_HOME"])
      let found = try await shell("grep", ["-r", "NeverToBeKept", state], in: repository.work.path)
      #expect(found.text.isEmpty)
      let jobs = try await shell("grep", ["-rl", "ssh://git@host", state], in: repository.work.path)
      #expect(jobs.text.hasSuffix(".job\n"))
    }
  }

  @Test("is waited for where no git makes it, as an editor's own does not")
  func withoutProcess() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let repository = try await HookRepository(address)
      let line = "refs/heads/main \(try await repository.head()) refs/heads/main \(Self.zero)"
      // A session of its own: no git is above it.
      let hook = try await shell(
        "setsid", ["-w", ".git/hooks/pre-push", "origin", repository.remote.path],
        in: repository.work.path, environment: repository.program.environment,
        input: Array((line + "\n").utf8))
      #expect(hook.status == 0, "\(hook.talk)")
      try await Task.sleep(for: .milliseconds(700))
      let status = try await repository.program("hook", "status", "--json", in: repository.work)
      #expect(status.text.contains(#""state" : "running""#) || status.text.contains(#""state":"running""#))
      #expect(emulator.state.actors.isEmpty)
      try await git(["push", "-q", "--no-verify", "origin", "main"], in: repository.work.path)
      #expect(try await repository.endings() == ["deployed"])
      let log = try #require(try await repository.deploys().first?.logFile)
      let text = try #require(FileManager.default.contents(atPath: log))
      #expect(String(decoding: text, as: UTF8.self).contains("waiting until the remote has refs/heads/main"))
    }
  }

  @Test("is not waited for where what ran the hook has ended before the hook looked for it")
  func orphaned() async throws {
    let repository = try await HookRepository(nil)
    let line = "refs/heads/main \(try await repository.head()) refs/heads/main \(Self.zero)"
    // Its parent is gone when the hook begins, as that of a `git push` that was killed.
    let script =
      "{ sleep 0.3; echo '\(line)' | .git/hooks/pre-push origin '\(repository.remote.path)'; } >/dev/null 2>&1 &"
    _ = try await shell(
      "setsid", ["sh", "-c", script], in: repository.work.path, environment: repository.program.environment)
    _ = try await waitUntil("a job") { try await repository.deploys().isEmpty ? nil : true }
    #expect(try await repository.endings() == ["refused"])
    #expect(try await repository.messages().contains("the remote does not have refs/heads/main"))
  }
}
