// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import EmulatorTesting
import FoundationEssentials
import PlatformEmulator
import PlatformModel
import TestSupport
import Testing

@Suite("Several Actors of a repository")
struct ManyActorsTests {
  /// What is read of the JSON of a push.
  private struct Report: Decodable {
    struct Actor: Decodable {
      struct Cause: Decodable {
        let type: String
      }
      let directory: String
      let ok: Bool
      let action: String?
      let error: Cause?
      let exitCode: Int32
    }
    let ok: Bool
    let operation: String
    let actors: [Actor]
    let exitCode: Int32

    init(_ output: Output) throws { self = try JSONDecoder().decode(Self.self, from: Data(output.bytes)) }
  }

  private static func repository(_ count: Int) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for number in 1...count {
      try folder.write(
        "actors/a\(number)/.actor/actor.json",
        #"{"name": "actor-\#(number)", "version": "0.1", "buildTag": "latest"}"#)
      try folder.write("actors/a\(number)/main.js", "1")
    }
    return folder
  }

  @Test("are pushed with --all: those that changed; two requests for each, and one for all")
  func all() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try Self.repository(6)
      let program = Program(address)
      let first = try await program("push", "--all", "--jobs", "2", in: folder)
      #expect(first.status == 0, "\(first.talk)")
      let lines = first.text.split(separator: "\n")
      #expect(lines.count == 6 && lines[0].hasPrefix("actors/a1  "), "\(first.text)")
      #expect(lines.allSatisfy { $0.hasSuffix("  built  0.1.1") }, "\(first.text)")
      #expect(first.talk.contains("6 Actors: 6 built; "), "\(first.talk)")
      #expect(first.talk.contains("actors/a3: created"), "\(first.talk)")
      emulator.clearRequests()
      let second = try await program("push", "--all", in: folder)
      #expect(second.status == 0 && second.talk.contains("6 Actors: 6 up to date; "), "\(second.talk)")
      #expect(emulator.requestCount == 13, "\(emulator.requestCounts)")
      let quiet = try await program("push", "--all", "-q", in: folder)
      #expect(quiet.status == 0 && quiet.text.isEmpty, "\(quiet.text)")
      #expect(!quiet.talk.contains("up to date"), "\(quiet.talk)")
      try folder.write("actors/a2/main.js", "2")
      let third = try await program("push", "--all", "--json", in: folder)
      let report = try Report(third)
      #expect(third.status == 0 && report.ok && report.operation == "push" && report.exitCode == 0)
      #expect(report.actors.map(\.directory) == (1...6).map { "actors/a\($0)" })
      #expect(report.actors.map { $0.action ?? "" } == ["none", "update", "none", "none", "none", "none"])
      #expect(try emulator.texts("0.1", of: "~actor-2")["main.js"] == "2")
    }
  }

  @Test("one that fails stops none of the others, and the worst status wins")
  func failures() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try Self.repository(3)
      try folder.write("actors/a0/.actor/actor.json", #"{"name": "actor-0", "version": 1}"#)
      try folder.write("actors/a4/.actor/actor.json", #"{"name": "actor-3", "version": "0.1"}"#)
      try folder.write("actors/a4/main.js", "1")
      let program = Program(address)
      let output = try await program("push", "--all", "--json", "--no-build", in: folder)
      let report = try Report(output)
      #expect(output.status == 5 && !report.ok && report.exitCode == 5, "\(output.talk)")
      #expect(
        report.actors.map { $0.error?.type ?? "" } == [
          "invalid-actor-json", "", "", "invalid-input", "invalid-input",
        ])
      #expect(output.talk.contains("(actors/a0/.actor/actor.json:1:32)"), "\(output.talk)")
      #expect(output.talk.contains("same version of the same Actor as actors/a3; neither is pushed"))
      #expect(emulator.state.actors.count == 2)
      let fast = try await program(
        "push", "--all", "--json", "--no-build", "--fail-fast", "--jobs", "1", "--dry-run", in: folder)
      #expect(fast.status == 5)
      #expect(
        try Report(fast).actors.map { $0.error?.type ?? "" } == ["invalid-actor-json"]
          + Array(repeating: "skipped", count: 4))
    }
  }

  @Test("are named, with the same outcome as one by one")
  func named() async throws {
    try await PlatformEmulator.running(.tests) { _, address in
      let folder = try Self.repository(3)
      let program = Program(address)
      let output = try await program("push", "--no-build", "actors/a3", "actors/a1/", in: folder)
      #expect(output.status == 0, "\(output.talk)")
      #expect(
        output.text
          == "actors/a3   local-dev/actor-3 0.1  updated  -\nactors/a1/  local-dev/actor-1 0.1  updated  -\n",
        "\(output.text)")
      let missing = try await program("push", "actors/a1", "actors/none", "--no-build", in: folder)
      #expect(
        missing.status == 4 && missing.talk.contains("actors/none: error: no Actor here"), "\(missing.talk)")
      for arguments in [
        ["push", "--all", "a", "b"], ["push", "a", "b", "--actor", "x"], ["push", "--shard", "1/2"],
      ] {
        let usage = try await shell(
          Program.location(), arguments, in: folder.path, environment: program.environment)
        #expect(usage.status == 64, "\(arguments)")
      }
      let empty = try TemporaryFolder()
      let none = try await program("push", "--all", in: empty)
      #expect(none.status == 4 && none.talk.contains("no .actor/actor.json here"), "\(none.talk)")
    }
  }

  @Test("are listed for the matrix of a CI: all, a share of them, those that changed since a commit")
  func listed() async throws {
    let folder = try Self.repository(5)
    try folder.write(".gitignore", "node_modules/\nout/\n")
    try folder.write("out/x/.actor/actor.json", #"{"name": "ignored"}"#)
    try folder.write("actors/a1/node_modules/x/.actor/actor.json", #"{"name": "ignored"}"#)
    try folder.link("broken", to: "nowhere")
    try await git(["init", "-q"], in: folder.path)
    try await git(["add", "-A"], in: folder.path)
    let author = ["-c", "user.name=a", "-c", "user.email=a@b"]
    try await git(author + ["commit", "-qm", "x"], in: folder.path)
    try folder.write("actors/a2/main.js", "2")
    try FileManager.default.removeItem(atPath: folder("actors/a5/main.js"))
    try await git(author + ["commit", "-qam", "y"], in: folder.path)
    try folder.write("actors/a3/main.js", "not committed")
    let program = Program()
    func directories(_ arguments: String...) async throws -> [String] {
      let output = try await shell(
        Program.location(), ["list", "--all", "-0"] + arguments, in: folder.path,
        environment: program.environment)
      #expect(output.status == 0, "\(output.talk)")
      return output.text.split(separator: "\0").map(String.init)
    }
    let all = (1...5).map { "actors/a\($0)" }
    #expect(try await directories() == all)
    #expect(try await directories("actors") == all)
    #expect(try await directories("--commit", "HEAD") == all)
    #expect(try await directories("--changed-since", "HEAD~1") == ["actors/a2", "actors/a5"])
    #expect(try await directories("--changed-since", "HEAD~1", "actors/a2") == ["actors/a2"])
    #expect(try await directories("--changed-since", "HEAD") == [])
    let shares = try await [directories("--shard", "1/2"), directories("--shard", "2/2")]
    #expect(shares.flatMap(\.self).sorted() == all)
    let json = try await program("list", "--all", "--json", "actors/a1", in: folder)
    #expect(
      json.text
        == #"{"actors":[{"actor":{"name":"actor-1"},"directory":"actors/a1","exitCode":0,"ok":true,"tag":"latest","version":"0.1","warnings":[]}],"exitCode":0,"ok":true,"operation":"list","schema":1,"warnings":[]}"#
        + "\n")
    let unknown = try await program("list", "--all", "--changed-since", "nothing", in: folder)
    #expect(unknown.status == 5 && unknown.talk.contains("fetch-depth: 0"), "\(unknown.talk)")
  }

  @Test("count as changed where what their links lead to was, or attributes above them")
  func changedBehindLinks() async throws {
    let folder = try Self.repository(6)
    try folder.write("shared/deep/u.js", "1")
    try folder.write("other/v.js", "1")
    try folder.link("actors/a1/file.js", to: "../../shared/deep/u.js")
    try folder.link("actors/a2/directory", to: "../../shared")
    // Through another link, and from there by one more.
    try folder.link("current", to: "shared")
    try folder.link("actors/a3/file.js", to: "../../current/deep/u.js")
    try folder.link("shared/more", to: "../other")
    try folder.link("actors/a4/circle", to: "circle/x")
    try folder.link("actors/a5/outside", to: "../../../../..")
    try folder.link("actors/a6/inside", to: "main.js")
    try await git(["init", "-q"], in: folder.path)
    let author = ["-c", "user.name=a", "-c", "user.email=a@b"]
    func commit() async throws {
      try await git(["add", "-A"], in: folder.path)
      try await git(author + ["commit", "-qm", "x"], in: folder.path)
    }
    func changed() async throws -> [String] {
      let output = try await Program()("list", "--all", "-0", "--changed-since", "HEAD~1", in: folder)
      #expect(output.status == 0, "\(output.talk)")
      return output.text.split(separator: "\0").map(String.init)
    }
    try await commit()
    try folder.write("shared/deep/u.js", "2")
    try await commit()
    #expect(try await changed() == ["actors/a1", "actors/a2", "actors/a3"])
    try folder.write("other/v.js", "2")
    try await commit()
    #expect(try await changed() == ["actors/a2"])
    try FileManager.default.removeItem(atPath: folder("current"))
    try folder.link("current", to: "other")
    try await commit()
    #expect(try await changed() == ["actors/a3"])
    try folder.write("actors/.gitattributes", "*.js text eol=crlf\n")
    try await commit()
    #expect(try await changed() == (1...6).map { "actors/a\($0)" })
  }

  @Test("are checked and compared, each below its directory")
  func checkedAndCompared() async throws {
    try await PlatformEmulator.running(.tests) { _, address in
      let folder = try Self.repository(3)
      let program = Program(address)
      for number in 1...3 { try folder.write("actors/a\(number)/Dockerfile", "FROM scratch\nCOPY . .\n") }
      #expect(try await program("push", "--all", "--no-build", in: folder).status == 0)
      try folder.write("actors/a2/Dockerfile", "FROM scratch\nCOPY nothing .\n")
      let check = try await program("check", "--all", in: folder)
      #expect(check.status == 5)
      #expect(check.text.hasPrefix("actors/a2:\n  Dockerfile:2: error: COPY nothing: "), "\(check.text)")
      let report = try Report(try await program("check", "--all", "--json", in: folder))
      #expect(report.actors.map(\.ok) == [true, false, true])
      let diff = try await program("diff", "--all", "--name-only", "--exit-code", in: folder)
      #expect(diff.status == 1 && diff.text == "actors/a2:\nDockerfile\n", "\(diff.text)")
      let json = try await program("diff", "--all", "--json", in: folder)
      #expect(json.status == 0 && json.text.contains(#"{"actor":{"id":""#), "\(json.text)")
    }
  }
}

