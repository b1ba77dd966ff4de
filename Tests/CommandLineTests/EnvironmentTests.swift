// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import TestSupport
import Testing

@Suite("A variable of the environment that is not UTF-8")
struct EnvironmentTests {
  @Test(
    "ends each command that goes by it, and is named",
    arguments: [
      "HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "GIT_CONFIG_GLOBAL", "TMPDIR",
      "APIFY_TOKEN", "GIT_DIR",
    ])
  func named(_ name: String) async throws {
    let folder = try TemporaryFolder.actor()
    for command in [["list"], ["push"], ["check", "--json"]] {
      let script = "export \(name)=$(printf '/x/h\\351'); exec \"$0\" \"$@\""
      let output = try await shell(
        "sh", ["-c", script, try Program.location()] + command, in: folder.path,
        environment: ["PATH": "/usr/bin:/bin"])
      #expect(output.status == 5, "\(command) \(output.talk)")
      #expect((output.text + output.talk).contains("the value of \(name) is not UTF-8"), "\(output.talk)")
      #expect((output.text + output.talk).contains("xE9") == (name != "APIFY_TOKEN"))
    }
  }

  @Test("stops no push, and no command where nothing goes by it")
  func others() async throws {
    let folder = try TemporaryFolder.actor()
    for (name, command, says) in [
      ("HOME", ["hook", "pre-push", "origin", "x"], "nothing is deployed, the push continues"),
      ("COMMENT", ["list"], ""), ("GIT_AUTHOR_NAME", ["list"], ""), ("PATH", ["list"], ""),
    ] {
      let script = "export \(name)=$(printf 'h\\351'); exec \"$0\" \"$@\""
      let output = try await shell(
        "sh", ["-c", script, try Program.location()] + command, in: folder.path,
        environment: ["PATH": "/usr/bin:/bin"])
      #expect(output.status == 0 && (says.isEmpty || output.talk.contains(says)), "\(output.talk)")
    }
  }

  @Test("is no secret")
  func secret() async throws {
    let folder = try TemporaryFolder.actor()
    let output = try await shell(
      "sh",
      ["-c", "export KEY=$(printf 's\\351'); exec \"$0\" push --secret-env KEY", try Program.location()],
      in: folder.path, environment: ["PATH": "/usr/bin:/bin", "HOME": folder.path, "APIFY_TOKEN": "t"])
    #expect(
      output.status == 5 && output.talk.contains("KEY: its value in this environment is no text"),
      "\(output.talk)")
  }
}
