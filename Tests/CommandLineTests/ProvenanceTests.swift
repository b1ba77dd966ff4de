// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import EmulatorTesting
import FoundationEssentials
import PlatformEmulator
import PlatformModel
import TestSupport
import Testing

@Suite("Where a package comes from")
struct ProvenanceTests {
  private static let path = ".actor/provenance.json"

  /// A repository with an Actor, on the branch main.
  private static func repository() async throws -> TemporaryFolder {
    let folder = try TemporaryFolder.actor()
    try await git(["init", "-q", "-b", "main"], in: folder.path)
    try folder.write("main.js", "1\n")
    try await commit(folder)
    return folder
  }

  private static func commit(_ folder: TemporaryFolder) async throws {
    try await git(["add", "-A"], in: folder.path)
    try await git(["commit", "-qm", "x"], in: folder.path)
  }

  private static func head(_ folder: TemporaryFolder) async throws -> String {
    String(decoding: try await git(["rev-parse", "HEAD"], in: folder.path).dropLast(), as: UTF8.self)
  }

  /// A clone whose files are older than anything on a platform.
  private static func oldClone(_ folder: TemporaryFolder) async throws -> TemporaryFolder {
    let clone = try TemporaryFolder()
    try await git(["clone", "-q", folder.path, clone("x")], in: folder.path)
    _ = try await shell(
      "sh", ["-c", "find x -name .git -prune -o -type f -exec touch -d 2020-01-01 {} +"], in: clone.path)
    return clone
  }

  private struct Report: Decodable {
    struct Provenance: Decodable {
      let commit: String?
      let branch: String?
      let dirty: Bool?
      let digest: String
    }
    struct Package: Decodable { let digest: String }
    let provenance: Provenance?
    let package: Package?

    init(_ output: Output) throws { self = try JSONDecoder().decode(Self.self, from: Data(output.bytes)) }
  }

  @Test("is not known where git refuses the repository, and that is said")
  func foreignOwner() async throws {
    try await PlatformEmulator.running(.tests) { _, address in
      let folder = try await Self.repository()
      var program = Program(address)
      program.environment["GIT_TEST_ASSUME_DIFFERENT_OWNER"] = "1"
      let pushed = try await program("push", "--no-build", in: folder)
      #expect(pushed.status == 0 && pushed.talk.contains("warning: the version cannot name its commit"))
      #expect(pushed.talk.contains("safe.directory"), "\(pushed.talk)")
      try folder.write("main.js", "2\n")
      // Another machine, whose conflict has the same cause.
      var other = Program(address)
      other.environment["GIT_TEST_ASSUME_DIFFERENT_OWNER"] = "1"
      let refused = try await other("push", "--no-build", in: folder)
      #expect(refused.status == 7 && refused.talk.contains("safe.directory"), "\(refused.talk)")
      let doctor = try await program("doctor", in: folder)
      #expect(!doctor.text.contains("lies in no git repository"), "\(doctor.text)")
    }
  }

  @Test("is not known where there is no git, and a conflict that comes of that says so") func noGit()
    async throws
  {
    try await PlatformEmulator.running(.tests) { _, address in
      let folder = try await Self.repository()
      let gitless = ["PATH": "/nonexistent"]
      let pushed = try await Program(address)("push", "-q", "--no-build", in: folder, with: gitless)
      #expect(pushed.status == 0 && pushed.talk.contains("warning: the version cannot name its commit"))
      #expect(pushed.talk.contains("git is not installed"), "\(pushed.talk)")
      try folder.write("main.js", "2\n")
      let refused = try await Program(address)("push", "-q", "--no-build", in: folder, with: gitless)
      #expect(refused.status == 7 && refused.talk.contains("git is not installed"), "\(refused.talk)")
      #expect(refused.talk.contains("help: install git, or ") && !refused.talk.contains("cannot name"))
      #expect(try await Program(address)("push", "-q", "--no-build", in: folder).status == 0)
    }
  }