@Suite("A project is found from below it")
struct ProjectFromBelowTests {
  @Test("by each command, which says so")
  func found() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor()
      try folder.write("src/lib/main.js", "1")
      let program = Program(address)
      func run(_ arguments: String...) async throws -> Output {
        try await shell(
          Program.location(), arguments, in: folder("src/lib"), environment: program.environment)
      }
      let push = try await run("push", "--no-build")
      #expect(push.status == 0 && push.talk.hasPrefix("in ../../\n"), "\(push.talk)")
      #expect(try emulator.texts("0.1")["src/lib/main.js"] == "1")
      for arguments in [
        ["diff"], ["list"], ["check"], ["pull"], ["pack", "-o", "/dev/null"], ["builds"], ["version"],
      ] {
        let output = try await shell(
          Program.location(), arguments, in: folder("src/lib"), environment: program.environment)
        #expect(output.status == 0 && output.talk.hasPrefix("in ../../\n"), "\(arguments) \(output.talk)")
      }
      #expect(try await run("list", "-0").text.contains("src/lib/main.js\0"))
      #expect(try await run("explain", "main.js").text.hasPrefix("in   src/lib/main.js: TEXT"))
      // A directory that is named is just that.
      let here = try await run("push", ".")
      #expect(here.status == 4, "\(here.talk)")
    }
  }
}
