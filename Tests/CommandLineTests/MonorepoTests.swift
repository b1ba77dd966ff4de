// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import EmulatorTesting
import FoundationEssentials
import PlatformEmulator
import PlatformModel
import TestSupport
import Testing

@Suite("An Actor over a shared directory", .serialized)
struct MonorepoTests {
  static let names = [
    ".actor", ".actor/actor.json", ".actor/input_schema.json", "Dockerfile", "actors",
    "actors/javascript-actor",
    "actors/javascript-actor/README.md", "actors/javascript-actor/package.json",
    "actors/javascript-actor/src",
    "actors/javascript-actor/src/main.js", "package.json", "shared", "shared/util.js",
  ]

  private static func names(_ output: Output) -> [String] {
    output.text.split(separator: "\0").map { $0.hasSuffix("/") ? String($0.dropLast()) : String($0) }
  }

  @Test("is changed by the rules of its context, wherever a Dockerfile takes only a part of that")
  func contextRules() async throws {
    let folder = try TemporaryFolder()
    for name in ["shared/a", "shared/b", "docs/c"] { try folder.write(name, name) }
    try folder.write("Dockerfile", "FROM x\nCOPY shared ./shared\n")
    try folder.write(
      "actors/shop/.actor/actor.json",
      #"{"name": "shop", "dockerContextDir": "../../..", "dockerfile": "../../../Dockerfile"}"#)
    func changed(_ name: String, _ text: String) async throws -> String {
      try folder.write(name, text)
      try await git(["add", "-A"], in: folder.path)
      try await git(["commit", "-qm", "x"], in: folder.path)
      return try await Program()("list", "--all", "-0", "--changed-since", "HEAD~1", in: folder).text
    }
    try await git(["init", "-q"], in: folder.path)
    _ = try await changed("docs/c", "1")
    #expect(try await changed("docs/c", "2") == "")
    #expect(try await changed(".actorignore", "shared/b\n") == "actors/shop\0")
    #expect(try await changed("shared/a", "2") == "actors/shop\0")
  }

  @Test("is packaged with what its Dockerfile copies; its .actor at the top, with paths as seen from there")
  func documented() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let repository = try await Monorepo()
      let folder = repository.folder
      let program = Program(address)
      let actor = "actors/javascript-actor"
      let before = try Data(contentsOf: URL(fileURLWithPath: folder("\(actor)/.actor/actor.json")))
      let list = try await program("list", "-0", actor, in: folder)
      #expect(list.status == 0 && Self.names(list) == Self.names, "\(list.talk) \(Self.names(list))")
      let committed = try await program("list", "-0", "--commit", "HEAD", actor, in: folder)
      #expect(committed.bytes == list.bytes, "\(committed.talk)")
      let check = try await program("check", "--strict", actor, in: folder)
      #expect(check.status == 0, "\(check.text)\(check.talk)")
      let push = try await program("push", "--no-build", actor, in: folder)
      #expect(
        push.status == 0 && push.talk.contains("Docker context: what the Dockerfile copies"), "\(push.talk)")
      let texts = try emulator.texts("0.1", of: "~javascript-actor")
      #expect(
        texts[".actor/actor.json"] == """
          {
            "actorSpecification": 1,
            "name": "javascript-actor",
            "version": "0.1",
            "dockerContextDir": "..",
            "dockerfile": "../Dockerfile",
            "input": "./input_schema.json",
            "readme": "../actors/javascript-actor/README.md"
          }

          """, "\(texts[".actor/actor.json"] ?? "")")
      #expect(
        texts["Dockerfile"]
          == Monorepo.dockerfile.replacing(
            "COPY package",
            with:
              "# actorpush: as in a build of a git source\nENV ACTOR_PATH_IN_DOCKER_CONTEXT=\"\(actor)\"\nCOPY package"
          ), "\(texts["Dockerfile"] ?? "")")
      #expect(texts["shared/util.js"] == "util" && texts["actors/javascript-actor/src/main.js"] == "js")
      // On disk nothing has changed.
      #expect(try Data(contentsOf: URL(fileURLWithPath: folder("\(actor)/.actor/actor.json"))) == before)
      #expect(
        try Data(contentsOf: URL(fileURLWithPath: folder("Dockerfile"))) == Data(Monorepo.dockerfile.utf8))
      for commit in [[], ["--commit", "HEAD"]] {
        let again = try await program.run(["push", "--no-build", "--json", actor] + commit, in: folder)
        #expect(again.text.contains(#""action":"none""#), "\(again.talk)")
      }
      let diff = try await program("diff", "--exit-code", actor, in: folder)
      #expect(diff.status == 0, "\(diff.text)")
      let zip = try await program("push", "--no-build", "--source-type", "zip", actor, in: folder)
      #expect(zip.status == 0, "\(zip.talk)")
    }
  }

  @Test("changes only with what it reaches; a shared file changes all that reach it")
  func reached() async throws {
    try await PlatformEmulator.running(.tests) { _, address in
      let repository = try await Monorepo()
      let folder = repository.folder
      let program = Program(address)
      #expect(try await program("push", "--all", "--no-build", in: folder).status == 0)
      try folder.write("docs/index.md", "changed")
      try folder.write("actors/typescript-actor/src/main.ts", "changed")
      try folder.link("docs/broken", to: "nowhere")
      let own = try await program("push", "--all", "--no-build", in: folder)
      let rows = own.text.split(separator: "\n")
      #expect(rows.count == 2 && rows[0].contains("up to date") && rows[1].contains("updated"), "\(own.text)")
      try folder.write("shared/util.js", "changed")
      let all = try await program("push", "--all", "--no-build", in: folder)
      #expect(all.text.split(separator: "updated").count == 3, "\(all.text)")
      try FileManager.default.removeItem(atPath: folder("docs/broken"))
      try await repository.commit()
      let since = try await program("list", "--all", "-0", "--changed-since", "HEAD~1", in: folder)
      #expect(since.text == "actors/javascript-actor\0actors/typescript-actor\0", "\(since.text)")
      try folder.write("docs/index.md", "again")
      try await repository.commit()
      let none = try await program("list", "--all", "-0", "--changed-since", "HEAD~1", in: folder)
      #expect(none.text.isEmpty && none.status == 0)
    }
  }

  @Test("tells of each path why it is in or out; the whole context goes where that is asked for")
  func explained() async throws {
    let repository = try await Monorepo()
    let folder = repository.folder
    let program = Program()
    func explain(_ paths: String...) async throws -> String {
      let output = try await shell(
        Program.location(), ["explain", "--folder", "actors/javascript-actor"] + paths, in: folder.path,
        environment: program.environment)
      #expect(output.status == 0, "\(output.talk)")
      return output.text
    }
    let lines = try await explain(
      "shared/util.js", "actors/javascript-actor/.actor/actor.json", "docs/index.md",
      "actors/typescript-actor/src/main.ts"
    ).split(separator: "\n").filter { !$0.contains(" bytes inline, ") }
    #expect(
      lines == [
        "in   shared/util.js: TEXT, 4 bytes", "     no rule matches",
        "in   .actor/actor.json: TEXT, 227 bytes", "     actors/javascript-actor/.actor/ is always packaged",
        "out  docs/index.md", "     docs/ is left out: no COPY or ADD of the Dockerfile reaches it",
        "out  actors/typescript-actor/src/main.ts",
        "     actors/typescript-actor/ is left out: no COPY or ADD of the Dockerfile reaches it",
      ])
    let whole = try await program("list", "-0", "--whole-context", "actors/javascript-actor", in: folder)
    #expect(whole.talk == "Docker context: all of it (--whole-context)\n", "\(whole.talk)")
    let names = Self.names(whole)
    #expect(names.contains("docs/index.md") && names.contains("actors/typescript-actor/.actor/actor.json"))
    #expect(!names.contains { $0.contains("node_modules") || $0 == "actors/javascript-actor/.actor" })
  }

  @Test(
    "is packaged with the whole context where an instruction copies that, or cannot be decided",
    arguments: [
      ("FROM x\nCOPY . ./\n", "Docker context: all of it (Dockerfile:2: COPY . ./)\n"),
      (
        "FROM x\nCOPY $PWD ./\n",
        "warning: COPY $PWD ./: what it copies cannot be decided; the whole Docker context is packaged (Dockerfile:2)\n"
      ),
    ])
  func whole(_ dockerfile: String, _ talk: String) async throws {
    let folder = try await Monorepo(dockerfile: dockerfile).folder
    let program = Program()
    let list = try await program("list", "-0", "actors/javascript-actor", in: folder)
    #expect(list.talk == talk && Self.names(list).contains("docs/index.md"), "\(list.talk)")
    // Without a repository, nothing says where the files of others begin.
    try FileManager.default.removeItem(atPath: folder(".git"))
    let refused = try await program("list", "-0", "actors/javascript-actor", in: folder)
    #expect(refused.status == 5 && refused.talk.contains("pass --whole-context"), "\(refused.talk)")
    let asked = try await program("list", "-0", "--whole-context", "actors/javascript-actor", in: folder)
    #expect(asked.status == 0)
  }

  @Test(
    "is refused where a path leads out of the repository or nowhere, with field and line",
    arguments: [
      ("dockerContextDir", "../../../..", "leads out of the repository", 5),
      ("dockerContextDir", "../../../nothing", "no such directory", 5),
      ("dockerfile", "../../../none/Dockerfile", "is no file", 6),
      ("dockerfile", "../../../../Dockerfile", "leads out of the repository", 6),
      ("input", "../../../../../etc/passwd", "leads out of the Docker context", 7),
    ])
  func refused(_ field: String, _ path: String, _ reason: String, _ line: Int) async throws {
    let folder = try await Monorepo().folder
    let file = "actors/javascript-actor/.actor/actor.json"
    let text = try String(contentsOf: URL(fileURLWithPath: folder(file)), encoding: .utf8)
    let start = "\"\(field)\": \""
    let changed = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      guard line.contains(start) else { return String(line) }
      return "  \(start)\(path)\"" + (line.hasSuffix(",") ? "," : "")
    }.joined(separator: "\n")
    try folder.write(file, changed)
    let output = try await Program()("list", "actors/javascript-actor", in: folder)
    #expect(output.status == 5 && output.talk.contains(reason), "\(output.talk)")
    #expect(output.talk.contains(".actor/actor.json:\(line):"), "\(output.talk)")
  }

  @Test("is pulled back to where its files came from")
  func pulled() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let repository = try await Monorepo()
      let folder = repository.folder
      let program = Program(address)
      let actor = "actors/javascript-actor"
      #expect(try await program("push", "--no-build", actor, in: folder).status == 0)
      let same = try await program("pull", actor, in: folder)
      #expect(same.status == 0 && same.talk.contains("nothing to pull"), "\(same.talk)")
      try Monorepo.edit(emulator) { text, name in
        switch name {
        case "shared/util.js": "util, edited"
        case ".actor/actor.json": text.replacing("\"0.1\"", with: "\"0.1\",\n  \"title\": \"Edited\"")
        case "Dockerfile": text + "USER myuser\n"
        default: text
        }
      }
      try folder.write("\(actor)/src/main.js", "mine")
      let pull = try await program("pull", actor, in: folder)
      #expect(pull.status == 0, "\(pull.talk)")
      #expect(pull.talk.contains("actors/javascript-actor/.actor/actor.json: updated"), "\(pull.talk)")
      func text(_ name: String) throws -> String {
        try String(contentsOf: URL(fileURLWithPath: folder(name)), encoding: .utf8)
      }
      #expect(try text("shared/util.js") == "util, edited")
      #expect(try text("\(actor)/src/main.js") == "mine")
      #expect(try text("Dockerfile") == Monorepo.dockerfile + "USER myuser\n")
      #expect(
        try text("\(actor)/.actor/actor.json") == """
          {
            "actorSpecification": 1,
            "name": "javascript-actor",
            "version": "0.1",
            "title": "Edited",
            "dockerContextDir": "../../..",
            "dockerfile": "../../../Dockerfile",
            "input": "./input_schema.json"
          }

          """)
      #expect(!FileManager.default.fileExists(atPath: folder(".actor")))
      let push = try await program("push", "--no-build", "--json", actor, in: folder)
      #expect(
        push.text.contains(#""path":"actors/javascript-actor/src/main.js""#), "\(push.text)")
      try Monorepo.edit(emulator) { text, name in
        name == "shared/util.js" ? "util, again" : text
      }
      #expect(try await program("pull", actor, in: folder).status == 0)
      #expect(try await program("pull", "--abort", actor, in: folder).status == 0)
      #expect(try text("shared/util.js") == "util, edited")
    }
  }

  @Test("is deployed by the hook as it is pushed, each Actor by its own map")
  func hooked() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let repository = try await HookRepository(address, map: nil)
      let (folder, program) = (repository.work, repository.program)
      let example = try await Monorepo(commits: false)
      _ = try await shell("cp", ["-r", example.folder.path + "/.", folder.path])
      for name in ["javascript-actor", "typescript-actor"] {
        try folder.write("actors/\(name)/.actor/actorpush.json", #"{"push": {"main": {"version": "0.1"}}}"#)
      }
      try await repository.commit()
      let pushed = try await repository.push("origin", "main")
      #expect(pushed.status == 0, "\(pushed.talk)")
      let (endings, messages) = (try await repository.endings(), try await repository.messages())
      #expect(endings == ["deployed", "deployed"], "\(endings): \(messages)\n\(pushed.talk)")
      for name in ["javascript-actor", "typescript-actor"] {
        let list = try await program("list", "-0", "--commit", "HEAD", "actors/\(name)", in: folder)
        let files = try emulator.texts("0.1", of: "~\(name)").keys.filter { $0 != ".actor/provenance.json" }
        #expect(
          files.sorted()
            == Self.names(list).filter { $0.contains(".") && $0 != ".actor" || $0 == "Dockerfile" })
        let push = try await program("push", "--no-build", "--json", "actors/\(name)", in: folder)
        #expect(push.text.contains(#""action":"none""#), "\(push.talk)")
      }
    }
  }
}
