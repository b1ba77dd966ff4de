// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import EmulatorTesting
import FoundationEssentials
import PlatformEmulator
import PlatformModel
import TestSupport
import Testing

@Suite("pull")
struct PullTests {
  private static let configuration = #"{"name": "my-actor", "version": "0.1", "buildTag": "latest"}"#

  /// What is done in the Console: other files, and the others as they are.
  private static func edit(_ emulator: PlatformEmulator, _ texts: [String: String]) throws {
    let files = try emulator.version("0.1", of: "~my-actor").files ?? []
    try emulator.setFiles(
      files.filter { texts[$0.name] == nil }
        + texts.map { SourceFile(name: $0.key, kind: .file(.text, content: $0.value)) }, of: "0.1",
      "~my-actor")
  }

  @Test(
    "of a push is the tree, and a push of that has nothing to do", arguments: ["files", "zip"], 201...204)
  func roundTrip(_ form: String, _ seed: Int) async throws {
    let folder = try TemporaryFolder.actor(Self.configuration)
    try RandomTree.fill(folder, seed: seed, isPlain: true)
    try folder.write("run.sh", "#!/bin/sh\n")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder("run.sh"))
    try folder.folder("empty/in/empty")
    try await PlatformEmulator.running(.tests) { emulator, address in
      let program = Program(address)
      let pushed = try await program("push", "--source-type", form, in: folder)
      #expect(pushed.status == 0, "\(pushed.talk)")
      let place = try TemporaryFolder()
      // On a machine that knows nothing.
      let other = Program(address)
      let pulled = try await other("pull", "local-dev/my-actor", "copy", in: place)
      #expect(pulled.status == 0, "\(pulled.talk)")
      let difference = try await shell("diff", ["-r", folder.path, place("copy")])
      #expect(difference.status == 0, "\(difference.text)\(difference.talk)")
      let isExecutable = FileManager.default.isExecutableFile(atPath: place("copy/run.sh"))
      #expect(isExecutable == (form == "zip"))
      let next = try await other("push", "copy", "--source-type", form, in: place)
      #expect(next.status == 0 && next.talk.contains("is up to date (latest = build 0.1.1)"), "\(next.talk)")
      let again = try await other("pull", "copy", in: place)
      #expect(again.status == 0 && again.talk.contains("nothing to pull"), "\(again.talk)")
      #expect(try emulator.builds(of: "~my-actor").count == 1)
    }
  }

  @Test("merges what push refuses to overwrite; push goes through when conflicts are resolved")
  func conflict() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor(Self.configuration)
      let program = Program(address)
      let lines = (1...9).map { "line \($0)\n" }
      try folder.write("main.js", lines.joined())
      try folder.write("there.js", "1\n")
      #expect(try await program("push", in: folder).status == 0)
      try Self.edit(
        emulator, ["main.js": lines.joined().replacing("line 5", "five"), "there.js": "2\n", "new.js": "3\n"])
      try folder.write("main.js", lines.joined().replacing("line 5", "FIVE"))
      let refused = try await program("push", in: folder)
      #expect(refused.status == 7 && refused.talk.contains("actorpush pull merges it"), "\(refused.talk)")
      let pulled = try await program("pull", in: folder)
      #expect(pulled.status == 7, "\(pulled.talk)")
      #expect(pulled.talk.contains("there.js: updated\n") && pulled.talk.contains("new.js: added\n"))
      #expect(pulled.talk.contains("conflict: main.js: both sides have changed the same lines"))
      let marked = try String(contentsOf: URL(fileURLWithPath: folder("main.js")), encoding: .utf8)
      #expect(
        marked.contains(
          "<<<<<<< yours\nFIVE\n||||||| base (build 0.1.1)\nline 5\n=======\nfive\n>>>>>>> platform 0.1\n"),
        "\(marked)")
      for options in [[], ["--force"], ["--dry-run"]] {
        let stopped = try await shell(
          Program.location(), ["push"] + options, in: folder.path, environment: program.environment)
        #expect(stopped.status == 7 && stopped.talk.contains("main.js: in conflict"), "\(stopped.talk)")
      }
      try folder.write("main.js", lines.joined().replacing("line 5", "five and FIVE"))
      let pushed = try await program("push", in: folder)
      #expect(pushed.status == 0, "\(pushed.talk)")
      let texts = try emulator.texts("0.1")
      #expect(texts["main.js"]?.contains("five and FIVE") == true && texts["new.js"] == "3\n")
      #expect(try await program("pull", in: folder).talk.contains("nothing to pull"))
    }
  }

  @Test("writes nothing where it cannot remember what it wrote")
  func noMemory() async throws {
    try await PlatformEmulator.running(.tests) { _, address in
      let folder = try TemporaryFolder.actor(Self.configuration)
      #expect(try await Program(address)("push", in: folder).status == 0)
      let place = try TemporaryFolder()
      try place.write("state/actorpush/directories", "")
      let output = try await Program(address)(
        "pull", "local-dev/my-actor", "copy", in: place, with: ["XDG_STATE_HOME": place("state")])
      #expect(output.status == 1 && output.talk.contains("cannot write what is remembered"), "\(output.talk)")
      #expect(output.talk.contains("help: make it writable"), "\(output.talk)")
      #expect(!FileManager.default.fileExists(atPath: place("copy")))
    }
  }

  @Test("says in JSON what is in conflict, and what is not")
  func json() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor(Self.configuration)
      let program = Program(address)
      try folder.write("both", "\u{0}1")
      #expect(try await program("push", in: folder).status == 0)
      try Self.edit(emulator, ["both": "\u{0}2", "new": "1"])
      try folder.write("both", "\u{0}3")
      let output = try await program("pull", "--json", in: folder)
      #expect(output.status == 7)
      for part in [
        #""ok":false"#, #""exitCode":7"#,
        #""conflicts":[{"path":"both","platformPath":"both.platform","reason":"binary"}]"#,
        #"{"change":"added","path":"new"}"#, #""type":"conflict""#, #""base":"last-push""#,
      ] {
        #expect(output.text.contains(part), "\(output.text)")
      }
      let undone = try await program("pull", "--abort", in: folder)
      #expect(undone.status == 0 && undone.talk.contains("undid the last pull"), "\(undone.talk)")
      #expect(!FileManager.default.fileExists(atPath: folder("both.platform")))
      #expect(try await program("pull", "--abort", in: folder).status == 4)
      let ours = try await program("pull", "--ours", "--json", in: folder)
      #expect(ours.status == 0 && ours.text.contains(#""conflicts":[]"#), "\(ours.text)")
      #expect(try await program("push", in: folder).status == 0)
    }
  }

  @Test("of two clones on one machine merges what the other has pushed")
  func clones() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let program = Program(address)
      let (one, other) = (
        try TemporaryFolder.actor(Self.configuration), try TemporaryFolder.actor(Self.configuration)
      )
      for folder in [one, other] { try folder.write("main.js", "1\n") }
      #expect(try await program("push", in: one).status == 0)
      #expect(try await program("push", in: other).status == 0)
      try one.write("main.js", "2\n")
      #expect(try await program("push", in: one).status == 0)
      try other.write("other.js", "1\n")
      let pulled = try await program("pull", in: other)
      #expect(pulled.status == 0 && pulled.talk.contains("main.js: updated"), "\(pulled.talk)")
      #expect(try await program("push", in: other).status == 0)
      #expect(
        try emulator.texts("0.1").filter { !$0.key.hasPrefix(".actor") } == [
          "main.js": "2\n", "other.js": "1\n",
        ])
    }
  }

  @Test("takes variables and the tag over into actor.json, and leaves every other byte of it")
  func configuration() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let text = """
        {
            "version": "0.1",  "name": "my-actor",
            "environmentVariables": {
                "B": "1", "A": "old",
                "KEPT": "x"
            },
            "buildTag": "latest"
        }

        """
      let folder = try TemporaryFolder.actor(text)
      let program = Program(address)
      #expect(try await program("push", in: folder).status == 0)
      // By others.
      let set = try await Program(address)(
        "version", "set", "--env", "A=new \"value\"", "--env", "ADDED=1", "--secret-env", "HIDDEN",
        "--build-tag",
        "beta", in: folder, with: ["HIDDEN": "not to be seen"])
      #expect(set.status == 0, "\(set.talk)")
      let listed = try await program("pull", in: folder)
      #expect(listed.status == 0, "\(listed.talk)")
      #expect(
        listed.talk.contains("environment variable A: changed on the platform (new \"value\")"),
        "\(listed.talk)")
      let written = try await program("pull", "--write-config", in: folder)
      #expect(written.status == 0, "\(written.talk)")
      #expect(written.talk.contains("add HIDDEN to ~/.apify/secrets.json"), "\(written.talk)")
      #expect(!written.talk.contains("another project's"), "\(written.talk)")
      let now = try String(contentsOf: URL(fileURLWithPath: folder(".actor/actor.json")), encoding: .utf8)
      #expect(
        now
          == text.replacing("\"old\"", "\"new \\\"value\\\"\"").replacing("latest", "beta").replacing(
            "\"KEPT\": \"x\"\n",
            "\"KEPT\": \"x\",\n        \"ADDED\": \"1\",\n        \"HIDDEN\": \"@HIDDEN\"\n"), "\(now)")
      let pushed = try await program("push", in: folder)
      #expect(pushed.status == 0, "\(pushed.talk)")
    }
  }

  @Test(
    "takes only what it can do",
    arguments: [
      (["--ours", "--theirs"], 64), (["--abort", "--dry-run"], 64), (["nowhere/at/all"], 5),
      (["./nowhere"], 5),
      (["--abort"], 4), (["--build", "9.9.9"], 5), (["~other"], 4),
    ])
  func usage(_ arguments: [String], _ status: Int) async throws {
    try await PlatformEmulator.running(.tests) { _, address in
      let folder = try TemporaryFolder.actor(Self.configuration)
      let program = Program(address)
      #expect(try await program("push", "--no-build", in: folder).status == 0)
      let output = try await shell(
        Program.location(), ["pull"] + arguments, in: folder.path, environment: program.environment)
      #expect(output.status.map(Int.init) == status, "\(output.talk)")
    }
  }
}

extension String {
  fileprivate func replacing(_ old: String, _ new: String) -> String {
    var result = ""
    var rest = self[...]
    while !rest.isEmpty {
      if rest.hasPrefix(old) {
        result += new
        rest = rest.dropFirst(old.count)
      } else if let first = rest.popFirst() {
        result.append(first)
      }
    }
    return result
  }
}
