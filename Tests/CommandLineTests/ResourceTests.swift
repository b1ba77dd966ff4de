// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import EmulatorTesting
import FoundationEssentials
import PlatformEmulator
import SystemIO
import TestSupport
import Testing

@Suite("Where the system gives little")
struct ResourceTests {
  /// Runs `arguments` under what `limits` of a shell allow.
  private static func run(
    _ arguments: String, under limits: String, in folder: TemporaryFolder, _ program: Program
  ) async throws -> Output {
    try await shell(
      "/bin/sh", ["-c", "\(limits); exec \"$0\" \(arguments)", Program.location()], in: folder.path,
      environment: program.environment)
  }

  private static func project() throws -> TemporaryFolder {
    let folder = try TemporaryFolder.actor()
    for index in 0..<100 { try folder.write("d\(index)/e/f", "\(index)") }
    return folder
  }

  @Test(
    "each command ends with success or with a line that names the limit, never by a signal",
    arguments: [64, 48, 32, 24, 16, 12, 10, 8, 7, 6])
  func openFiles(_ count: Int) async throws {
    let folder = try Self.project()
    try await PlatformEmulator.running(.tests) { _, address in
      let program = Program(address)
      for arguments in ["list", "pack -o /dev/null", "push --no-build", "builds", "diff --json"] {
        let output = try await Self.run(arguments, under: "ulimit -n \(count)", in: folder, program)
        let isTold = output.talk.contains("ulimit -n") && output.talk.contains("error: ")
        #expect(
          output.status == 0 || output.status.map { $0 < 128 } == true && isTold,
          "\(arguments): \(output.status) \(output.talk)")
        if count >= 64 { #expect(output.status == 0, "\(arguments): \(output.talk)") }
      }
    }
  }

  @Test("a soft limit is raised where the hard one allows it")
  func softLimit() async throws {
    let folder = try Self.project()
    try await PlatformEmulator.running(.tests) { _, address in
      let output = try await Self.run(
        "push --no-build", under: "ulimit -S -n 20", in: folder, Program(address))
      #expect(output.status == 0, "\(output.talk)")
    }
  }

  @Test("the hook says so, and does not stop the push")
  func hook() async throws {
    let folder = try Self.project()
    let output = try await Self.run(
      "hook pre-push origin </dev/null", under: "ulimit -n 20", in: folder, Program())
    #expect(output.status == 0 && output.talk.contains("the push continues"), "\(output.talk)")
  }

  @Test(
    "a push that could not start its threads says so before", .enabled(if: !Sanitizer.isActive),
    arguments: ["push", "builds --json"])
  func memory(_ arguments: String) async throws {
    let folder = try Self.project()
    let output = try await Self.run(arguments, under: "ulimit -v 300000", in: folder, Program())
    #expect(output.status == 1 && output.talk.contains("(ulimit -v)"), "\(output.status) \(output.talk)")
  }

  // The limit is of all processes of a user, and none of root: it takes root to be a user without any.
  @Test(
    "a push says how many threads it lacks, and does not wait for them",
    .enabled(if: Paths.currentUser == 0 && FileManager.default.isExecutableFile(atPath: "/usr/bin/setpriv")),
    arguments: [1, 2, 4])
  func threads(_ count: Int) async throws {
    let folder = try Self.project()
    let output = try await shell(
      "/usr/bin/setpriv",
      [
        "--reuid", "54321", "--regid", "54321", "--clear-groups", "/bin/bash", "-c",
        "ulimit -u \(count); exec \"$0\" version --actor a/b --version 0.1", Program.location(),
      ], in: folder.path, environment: Program().environment)
    #expect(output.status == 1 && output.talk.contains("(ulimit -u"), "\(output.status) \(output.talk)")
  }
}