  @Test("is not known outside of a repository, and before a first commit, and that needs no word")
  func noHistory() async throws {
    try await PlatformEmulator.running(.tests) { _, address in
      let folder = try TemporaryFolder.actor()
      #expect(try await !Program(address)("push", "--no-build", in: folder).talk.contains("cannot name"))
      try await git(["init", "-q"], in: folder.path)
      try folder.write("main.js", "2\n")
      #expect(
        try await !Program(address)("push", "--no-build", "--force", in: folder).talk.contains("cannot name"))
    }
  }

  @Test("is a file in it that counts in no digest and no comparison", arguments: ["files", "zip"])
  func file(_ form: String) async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try await Self.repository()
      let program = Program(address)
      let pushed = try await program("push", "--json", "--provenance", "--source-type", form, in: folder)
      #expect(pushed.status == 0, "\(pushed.talk)")
      if form == "files" {
        let files = try emulator.version("0.1", of: "~my-actor").files ?? []
        #expect(files.last?.name == Self.path)
      }
      let said = try #require(try Report(try await program("version", "--json", in: folder)).provenance)
      let head = try await Self.head(folder)
      #expect(said.commit == head && said.branch == "main" && said.dirty == false)
      let packed = try Report(
        try await program(
          "pack", "--json", "-q", "--format", form == "zip" ? "zip" : "json", "-o", "/dev/null", in: folder))
      let ours = try Report(pushed).package?.digest
      #expect(said.digest == packed.package?.digest && said.digest == ours)
      // The same files, from here or from the commit, with the file or without it, are nothing new.
      for arguments in [["push"], ["push", "--provenance"], ["push", "--commit", "HEAD"]] {
        let again = try await shell(
          Program.location(), arguments + ["--source-type", form], in: folder.path,
          environment: program.environment)
        #expect(again.status == 0 && again.talk.contains("up to date"), "\(again.talk)")
      }
      #expect(try await program("diff", "--exit-code", in: folder).status == 0)
      // A copy of the platform's file in the work tree is not packaged.
      try folder.write(Self.path, "{}")
      #expect(try await program("list", "-0", in: folder).text.contains("provenance") == false)
      #expect(try await program("list", "--ignored", in: folder).text.contains("provenance"))
    }
  }

  @Test("is said by default, also where there is no commit to name, and not where it is not wanted")
  func byDefault() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      func said(_ folder: TemporaryFolder, _ arguments: [String] = []) async throws -> Report.Provenance? {
        let program = Program(address)
        let output = try await shell(
          Program.location(), ["push", "--force", "--no-build"] + arguments, in: folder.path,
          environment: program.environment)
        #expect(output.status == 0, "\(output.talk)")
        let version = try await program("version", "--json", in: folder)
        let report = try Report(version)
        return report.provenance
      }
      let folder = try await Self.repository()
      let head = try await Self.head(folder)
      let label = try await said(folder)
      #expect(label?.commit == head && label?.dirty == false)
      #expect(try await said(folder, ["--no-provenance"]) == nil)
      try folder.write(".actor/actorpush.json", #"{"provenance": false}"#)
      #expect(try await said(folder) == nil)
      #expect(try await said(folder, ["--provenance"])?.dirty == true)
      let outside = try await said(try TemporaryFolder.actor())
      #expect(outside != nil && outside?.commit == nil && outside?.branch == nil)
      // Nothing of the machine is in it.
      let text = try emulator.version("0.1", of: "~my-actor").files?.last { $0.name == Self.path }
      #expect(text.map { !"\($0)".contains(folder.path) } ?? false)
    }
  }

  @Test("is left out where a package just fits into the platform's limit")
  func noRoom() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor()
      let configuration = #"{"name": "my-actor", "version": "0.1"}"#.utf8.count
      for (spare, isSaid) in [(0, false), (2048, true)] {
        try folder.write("main.js", String(repeating: "x", count: 3_145_728 - configuration - spare))
        let output = try await Program(address)("push", "--no-build", "--force", in: folder)
        #expect(output.status == 0, "\(output.talk)")
        let version = try emulator.version("0.1", of: "~my-actor")
        #expect(try #require(version.files).contains { $0.name == Self.path } == isSaid)
      }
    }
  }

  @Test("tells whether that is what the commit holds")
  func dirty() async throws {
    try await PlatformEmulator.running(.tests) { _, address in
      let folder = try await Self.repository()
      let program = Program(address)
      try folder.write(".actor/actorpush.json", #"{"provenance": true}"#)
      #expect(try await program("push", in: folder).status == 0)
      #expect(try Report(try await program("version", "--json", in: folder)).provenance?.dirty == true)
      try await Self.commit(folder)
      try folder.write("main.js", "2\n")
      try await git(["commit", "-qam", "x"], in: folder.path)
      #expect(try await program("push", "--commit", "main", in: folder).status == 0)
      let said = try Report(try await program("version", "--json", in: folder)).provenance
      #expect(said?.dirty == false && said?.branch == "main")
      let outside = try TemporaryFolder.actor()
      let refused = try await program("push", "--provenance", in: outside)
      #expect(refused.status == 5 && refused.talk.contains("git repository"), "\(refused.talk)")
    }
  }

  @Test(
    "is the base of changes where nothing is remembered: later commits go, others and edits are conflicts",
    arguments: ["files", "zip"])
  func base(_ form: String) async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try await Self.repository()
      #expect(
        try await Program(address)("push", "--provenance", "--source-type", form, in: folder).status == 0)
      try folder.write("main.js", "2\n")
      try await Self.commit(folder)
      // A fresh clone with old files, one commit later.
      let clone = try await Self.oldClone(folder)
      let later = try await shell(
        Program.location(), ["push", "--source-type", form, "--provenance", clone("x")],
        environment: Program(address).environment)
      #expect(later.status == 0 && later.talk.contains("files: 1 changed"), "\(later.talk)")
      // From the commit before, with another change: not what led to the version.
      let other = try await Self.oldClone(folder)
      try await git(["reset", "-q", "--hard", "HEAD~1"], in: other("x"))
      try other.write("x/other.js", "1\n")
      try await git(["add", "-A"], in: other("x"))
      try await git(["commit", "-qm", "other"], in: other("x"))
      _ = try await shell(
        "sh", ["-c", "find x -name .git -prune -o -type f -exec touch -d 2020-01-01 {} +"], in: other.path)
      let aside = try await shell(
        Program.location(), ["push", "--source-type", form, other("x")],
        environment: Program(address).environment)
      #expect(aside.status == 7 && aside.talk.contains("not in the history"), "\(aside.talk)")
      // Edited in the Console since: who has changed what is counted from the commit.
      guard form == "files" else { return }
      let files = try emulator.version("0.1", of: "~my-actor").files ?? []
      try emulator.setFiles(
        files + [SourceFile(name: "console.js", kind: .file(.text, content: "edited"))], of: "0.1",
        "~my-actor")
      try await git(["pull", "-q"], in: clone("x"))
      try clone.write("x/main.js", "3\n")
      let edited = try await shell(
        Program.location(), ["push", clone("x")], environment: Program(address).environment)
      #expect(
        edited.status == 7
          && edited.talk.contains("console.js: only on the platform, changed on the platform"),
        "\(edited.talk)")
      #expect(edited.talk.contains("main.js: differs, changed here"), "\(edited.talk)")
    }
  }
}
