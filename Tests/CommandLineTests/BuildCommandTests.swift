// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import EmulatorTesting
import FoundationEssentials
import PlatformEmulator
import PlatformModel
import TestSupport
import Testing

@Suite("builds, build and open")
struct BuildCommandTests {
  private static let tagged = #"{"name": "my-actor", "version": "0.1", "buildTag": "latest"}"#

  struct Listed: Decodable {
    struct Provenance: Decodable {
      let commit: String?
      let dirty: Bool
    }
    struct Entry: Decodable {
      let number: String
      let status: String
      let tags: [String]
      let digest: String?
      let provenance: Provenance?
      let durationMilliseconds: Int?
      let url: String
    }
    let ok: Bool
    let builds: [Entry]

    init(_ output: Output) throws { self = try JSONDecoder().decode(Self.self, from: Data(output.bytes)) }
  }

  /// A build, as `build --json` shows it.
  struct Shown: Decodable {
    struct Cause: Decodable { let type: String }
    let ok: Bool
    let build: Listed.Entry
    let log: [String]?
    let error: Cause?
    let exitCode: Int32

    init(_ output: Output) throws { self = try JSONDecoder().decode(Self.self, from: Data(output.bytes)) }
  }

  /// Pushes a commit, and then a change that does not build.
  private static func twoBuilds(
    _ body: (PlatformEmulator, Program, TemporaryFolder, _ commit: String) async throws -> Void
  ) async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor(tagged)
      try await git(["init", "-q", "-b", "main"], in: folder.path)
      try await git(["add", "."], in: folder.path)
      try await git(["commit", "-q", "-m", "x"], in: folder.path)
      let head = String(decoding: try await git(["rev-parse", "HEAD"], in: folder.path), as: UTF8.self)
      let program = Program(address)
      #expect(try await program("push", "--provenance", in: folder).status == 0)
      try folder.write("main.js", "1")
      emulator.script(BuildScript(.fail, logLines: ["boom"]))
      #expect(try await program("push", "--provenance", in: folder).status == 1)
      try await body(emulator, program, folder, String(head.prefix(40)))
    }
  }

  @Test("are listed with state, tag, commit and digest")
  func list() async throws {
    try await Self.twoBuilds { _, program, folder, commit in
      let output = try await program("builds", in: folder)
      let lines = output.text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
      #expect(output.status == 0 && lines.count == 2, "\(output.text)\(output.talk)")
      #expect(lines[0].prefix(4) == ["0.1.2", "FAILED", "-", String(commit.prefix(12)) + "+"])
      #expect(lines[1].prefix(4) == ["0.1.1", "SUCCEEDED", "latest", String(commit.prefix(12))])
      let report = try Listed(try await program("builds", "--json", "--limit", "1", in: folder))
      #expect(report.ok && report.builds.map(\.number) == ["0.1.2"])
      let build = try #require(report.builds.first)
      #expect(
        build.provenance?.commit == commit && build.provenance?.dirty == true && build.digest?.count == 64)
      #expect(build.durationMilliseconds != nil && build.url.contains("/builds/"))
      #expect(try await program("builds", "--limit", "0", in: folder).status == 64)
    }
  }

  @Test("one is shown by number and tag, and its log alone")
  func show() async throws {
    try await Self.twoBuilds { emulator, program, folder, commit in
      let newest = try await program("build", in: folder)
      #expect(newest.status == 0 && newest.text.hasPrefix("build 0.1.2 of local-dev/my-actor: FAILED\n"))
      #expect(newest.text.contains("commit \(commit.prefix(12)) of branch main, with changes"))
      let tagged = try Shown(try await program("build", "latest", "--json", in: folder))
      #expect(
        tagged.ok && tagged.build.number == "0.1.1" && tagged.build.tags == ["latest"] && tagged.log == nil)
      let log = try await program("build", "0.1.2", "--log", in: folder)
      let whole = try emulator.builds(of: "~my-actor").last?.log ?? []
      #expect(log.text.split(separator: "\n").map(String.init) == whole && log.talk.isEmpty)
      let kept = try Shown(try await program("build", "0.1.2", "--log", "--json", in: folder))
      #expect(kept.log == whole)
      let none = try await program("build", "0.1.9", in: folder)
      #expect(
        none.status == 5 && none.talk.contains("there are 0.1.2 (FAILED), 0.1.1 (latest)"), "\(none.talk)")
      let untagged = try await program("tag", "latest", "--build", "0.1.9", in: folder)
      #expect(untagged.status == 5 && untagged.talk.contains("there is 0.1.1 (latest)"), "\(untagged.talk)")
    }
  }

  @Test(
    "one is started of what the version holds, followed, and tells how it ended",
    arguments: [
      (BuildScript.Outcome.succeed, Int32(0), nil), (.fail, 1, "build-failed"),
      (.timeOut, 2, "build-timed-out"),
    ]
      as [(BuildScript.Outcome, Int32, String?)])
  func start(_ outcome: BuildScript.Outcome, _ status: Int32, _ type: String?) async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor(Self.tagged)
      let program = Program(address)
      #expect(try await program("push", "--no-build", in: folder).status == 0)
      let set = try await program(
        "version", "set", "--git-repo", "https://example.com/a.git", in: folder)
      #expect(set.status == 0, "\(set.talk)")
      emulator.script(BuildScript(outcome))
      let output = try await program("build", "--start", "--tag", "beta", "--json", in: folder)
      let shown = try Shown(output)
      #expect(
        output.status == status && shown.exitCode == status && shown.error?.type == type, "\(output.talk)")
      #expect(shown.build.number == "0.1.1" && shown.build.tags == (status == 0 ? ["beta"] : []))
      #expect(output.talk.contains("building 0.1.1"))
    }
  }

  @Test("one is followed, waited for, and aborted")
  func follow() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor(Self.tagged)
      let program = Program(address)
      emulator.script(BuildScript(.hang))
      #expect(try await program("push", "--wait", "0", in: folder).status == 6)
      let waited = try await program("build", "--follow", "--wait", "1", in: folder)
      #expect(waited.status == 6 && waited.talk.contains("still building after 1 s"), "\(waited.talk)")
      let aborted = try await program("build", "0.1.1", "--abort", in: folder)
      #expect(aborted.status == 0, "\(aborted.talk)")
      let followed = try await program("build", "--follow", "--log", in: folder)
      #expect(
        followed.status == 3 && followed.text.contains("Build was aborted on request."), "\(followed.talk)")
      #expect(!aborted.talk.contains("nothing is aborted"))
      #expect(try await program("push", "--build", in: folder).status == 0)
      let late = try await program("build", "0.1.2", "--abort", in: folder)
      #expect(late.status == 0 && late.talk.contains("warning: nothing is aborted"), "\(late.talk)")
      let none = try await program("builds", "--version", "5.5", in: folder)
      #expect(none.status == 0 && none.text.isEmpty && none.talk.contains("has no builds of version 5.5"))
    }
  }

  @Test("one is not followed on where its log is read by no process any longer", .timeLimit(.minutes(1)))
  func unread() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor(Self.tagged)
      let program = Program(address)
      emulator.script(BuildScript(holdingAt: [.end]), BuildScript(holdingAt: [.end]))
      #expect(try await program("push", "--wait", "0", in: folder).status == 6)
      for (number, command) in ["--follow", "--start"].enumerated() {
        let line = "(\"$0\" build \(command) --log 2>talk; echo $? >status) | head -n 1; cat status"
        let output = try await shell(
          "sh", ["-c", line, Program.location()], in: folder.path, environment: program.environment)
        #expect(output.text.split(separator: "\n").last == "141", "\(output.text)")
        // It goes on without.
        let builds = try emulator.builds(of: "~my-actor")
        #expect(builds.count == number + 1 && builds.allSatisfy { !$0.status.isFinal })
      }
      for build in try emulator.builds(of: "~my-actor") { emulator.release(.end, of: build.id) }
    }
  }

  @Test(
    "refuse what has no meaning",
    arguments: [
      ["build", "0.1.1", "--start"], ["build", "--tag", "x"], ["build", "--follow", "--abort"],
      ["build", "--wait", "3"], ["push", "--input", "x"], ["push", "--candidate-tag", "x"],
      ["push", "--candidate", "--no-build"],
    ])
  func usage(_ arguments: [String]) async throws {
    let folder = try TemporaryFolder.actor()
    let output = try await shell(
      Program.location(), arguments, in: folder.path, environment: Program().environment)
    #expect(output.status == 64, "\(output.talk)")
  }

  @Test("open prints the address of a page that is there")
  func open() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor(Self.tagged)
      let program = Program(address)
      let push = try await program("push", in: folder)
      let build = try #require(try emulator.builds(of: "~my-actor").first)
      // What push has printed at its end is the same.
      #expect(push.talk.hasSuffix("\(address.baseURL)/builds/\(build.id)\n"), "\(push.talk)")
      for (arguments, path) in [
        (["open"], "/actors/\(build.actorId)"), (["open", "latest"], "/builds/\(build.id)"),
      ] {
        let output = try await shell(
          Program.location(), arguments, in: folder.path, environment: program.environment)
        #expect(output.text == "\(address.baseURL)\(path)\n" && output.status == 0, "\(output.talk)")
        let page = try await shell("python3", ["-c", Self.fetch, address.baseURL + path])
        #expect(page.text.contains("my-actor"), "\(page.talk)")
      }
      #expect(try await program("open", "0.1.9", in: folder).status == 5)
    }
  }

  private static let fetch = """
    import sys, urllib.request
    print(urllib.request.urlopen(sys.argv[1]).read().decode())
    """

  /// Runs `open` on a terminal.
  private static let terminal = """
    import os, pty, sys
    status = pty.spawn(sys.argv[1:])
    sys.exit(os.waitstatus_to_exitcode(status))
    """

  @Test("open starts the desktop's program on a terminal, without the token")
  func browser() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor(Self.tagged)
      let tools = try TemporaryFolder()
      let program = Program(address)
      #expect(try await program("push", in: folder).status == 0)
      let seen = tools("seen")
      try tools.write("xdg-open", "#!/bin/sh\n{ echo \"$@\"; env; } > \(seen).new; mv \(seen).new \(seen)\n")
      try await makeExecutable(tools("xdg-open"))
      let variables = program.environment.merging([
        "PATH": "\(tools.path):/usr/bin:/bin", "DISPLAY": ":7", "AWS_SECRET_ACCESS_KEY": "hidden",
      ]) { $1 }
      let output = try await shell(
        "/usr/bin/env", ["python3", "-c", Self.terminal, Program.location(), "open"], in: folder.path,
        environment: variables)
      #expect(output.status == 0, "\(output.text)\(output.talk)")
      let found = try await waitUntil("the program of the desktop", instead: { "nothing" }) {
        FileManager.default.contents(atPath: seen)
      }
      let text = String(decoding: found, as: UTF8.self)
      let actor = try emulator.actor("~my-actor").id
      #expect(text.hasPrefix("\(address.baseURL)/actors/\(actor)\n") && text.contains("DISPLAY=:7"))
      #expect(!text.contains(Program.token) && !text.contains("APIFY") && !text.contains("hidden"))
    }
  }

  private func makeExecutable(_ path: String) async throws {
    #expect(try await shell("chmod", ["+x", path]).status == 0)
  }
}
