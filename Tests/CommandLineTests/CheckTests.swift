// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import EmulatorTesting
import FoundationEssentials
import PlatformEmulator
import PlatformModel
import TestSupport
import Testing

@Suite("check")
struct CheckTests {
  private struct Report: Decodable {
    struct Found: Decodable {
      let id: String
      let severity: String
      let path: String?
      let line: Int?
    }
    struct Limit: Decodable {
      let bytes: Int
      let limit: Int
    }
    struct Sizes: Decodable {
      let bytes: Int
      let inline: Limit
      let request: Limit
    }
    let ok: Bool
    let findings: [Found]
    let sizes: Sizes
    let exitCode: Int32
  }

  /// An Actor whose Dockerfile copies what git ignores.
  private static func broken() throws -> TemporaryFolder {
    let folder = try TemporaryFolder.actor(#"{"name": "my-actor", "version": "0.0"}"#)
    try folder.write("Dockerfile", "FROM scratch\nCOPY src src\nCOPY dist dist\n")
    try folder.write(".gitignore", "*.log\ndist/\n")
    try folder.write("src/main.js", "1")
    try folder.write("dist/main.js", "1")
    return folder
  }

  @Test("names the source that an ignore rule took, and the line that brings it back; which then does")
  func copy() async throws {
    let folder = try Self.broken()
    let program = Program()
    let output = try await program("check", in: folder)
    #expect(output.status == 5 && output.talk.isEmpty, "\(output.talk)")
    #expect(
      output.text.hasPrefix(
        """
        Dockerfile:3: error: COPY dist: is not in the package; left out by .gitignore:2: dist/ [copy-source-missing]
            help: the line !/dist/ in .actorignore brings it back

        1 error: 4 files (4 TEXT, 0 BASE64) in 2 folders, 92 bytes
        inline   92 of 3,145,728 bytes, 0 %
        """), "\(output.text)")
    try folder.write(".actorignore", "!/dist/\n")
    let mended = try await program("check", "--strict", "-q", in: folder)
    #expect(mended.status == 0 && mended.text.isEmpty && mended.talk.isEmpty, "\(mended.text)")
    // A copy of the built thing in a commit is none.
    try FileManager.default.removeItem(atPath: folder(".actorignore"))
    try await git(["init", "-q"], in: folder.path)
    try await git(["add", "-A"], in: folder.path)
    try await git(["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "x"], in: folder.path)
    let commit = try await program("check", "--commit", "HEAD", "-q", in: folder)
    #expect(commit.status == 5 && commit.text.contains("left out by .gitignore:2: dist/") == false)
    #expect(commit.text.hasPrefix("Dockerfile:3: error: COPY dist: is not in the package"), "\(commit.text)")
  }

  @Test("sees modes and contents as they are packaged")
  func survey() async throws {
    let folder = try TemporaryFolder.actor(#"{"name": "my-actor"}"#)
    try folder.write("Dockerfile", "FROM scratch\nCOPY . .\nCMD [\"./run.sh\"]\n")
    for name in ["run.sh", "lib.sh"] { try folder.write(name, "#!/bin/sh\r\ntrue\r\n") }
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder("run.sh"))
    try folder.write("near.sh", "#!/bin/sh\ntrue\r\n")
    try folder.write("model.bin", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n")
    // Behind the first block, and across its end.
    let filler = String(repeating: "x", count: (1 << 20) - 4) + "\n"
    try folder.write("merge.txt", filler + "<<<<<<< a\n=======\n>>>>>>> b\n")
    try folder.write("near.txt", filler + " <<<<<<< a\n=======\n>>>>>>> b\n")
    try folder.write("README.md", "Title\n=======\n")
    try folder.write("readme.md", "")
    let output = try await Program()("check", "--json", in: folder)
    let report = try JSONDecoder().decode(Report.self, from: Data(output.bytes))
    #expect(
      report.findings.map { "\($0.severity) \($0.id) \($0.path ?? ""):\($0.line ?? 0)" } == [
        "warning name-collision readme.md:0", "warning shebang-crlf lib.sh:1",
        "warning lfs-pointer model.bin:0", "warning shebang-crlf run.sh:1",
        "warning conflict-marker merge.txt:2", "note executable-bit-lost Dockerfile:3",
      ], "\(output.text)")
    #expect(report.ok && report.exitCode == 0 && output.status == 0)
    #expect(
      report.sizes.inline.bytes == report.sizes.bytes && report.sizes.request.bytes > report.sizes.bytes)
    let strict = try await Program()("check", "--strict", "--json", in: folder)
    #expect(
      strict.status == 5 && strict.text.contains(#""exitCode":5"#) && strict.text.contains(#""ok":false"#))
    // As a zip keeps the bits.
    let zip = try await Program()("check", "--source-type", "zip", "-q", in: folder)
    #expect(!zip.text.contains("executable-bit-lost") && zip.text.contains("shebang-crlf"))
  }

  @Test("obeys the project, and names an id that does not exist")
  func levels() async throws {
    let folder = try Self.broken()
    let program = Program()
    for (level, status) in [("off", 0), ("warning", 0), ("note", 0), ("error", 5)] as [(String, Int32)] {
      try folder.write(".actor/actorpush.json", #"{"checks": {"copy-source-missing": "\#(level)"}}"#)
      let output = try await program("check", "-q", in: folder)
      #expect(output.status == status && output.text.isEmpty == (level == "off"), "\(level): \(output.text)")
    }
    try folder.write(".actor/actorpush.json", #"{"checks": {"copy-source-missing": "of"}}"#)
    let wrong = try await program("check", in: folder)
    #expect(
      wrong.status == 5 && wrong.talk.contains("\"copy-source-missing\" must be")
        && wrong.talk.contains("(.actor/actorpush.json:1:36)"))
    try folder.write(".actor/actorpush.json", #"{"checks": {"copy-source": "off"}}"#)
    let unknown = try await program("check", "-q", in: folder)
    #expect(unknown.text.contains("there is no check copy-source [unknown-check]") && unknown.status == 5)
    let budget = try await program("check", "-q", "--max-size", "10", in: folder)
    #expect(budget.text.contains("the budget is 10 [over-budget]"), "\(budget.text)")
  }

  /// Reads a log, and prints its results as lines, and then what could not be done.
  private static let sarifReader = """
    import json, sys
    log = json.load(sys.stdin)
    assert log["version"] == "2.1.0" and log["$schema"].startswith("https://")
    run, = log["runs"]
    driver = run["tool"]["driver"]
    assert driver["name"] == "actorpush" and driver["version"]
    ids = [rule["id"] for rule in driver["rules"]]
    assert len(ids) == len(set(ids)) and all(rule["shortDescription"]["text"] for rule in driver["rules"])
    levels = {"none", "note", "warning", "error"}
    assert all(rule["defaultConfiguration"]["level"] in levels for rule in driver["rules"])
    for result in run["results"]:
        assert ids[result["ruleIndex"]] == result["ruleId"] and result["level"] in levels
        assert result["message"]["text"]
        for location in result["locations"]:
            place = location["physicalLocation"]
            assert place["artifactLocation"]["uriBaseId"] == "%SRCROOT%"
            print(result["ruleId"], place["artifactLocation"]["uri"], place.get("region", {}).get("startLine"))
    invocation, = run["invocations"]
    notes = invocation["toolExecutionNotifications"]
    assert invocation["executionSuccessful"] == (not notes)
    for note in notes:
        assert note["level"] in levels
        print("not checked:", note["message"]["text"])
    """

  /// What the log that `output` is says.
  private static func read(_ output: Output) async throws -> String {
    let oracle = try await shell("python3", ["-c", sarifReader], input: output.bytes)
    #expect(oracle.status == 0, "\(oracle.talk)")
    return oracle.text
  }

  @Test("is SARIF for code hosts")
  func sarif() async throws {
    let folder = try Self.broken()
    try folder.write("a b.sh", "#!/bin/sh\r\n")
    let program = Program()
    let output = try await program("check", "--sarif", in: folder)
    #expect(output.status == 5)
    #expect(try await Self.read(output) == "copy-source-missing Dockerfile 3\nshebang-crlf a%20b.sh 1\n")
    let both = try await program("check", "--sarif", "--json", in: folder)
    #expect(both.status == 64)
    try folder.write(".actor/actorpush.json", "{")
    let none = try await program("check", "--sarif", in: folder)
    #expect(try await Self.read(none).hasPrefix("not checked: .actor/actorpush.json:1:"))
    #expect(none.status == 5)
  }

  @Test("is one SARIF log of all Actors, with paths from the top of the repository")
  func sarifOfAll() async throws {
    let folder = try TemporaryFolder()
    for name in ["cart", "mail", "shop"] {
      try folder.write("actors/\(name)/.actor/actor.json", #"{"name": "\#(name)-actor"}"#)
      try folder.write("actors/\(name)/Dockerfile", "FROM scratch\nCOPY src src\n")
    }
    try folder.write("actors/mail/.actor/actorpush.json", "{")
    // A context above: what lies there, and actor.json where it comes from.
    try folder.write(
      "actors/shop/.actor/actor.json",
      #"{"name": "shop-actor", "dockerContextDir": "../../..", "dockerfile": "../../../Dockerfile", "nmae": 1}"#
    )
    try folder.write("Dockerfile", "FROM scratch\nCOPY shared shared\n")
    try await git(["init", "-q"], in: folder.path)
    let program = Program()
    func sorted(_ text: String) -> [String] { text.split(separator: "\n").map(String.init).sorted() }
    let all = try await program("check", "--all", "--sarif", in: folder)
    let lines = sorted(try await Self.read(all))
    #expect(all.status == 5 && lines.count == 4, "\(lines)")
    let expected = [
      "actor-json-unknown-field actors/shop/.actor/actor.json 1", "copy-source-missing Dockerfile 2",
      "copy-source-missing actors/cart/Dockerfile 2",
    ]
    #expect(Array(lines.prefix(3)) == expected)
    #expect(lines.last?.hasPrefix("not checked: actors/mail: .actor/actorpush.json:1:") == true, "\(lines)")
    // One of them, and from a directory below, the same paths.
    let cart = try await program("check", "actors/cart", "--sarif", in: folder)
    #expect(try await Self.read(cart) == expected[2] + "\n")
    let below = try await shell(
      Program.location(), ["check", "--all", "--sarif"], in: folder("actors"),
      environment: program.environment)
    let named = sorted(try await Self.read(below))
    #expect(Array(named.prefix(3)) == expected, "\(named)")
  }

  @Test("says the same in push, which it stops only where that is strict")
  func push() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try Self.broken()
      let program = Program(address)
      let strict = try await program("push", "--strict", "--json", in: folder)
      #expect(strict.status == 5 && strict.text.contains(#""type":"check-failed""#), "\(strict.text)")
      #expect(
        try JSONFailure(strict).error.message.hasPrefix("Dockerfile:3: COPY dist: is not in the package"))
      #expect(emulator.state.actors.isEmpty)
      let plain = try await program("push", "--no-build", "--json", in: folder)
      let line =
        "COPY dist: is not in the package; left out by .gitignore:2: dist/ [copy-source-missing] (Dockerfile:3)"
      #expect(plain.status == 0 && plain.talk.contains("warning: " + line), "\(plain.talk)")
      #expect(plain.text.contains(#""warnings":["\#(line)"#), "\(plain.text)")
      try folder.write(".actorignore", "!/dist/\n")
      let mended = try await program("push", "--strict", "--no-build", "--json", in: folder)
      #expect(mended.status == 0 && mended.text.contains(#""warnings":[]"#), "\(mended.text)\(mended.talk)")
    }
  }

  @Test("names the lines of the files on disk, of which a shared context sends copies with other lines")
  func placesOnDisk() async throws {
    let folder = try TemporaryFolder()
    try folder.write("shared/a", "1")
    let lines = [
      "FROM scratch", "ARG ACTOR_PATH_IN_DOCKER_CONTEXT", "COPY shared ./shared",
      "ARG ACTOR_PATH_IN_DOCKER_CONTEXT", "COPY nope ./",
    ]
    try folder.write("actors/shop/.actor/Dockerfile", lines.joined(separator: "\n") + "\n")
    try folder.write(
      "actors/shop/.actor/actor.json",
      """
      {
        "name": "my-actor", "version": "0.1",
        "dockerContextDir": "../../..",
        "readme": "../README.md",
        "buildTagg": "x"
      }
      """)
    try folder.write("actors/shop/README.md", "1")
    try await git(["init", "-q"], in: folder.path)
    let output = try await shell(
      Program.location(), ["check"], in: folder("actors/shop"), environment: Program().environment)
    #expect(output.status == 5, "\(output.talk)")
    #expect(output.text.contains(".actor/Dockerfile:5: "), "\(output.text)")
    #expect(output.text.contains(".actor/actor.json:5:16: "), "\(output.text)")
  }
}
