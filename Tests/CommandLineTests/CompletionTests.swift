// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import EmulatorTesting
import FoundationEssentials
import PlatformEmulator
import TestSupport
import Testing

@Suite("completions")
struct CompletionTests {
  /// What a shell asks the program for: the values of `option` of `command`.
  private func values(
    _ program: Program, _ folder: TemporaryFolder, _ command: [String], _ option: String,
    with more: [String: String] = [:]
  ) async throws -> [String] {
    let words = ["actorpush"] + command + [option, ""]
    let output = try await shell(
      Program.location(), ["---completion"] + command + ["--", option, "\(words.count - 1)", "0"] + words,
      in: folder.path, environment: program.environment.merging(more) { $1 })
    #expect(output.talk == "", "\(output.talk)")
    return output.text.split(separator: "\n").map(String.init)
  }

  /// The same, asked again while nothing of the platform is among them: a machine at work may take longer
  /// than a key press waits.
  private func named(
    _ program: Program, _ folder: TemporaryFolder, _ command: [String], _ option: String
  ) async throws -> [String] {
    for _ in 0..<50 {
      let values = try await values(program, folder, command, option)
      if values.contains(where: { $0 != "previous" }) { return values }
    }
    return []
  }

  @Test("are what the platform names, and what it named before where it does not answer")
  func remembered() async throws {
    let folder = try TemporaryFolder.actor(#"{"name": "my-actor", "version": "0.1", "buildTag": "latest"}"#)
    var program = Program()
    try await PlatformEmulator.running(.tests) { _, address in
      program.environment["APIFY_CLIENT_BASE_URL"] = address.baseURL
      program.environment["APIFY_TOKEN"] = Program.token
      #expect(try await program("push", in: folder).status == 0)
      #expect(try await named(program, folder, ["push"], "--version") == ["0.1"])
      #expect(try await named(program, folder, ["push"], "--tag") == ["latest"])
      #expect(try await named(program, folder, ["tag"], "--build") == ["previous", "0.1.1"])
      let actors = try await named(program, folder, ["diff"], "--actor")
      #expect(actors.count == 1 && actors.allSatisfy { $0.hasSuffix("/my-actor") }, "\(actors)")
      // In another project nothing of this one is offered.
      #expect(try await values(program, TemporaryFolder(), ["push"], "--tag") == [])
    }
    // The platform is gone.
    #expect(try await values(program, folder, ["push"], "--tag") == ["latest"])
    #expect(try await values(program, folder, ["push"], "--tag", with: ["APIFY_TOKEN": ""]) == ["latest"])
    // And nothing is said where nothing is known.
    let state = try TemporaryFolder()
    #expect(try await values(program, folder, ["push"], "--tag", with: ["XDG_STATE_HOME": state.path]) == [])
  }

  @Test("do not wait for a platform that is slow")
  func slow() async throws {
    // It takes connections, and never answers.
    let server = """
      import socket, sys, time
      s = socket.socket(); s.bind(("127.0.0.1", 0)); s.listen(); print(s.getsockname()[1], flush=True)
      time.sleep(60)
      """
    let folder = try TemporaryFolder.actor()
    try folder.write("server.py", server)
    let script = """
      python3 server.py > port & server=$!
      while ! [ -s port ]; do sleep 0.05; done
      export APIFY_CLIENT_BASE_URL=http://127.0.0.1:$(cat port) APIFY_TOKEN=apify_api_x
      began=$(date +%s%N)
      "$1" ---completion push -- --tag 2 0 actorpush push --tag
      echo $(( ($(date +%s%N) - began) / 1000000 ))
      kill $server
      """
    let output = try await shell(
      "bash", ["-c", script, "bash", Program.location()], in: folder.path, environment: Program().environment)
    let milliseconds = Int(output.text.split(separator: "\n").last.map(String.init) ?? "") ?? .max
    // 300 ms, and the start of a debug build on a busy machine.
    #expect(milliseconds < 5000, "\(output.text)\(output.talk)")
  }

  @Test("are scripts that their shells can read", arguments: ["bash", "zsh", "fish"])
  func scripts(shellName: String) async throws {
    let folder = try TemporaryFolder()
    let output = try await Program()("--generate-completion-script", shellName, in: folder)
    #expect(output.status == 0 && output.text.contains("---completion push -- --tag"), "\(output.talk)")
    try folder.write("script", output.bytes)
    if try await shell("sh", ["-c", "command -v \(shellName)"]).status == 0 {
      let check = try await shell(shellName, ["-n", folder("script")])
      #expect(check.status == 0, "\(check.talk)")
    }
  }

  /// Asks as bash does, for the values of `--commit` of a push.
  private static let script = """
    shopt -s extglob
    . ./script
    COMP_WORDS=(actorpush push --commit "") COMP_CWORD=3 COMP_LINE="actorpush push --commit " COMP_POINT=24
    _actorpush actorpush "" --commit
    printf '%s\\n' "${COMPREPLY[@]}"
    """

  @Test("of a commit are the names of branches and tags, but for those of which a shell would run a part")
  func revisions() async throws {
    let folder = try TemporaryFolder.actor()
    try await git(["init", "-q", "-b", "main"], in: folder.path)
    try await git(["commit", "-q", "--allow-empty", "-m", "x"], in: folder.path)
    for name in ["v1", "v$(touch${IFS}ran)", "v`touch${IFS}ran`", "a'b", "x;y"] {
      try await git(["update-ref", "refs/tags/\(name)", "HEAD"], in: folder.path)
    }
    let program = Program()
    #expect(try await values(program, folder, ["push"], "--commit") == ["main", "v1"])
    #expect(try await values(program, folder, ["check"], "--changed-since") == ["main", "v1"])
    #expect(try await values(program, TemporaryFolder(), ["push"], "--commit") == [])
    let script = try await program("--generate-completion-script", "bash", in: folder)
    try folder.write("script", script.text)
    var environment = program.environment
    let directory = try Program.location().dropLast("/actorpush".utf8.count)
    environment["PATH"] = "\(directory):/usr/local/bin:/usr/bin:/bin"
    let output = try await shell("bash", ["-c", Self.script], in: folder.path, environment: environment)
    #expect(output.text == "main\nv1\n", "\(output.text)\(output.talk)")
    #expect(!FileManager.default.fileExists(atPath: folder("ran")))
  }
}
