// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import EmulatorTesting
import FoundationEssentials
import PlatformEmulator
import PlatformModel
import TestSupport
import Testing

@Suite("A file that an option names")
struct NamedFileTests {
  @Test("may be a pipe, as a password manager's output is, and is read once")
  func pipe() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor()
      var program = Program(address)
      program.environment["APIFY_TOKEN"] = nil
      program.environment["PROGRAM"] = try Program.location()
      program.environment["TOKEN"] = Program.token
      // A token is asked for by the search for secrets, too.
      let command = """
        "$PROGRAM" push --token-file <(printf '\\357\\273\\277%s\\r\\n' "$TOKEN") \
          --env-file <(echo A=1) --secret-env B=@<(echo two)
        """
      let output = try await shell(
        "bash", ["-c", command], in: folder.path, environment: program.environment)
      #expect(output.status == 0, "\(output.talk)")
      let variables = try emulator.version("0.1", of: "~my-actor").envVars
      #expect(variables.map(\.name).sorted() == ["A", "B"])
      #expect(variables.first { $0.name == "B" }?.isSecret == true)
    }
  }

  @Test("may be a pipe whose writer comes later, and is not waited for after a signal")
  func late() async throws {
    let folder = try TemporaryFolder.actor()
    var program = Program(nil)
    program.environment["PROGRAM"] = try Program.location()
    let command = """
      mkfifo pipe
      (sleep 1; printf 'not a line' > pipe) &
      "$PROGRAM" push --env-file pipe
      echo "status $?"
      for option in --env-file --token-file; do
        "$PROGRAM" push $option pipe & while ! ls -l /proc/$!/fd | grep -q pipe$; do sleep 0.1; done
        kill -TERM $!; wait $!
        echo "status $?"
      done
      """
    let output = try await shell("bash", ["-c", command], in: folder.path, environment: program.environment)
    #expect(output.text == "status 5\nstatus 130\nstatus 130\n", "\(output.text)\(output.talk)")
    #expect(output.talk.contains("(pipe:1)"), "\(output.talk)")
  }

  @Test(
    "that cannot be read is an error with the reason",
    arguments: [
      (["--token-file", "none"], 1, "the token file cannot be read: No such file or directory (none)"),
      (["--token-file", "."], 1, "the token file cannot be read: Is a directory (.)"),
      (["--env-file", "none"], 5, "--env-file none cannot be read: No such file or directory"),
      (["--secret-env", "A=@none"], 5, "--secret-env A: none cannot be read: No such file or directory"),
      (["--candidate", "--input", "."], 5, "--input . cannot be read: Is a directory"),
    ] as [([String], Int32, String)])
  func unreadable(options: [String], status: Int32, says: String) async throws {
    let folder = try TemporaryFolder.actor()
    let output = try await Program(nil).run(["push"] + options, in: folder)
    #expect(output.status == status && output.talk.contains(says), "\(output.talk)")
  }

  @Test(
    "is not taken for a secret that stands in its place: what may be one is not shown",
    arguments: ["hunter2-and-more", "ghp_abcDEF0123456789", "c2VjcmV0LXZhbHVl==", "abc=def", "pa ss"])
  func misplaced(secret: String) async throws {
    let folder = try TemporaryFolder.actor()
    let output = try await Program(nil)("push", "--secret-env", secret, in: folder)
    #expect([5, 64].contains(output.status) && output.talk.contains("[not shown]"), "\(output.talk)")
    #expect(!output.talk.contains(secret.prefix(3)), "\(output.talk)")
  }
}
