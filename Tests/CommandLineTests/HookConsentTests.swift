// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import EmulatorTesting
import FoundationEssentials
import PlatformEmulator
import PlatformModel
import TestSupport
import Testing

@Suite("A git push of a commit that brings its own map")
struct HookConsentTests {
  @Test("cannot be given to a map that is not valid: to install the hook warns of that, in JSON, too")
  func invalidMap() async throws {
    let repository = try await HookRepository(nil, installs: false)
    try repository.work.write(".actor/actorpush.json", #"{"push": {"main": {"version": "x"}}}"#)
    try await repository.commit(allows: false)
    for options in [["-q"], ["--json"]] {
      let output = try await repository.program.run(["hook", "install"] + options, in: repository.work)
      #expect(output.status == 0 && output.talk.contains("warning: not agreed to: "), "\(output.talk)")
      #expect(output.text.isEmpty == (options == ["-q"]))
      #expect(options == ["-q"] || output.text.contains("not agreed to: "), "\(output.text)")
    }
  }

  @Test("deploys nothing that this clone has not agreed to, and says what to do")
  func contributor() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let repository = try await HookRepository(address)
      #expect(try await repository.push("origin", "main").status == 0)
      #expect(try await repository.endings() == ["deployed"])
      // A branch of a contributor: its map deploys it in place of main, and its actor.json names another.
      try await git(["checkout", "-q", "-b", "patch"], in: repository.work.path)
      try repository.work.write("main.js", "evil\n")
      for (map, actor) in [
        (#"{"push": {"patch": {"version": "1.0"}}}"#, "my-actor"),
        (#"{"push": {"main": {"version": "1.0"}, "**": {"version": "1.0"}}}"#, "my-actor"),
        (#"{"push": {"main": {"version": "1.0"}}}"#, "my-docs"),
      ] {
        try repository.work.write(".actor/actorpush.json", map)
        try repository.work.write(".actor/actor.json", #"{"name": "\#(actor)", "version": "0.1"}"#)
        try await repository.commit(allows: false)
        let output = try await repository.push("--force", "origin", "HEAD:patch")
        #expect(output.status == 0, "\(output.talk)")
        let isMapped = map.contains("patch") || map.contains("**")
        #expect(
          output.talk.contains(isMapped ? "not what this clone has agreed to" : "no map mentions"),
          "\(output.talk)")
      }
      // Where it comes to main, actor.json of the same map names another Actor.
      let main = try await repository.push("--force", "origin", "HEAD:main")
      #expect(
        main.talk.contains("the Actor ~my-docs for main is not what this clone has agreed to"), "\(main.talk)"
      )
      #expect(main.talk.contains("actorpush hook allow"))
      #expect(try await repository.endings() == ["deployed"])
      #expect(emulator.state.actors.count == 1 && emulator.state.builds.count == 1)
      #expect(try emulator.texts()["main.js"] == "1\n")
      // --strict stops the push instead.
      #expect(
        try await repository.program("hook", "install", "--strict", in: repository.work).status == 0)
      try repository.work.write(".actor/actorpush.json", #"{"push": {"main": {"version": "2.0"}}}"#)
      try await repository.commit(allows: false)
      #expect(try await repository.push("origin", "HEAD:main").status != 0)
      // Agreed to, it is deployed.
      let allowed = try await repository.program("hook", "allow", "--json", in: repository.work)
      #expect(allowed.status == 0 && allowed.text.contains(#""branches":["main"]"#), "\(allowed.text)")
      #expect(allowed.talk.contains("agreed to .actor/actorpush.json: main"))
      let pushed = try await repository.push("origin", "HEAD:main")
      #expect(pushed.status == 0, "\(pushed.talk)")
      #expect(try await repository.endings().first == "deployed")
      #expect(try emulator.texts("2.0", of: "~my-docs")["main.js"] == "evil\n")
    }
  }

  @Test(
    "deploys nothing in a clone whose hook came otherwise, until it agrees; and uninstall takes that back")
  func otherwise() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let repository = try await HookRepository(address)
      let hook = try Data(contentsOf: URL(filePath: repository.work(".git/hooks/pre-push")))
      #expect(try await repository.program("hook", "uninstall", in: repository.work).status == 0)
      try hook.write(to: URL(filePath: repository.work(".git/hooks/pre-push")))
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o755], ofItemAtPath: repository.work(".git/hooks/pre-push"))
      let output = try await repository.push("origin", "main")
      #expect(
        output.status == 0 && output.talk.contains("not what this clone has agreed to"), "\(output.talk)")
      #expect(emulator.state.actors.isEmpty)
      // Nor does that pass by: it is kept, until a push is not refused.
      let refusals = try await repository.refusals()
      #expect(refusals.map(\.remote) == ["origin"])
      #expect(refusals.first?.message.contains("not what this clone has agreed to") == true)
      #expect(refusals.first?.help?.contains("hook allow") == true)
      let status = try await repository.program("hook", "status", in: repository.work)
      #expect(status.text.contains(" ago: main to origin: not deployed; "), "\(status.text)")
      // A push of something else says nothing about it.
      try await git(["tag", "v1"], in: repository.work.path)
      #expect(try await repository.push("origin", "v1").status == 0)
      #expect(try await repository.refusals().map(\.reference) == ["refs/heads/main"])
      #expect(try await repository.program("hook", "allow", in: repository.work).status == 0)
      #expect(try await repository.refusals().isEmpty)
      try await repository.commit()
      #expect(try await repository.push("origin", "main").status == 0)
      #expect(try await repository.refusals().isEmpty)
      #expect(try await repository.endings() == ["deployed"])
    }
  }

  @Test(
    "deploys nothing where it is damaged what was agreed to, and says so once", arguments: ["", "{", "{}"])
  func damaged(_ contents: String) async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let repository = try await HookRepository(address)
      let state = try #require(repository.program.environment["XDG_STATE_HOME"])
      let hooks = URL(filePath: state).appending(path: "actorpush/hooks")
      let names = try FileManager.default.contentsOfDirectory(atPath: hooks.path)
      let file = try hooks.appending(path: #require(names.first { $0.hasSuffix(".consent") }))
      try Data(contents.utf8).write(to: file)
      let output = try await repository.push("origin", "main", "main:other")
      #expect(output.status == 0, "\(output.talk)")
      let words = "\(file.path): what this clone has agreed to is damaged, and counts as nothing"
      #expect(output.talk.components(separatedBy: words).count == 2, "\(output.talk)")
      #expect(output.talk.contains("for main is not what this clone has agreed to"), "\(output.talk)")
      #expect(emulator.state.actors.isEmpty)
      #expect(try await repository.program("hook", "allow", in: repository.work).status == 0)
      try repository.work.write("main.js", "2\n")
      try await repository.commit()
      let next = try await repository.push("origin", "main")
      #expect(next.status == 0 && !next.talk.contains("damaged"), "\(next.talk)")
      #expect(try await repository.endings().first == "deployed")
    }
  }
}
