// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import FoundationEssentials
import TestSupport
import Testing

@Suite("A tree that comes from elsewhere")
struct HostileTreeTests {
  @Test(
    "has no command of its configuration run",
    arguments: [["list"], ["list", "--json"], ["pack", "-o", "../out.json"], ["explain", "nested/file"]])
  func fsmonitor(_ arguments: [String]) async throws {
    let place = try TemporaryFolder()
    try place.write("watch", "#!/bin/sh\ntouch '\(place("ran"))'\n")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: place("watch"))
    try place.write("tree/.actor/actor.json", #"{"name": "my-actor", "version": "0.1"}"#)
    for repository in ["tree", "tree/nested"] {
      try place.write(repository + "/file", "x")
      try place.write(repository + "/.gitignore", "file\n")
      try await git(["init", "-q"], in: place(repository))
      try await git(["add", "-f", "file"], in: place(repository))
      // Such an index only git itself can read.
      try await git(["update-index", "--split-index"], in: place(repository))
      try await git(["config", "core.fsmonitor", place("watch")], in: place(repository))
    }
    let output = try await shell(
      Program.location(), arguments, in: place("tree"), environment: Program().environment)
    #expect(output.status == 0, "\(output.talk)")
    let text = (try? String(contentsOfFile: place("out.json"), encoding: .utf8)) ?? ""
    #expect((output.text + text).contains("nested/file"))
    #expect(!FileManager.default.fileExists(atPath: place("ran")))
  }

  @Test("has no git of its own run, where the search path names the working directory", arguments: ["", "."])
  func ownGit(_ entry: String) async throws {
    let folder = try TemporaryFolder.actor()
    try await git(["init", "-q"], in: folder.path)
    try folder.write("file", "x")
    try await git(["add", "-A"], in: folder.path)
    // Such an index only git itself can read.
    try await git(["update-index", "--split-index"], in: folder.path)
    try folder.write("git", "#!/bin/sh\ntouch ran\n")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder("git"))
    var environment = Program().environment
    environment["PATH"] = entry + ":" + (environment["PATH"] ?? "")
    let output = try await shell(Program.location(), ["list"], in: folder.path, environment: environment)
    #expect(output.status == 0 && output.text.contains("file"), "\(output.talk)")
    #expect(!FileManager.default.fileExists(atPath: folder("ran")))
  }

  @Test("is explained without a look into files that were not asked about")
  func explain() async throws {
    let folder = try TemporaryFolder.actor()
    try folder.write("asked", "text")
    // A regular file that can be opened, and that fails to be read.
    try folder.link("poison", to: "/proc/self/mem")
    let program = Program()
    let one = try await program("explain", "--follow-external-links", "asked", in: folder)
    #expect(one.text.hasPrefix("in   asked: TEXT, 4 bytes\n     no rule matches\n"), "\(one.talk)")
    let other = try await program("explain", "--follow-external-links", "poison", in: folder)
    #expect(other.status != 0 && other.talk.contains("poison"), "\(other.text)\(other.talk)")
  }

  @Test(
    "is packaged with a word about what is not as its owner may think, on standard error and in JSON",
    arguments: [
      ["pack", "--json", "-o", "/dev/null"], ["explain", "--json", "storage/a"], ["list"],
      ["list", "--json"], ["list", "--json", "--ignored"],
    ])
  func warnings(_ arguments: [String]) async throws {
    struct Report: Decodable { let warnings: [String] }
    let folder = try TemporaryFolder.actor()
    try await git(["init", "-q"], in: folder.path)
    try folder.write("main.py", "import storage\n")
    try folder.write("storage/__init__.py", "")
    try await git(["add", "-A"], in: folder.path)
    let output = try await shell(
      Program.location(), arguments, in: folder.path, environment: Program().environment)
    let (cause, help) = (
      "left out by its name, although git tracks files in it (storage)",
      "a line !/storage in .actorignore packages it"
    )
    let talk = "warning: \(cause)\nhelp: \(help)\n"
    #expect(output.status == 0 && output.talk.contains(talk), "\(output.talk)")
    if arguments.contains("--json") {
      let report = try JSONDecoder().decode(Report.self, from: Data(output.bytes))
      #expect(report.warnings == ["\(cause); \(help)"])
    }
  }

  @Test("is refused where a .git leads nowhere, with where it leads and what to do")
  func brokenGitFile() async throws {
    let folder = try TemporaryFolder.actor()
    try folder.write(".git", "gitdir: /host/only/.git/worktrees/wt\n")
    let output = try await Program()("pack", "--json", "-o", "/dev/null", in: folder)
    let failure = try JSONFailure(output)
    #expect(output.status == 5 && failure.error.type == "broken-git-file", "\(output.talk)")
    for part in ["/.git: leads to /host/only/.git/worktrees/wt", "git worktree repair"] {
      #expect(failure.error.message.contains(part), "\(failure.error.message)")
    }
  }
}
