// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import EmulatorTesting
import FoundationEssentials
import PlatformEmulator
import PlatformModel
import TestSupport
import Testing

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

@Suite("The advice of hook status")
struct HookAdviceTests {
  private static let map =
    #"{"push": {"main": {"version": "3.0", "tag": "prod", "build": false, "folder": "my shop"}}}"#

  /// A repository whose Actor lies in a directory with a space, and whose remote takes no push before `open`.
  private static func repository(_ address: PlatformEmulator.Address) async throws -> HookRepository {
    let repository = try await HookRepository(address, map: map, installs: false)
    try FileManager.default.removeItem(atPath: repository.work(".actor/actor.json"))
    try repository.work.write("my shop/.actor/actor.json", #"{"name": "my-actor", "version": "0.1"}"#)
    try repository.work.write("my shop/.actor/Dockerfile", "FROM scratch\n")
    try repository.work.write("my shop/main.js", "1\n")
    #expect(try await repository.program("hook", "install", in: repository.work).status == 0)
    try await repository.commit()
    try repository.remote.write(
      "hooks/pre-receive", "#!/bin/sh\nwhile [ ! -e '\(repository.remote("open"))' ]; do sleep 0.05; done\n")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: repository.remote("hooks/pre-receive"))
    return repository
  }

  /// Pushes, and sends `signal` to the process of the deploy, which waits then; the push arrives.
  private static func push(_ repository: HookRepository, ending signal: Int32) async throws {
    let state = try #require(repository.program.environment["XDG_STATE_HOME"])
    async let pushed = repository.push("origin", "main")
    let processes = HookProcesses(state: state)
    // Its own process has taken the job up, and minds signals.
    _ = try await waitUntil("the process of the deploy") { () -> Bool? in
      processes.hasOpened(".job", "hook", "deploy") ? true : nil
    }
    #expect(processes.send(signal, to: "hook", "deploy") == 1)
    try repository.remote.write("open", "")
    #expect(try await pushed.status == 0)
  }

  /// Does what `text` says behind the last "to deploy it: ".
  private static func follow(_ text: String, _ repository: HookRepository) async throws -> Output {
    let rest = text.split(separator: "to deploy it: actorpush ")
    let line = try #require(rest.last?.split(separator: "\n").first)
    #expect(rest.count > 1, "\(text)")
    return try await shell(
      "sh", ["-c", "'\(Program.location())' \(line)"], in: "/", environment: repository.program.environment)
  }

  @Test("deploys what the hook would have, and none takes a newer push back", arguments: [SIGKILL, SIGTERM])
  func advice(_ signal: Int32) async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let repository = try await Self.repository(address)
      let commit = try await repository.head()
      try await Self.push(repository, ending: signal)
      #expect(try await repository.endings() == [signal == SIGTERM ? "interrupted" : "lost"])
      let deploy = try #require(try await repository.deploys().first)
      let help = try #require(signal == SIGTERM ? deploy.results?.first?.help : deploy.targets.first?.help)
      #expect(
        help.hasPrefix("the push has arrived; to deploy it: actorpush push --commit \(commit) "), "\(help)")
      if signal == SIGTERM {
        #expect(try await repository.messages() == "a signal ended the deploy before the push had ended")
        #expect(deploy.results?.first?.exitCode == 130)
      }
      let status = try await repository.program("hook", "status", in: repository.work)
      #expect(status.text.contains("; \(help)\n"), "\(status.text)")
      let doctor = try await repository.program("doctor", in: repository.work)
      #expect(doctor.text.contains(help), "\(doctor.text)")
      let followed = try await Self.follow(status.text, repository)
      #expect(followed.status == 0, "\(followed.talk)")
      let versions = try #require(emulator.state.actors.values.first).versions
      #expect(versions.map { "\($0.versionNumber)" } == ["3.0"] && versions.first?.buildTag == "prod")
      #expect(emulator.state.builds.isEmpty)
      #expect(try emulator.texts("3.0")["main.js"] == "1\n")
      // Another push is deployed: the advice of the first would take it back.
      try repository.work.write("my shop/main.js", "2\n")
      let newer = try await repository.commit()
      #expect(try await repository.push("origin", "main").status == 0)
      #expect(try await repository.endings().first == "deployed")
      let after = try await repository.program("hook", "status", in: repository.work)
      #expect(!after.text.contains("to deploy it"), "\(after.text)")
      #expect(
        after.text.contains("a newer push (\(newer.prefix(12))) was deployed since, nothing is left to do"),
        "\(after.text)")
    }
  }

  @Test("says how to find out whether a push has arrived where nothing here shows it")
  func unknown() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let repository = try await Self.repository(address)
      try repository.remote.write("open", "")
      // Nothing follows a remote that has an address alone, and that is gone when it is asked.
      try repository.remote.write(
        "hooks/post-receive", "#!/bin/sh\nmv '\(repository.remote("HEAD"))' '\(repository.remote("H"))'\n")
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o755], ofItemAtPath: repository.remote("hooks/post-receive"))
      _ = try await repository.push(repository.remote.path, "main")
      #expect(try await repository.endings() == ["failed"])
      let status = try await repository.program("hook", "status", in: repository.work)
      #expect(
        status.text.contains(
          "see whether the push has arrived (git ls-remote \(repository.remote.path) refs/heads/main); if so, to deploy it: actorpush push --commit "
        ), "\(status.text)")
      #expect(try await Self.follow(status.text, repository).status == 0)
      #expect(try emulator.texts("3.0")["main.js"] == "1\n")
    }
  }
}
