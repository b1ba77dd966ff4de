// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import EmulatorTesting
import FoundationEssentials
import PlatformEmulator
import PlatformModel
import TestSupport
import Testing

@Suite("A git push with the hook")
struct HookPushTests {
  @Test(
    "deploys the commit that was pushed, not what lies in the work tree, and nothing where nothing changed")
  func pushed() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let repository = try await HookRepository(address)
      try repository.work.write("main.js", "uncommitted\n")
      try repository.work.write("untracked.js", "1\n")
      let output = try await repository.push("origin", "main")
      #expect(output.status == 0 && output.talk.contains("~my-actor 1.0"), "\(output.talk)")
      #expect(try await repository.endings() == ["deployed"])
      var files = try emulator.texts()
      #expect(files.removeValue(forKey: ".actor/provenance.json") != nil)
      #expect(files.keys.sorted() == [".actor/actor.json", ".actor/actorpush.json", "main.js"])
      // Every blob as git itself has it.
      for (name, content) in files {
        #expect(
          try await git(["cat-file", "blob", "HEAD:\(name)"], in: repository.work.path) == Array(content.utf8)
        )
      }
      // Another branch with the same commit, then the same branch with an empty one: nothing to do for the
      // platform.
      try await git(["commit", "-q", "--allow-empty", "-m", "empty"], in: repository.work.path)
      #expect(try await repository.push("origin", "main").status == 0)
      #expect(try await repository.endings() == ["unchanged", "deployed"])
      #expect(emulator.state.builds.count == 1)
    }
  }

  @Test("from a linked work tree that is removed at once is deployed, and told of in the others")
  func removedWorkTree() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let repository = try await HookRepository(address)
      let (place, linked) = (try TemporaryFolder(), "linked")
      try await git(["worktree", "add", "-q", "-b", "other", place(linked)], in: repository.work.path)
      try place.write(linked + "/main.js", "2\n")
      try await git(["commit", "-qam", "2"], in: place(linked))
      let output = try await repository.push("origin", "other:main", in: place(linked))
      #expect(output.status == 0 && output.talk.contains("~my-actor 1.0"), "\(output.talk)")
      try await git(["worktree", "remove", "--force", place(linked)], in: repository.work.path)
      let messages = try await repository.messages()
      #expect(try await repository.endings() == ["deployed"], "\(messages)")
      #expect(try emulator.texts()["main.js"] == "2\n")
    }
  }

  @Test("from elsewhere: another branch than the one that is checked out, HEAD, several at once, by force")
  func references() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let repository = try await HookRepository(
        address,
        map:
          #"{"push": {"main": {"version": "1.0", "tag": "latest"}, "release/*": {"version": "{1}"}, "docs": {"actor": "~my-docs"}}}"#
      )
      let first = try await repository.head()
      try await git(["checkout", "-q", "-b", "other"], in: repository.work.path)
      try repository.work.write("main.js", "2\n")
      try await repository.commit()
      // main is not checked out.
      #expect(
        try await repository.push("origin", "main", "HEAD:refs/heads/release/2.3", "HEAD:docs", "other")
          .status == 0)
      #expect(try await repository.endings().sorted() == ["deployed", "deployed", "deployed"])
      #expect(try emulator.texts()["main.js"] == "1\n")
      #expect(try emulator.texts("2.3")["main.js"] == "2\n")
      #expect(try emulator.texts("0.1", of: "~my-docs")["main.js"] == "2\n")
      #expect(try emulator.version("1.0", of: "~my-actor").buildTag == "latest")
      #expect(try await repository.push("origin", "HEAD:main").status == 0)
      _ = try await repository.endings()
      #expect(try emulator.texts()["main.js"] == "2\n")
      #expect(try await repository.push("--force", "origin", "\(first):main").status == 0)
      _ = try await repository.endings()
      #expect(try emulator.texts()["main.js"] == "1\n")
    }
  }

  @Test(
    "of a tag, a deletion, an unmapped branch, or by ACTORPUSH=0, --no-verify and --dry-run deploys nothing and says so"
  )
  func passedOver() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let repository = try await HookRepository(address)
      try await git(["tag", "v1"], in: repository.work.path)
      let cases: [(arguments: [String], variables: [String: String], says: String)] = [
        (["origin", "v1"], [:], "not a branch"), (["origin", "HEAD:topic"], [:], "no map mentions"),
        (["origin", ":topic"], [:], "deleted"), (["--dry-run", "origin", "main"], [:], "dry run"),
        (["origin", "main"], ["ACTORPUSH": "0"], "ACTORPUSH=0"),
        (["--no-verify", "origin", "HEAD~0:main"], [:], ""),
      ]
      for item in cases {
        let environment = ["GIT_CONFIG_NOSYSTEM": "1"].merging(repository.program.environment) { $1 }
          .merging(item.variables) { $1 }
        let output = try await shell(
          "git", ["push"] + item.arguments, in: repository.work.path, environment: environment)
        #expect(output.status == 0 && output.talk.contains(item.says), "\(item.arguments) \(output.talk)")
      }
      #expect(try await repository.endings().isEmpty)
      #expect(emulator.state.actors.isEmpty)
      let nothing = try await repository.program("hook", "pre-push", "origin", "x", in: repository.work)
      #expect(nothing.status == 0 && nothing.talk.isEmpty)
    }
  }

  @Test("that the remote refuses deploys nothing, and the next one does")
  func refused() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let repository = try await HookRepository(address)
      try repository.remote.write("hooks/pre-receive", "#!/bin/sh\nexit 1\n")
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o755], ofItemAtPath: repository.remote("hooks/pre-receive"))
      #expect(try await repository.push("origin", "main").status != 0)
      #expect(try await repository.endings() == ["refused"])
      #expect(emulator.state.actors.isEmpty)
      try FileManager.default.removeItem(atPath: repository.remote("hooks/pre-receive"))
      #expect(try await repository.push("origin", "main").status == 0)
      #expect(try await repository.endings() == ["deployed", "refused"])
    }
  }

  @Test("goes on where there is no token, no platform, no map, and where the remote is gone afterwards")
  func notTheUsersFault() async throws {
    let unreachable = try await HookRepository(nil)
    let nowhere = ["APIFY_CLIENT_BASE_URL": "http://127.0.0.1:9", "APIFY_TOKEN": Program.token]
    #expect(try await unreachable.push("origin", "main", with: nowhere).status == 0)
    let failed = try await unreachable.deploys()
    #expect(failed.first?.results?.first?.state == "failed" && failed.first?.results?.first?.exitCode == 1)
    try await unreachable.commit()
    #expect(try await unreachable.push("origin", "main").status == 0)
    let withoutToken = try await unreachable.deploys()
    #expect(withoutToken.first?.results?.first?.message.contains("no API token") == true)
    let unmapped = try await HookRepository(nil, map: nil)
    let output = try await unmapped.push("origin", "main")
    #expect(output.status == 0 && output.talk.contains("no .actor/actorpush.json"))
    // The remote goes away while the deploy waits for the push to end.
    let gone = try await HookRepository(nil)
    try gone.remote.write("hooks/post-receive", "#!/bin/sh\nmv \"$PWD\" \"$PWD.gone\"\n")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: gone.remote("hooks/post-receive"))
    // By its address: no reference in the repository follows it.
    _ = try await gone.push(gone.remote.path, "main")
    let lost = try await gone.deploys()
    #expect(lost.first?.results?.first?.message.contains("cannot ask the remote") == true)
    try? FileManager.default.moveItem(atPath: gone.remote.path + ".gone", toPath: gone.remote.path)
  }

  @Test("is stopped by --strict for what the user can mend, and only then")
  func strict() async throws {
    let token = "apify_api_0123456789abcdefghijABCDEFGHIJ"
    for (name, text, says) in [
      (".actor/actor.json", #"{"name": "my-actor", "version": 1}"#, "\"version\" must be a string"),
      ("config.js", "const token = '\(token)'", "config.js:1: contains an Apify API token"),
      (
        ".actor/actorpush.json", "{\"push\": {\n\"main\": {\"version\": \"one\"}}}",
        ".actor/actorpush.json:2:"
      ),
      (".actor/actorpush.json", "{\"push\":\n {\"main\": {\"tga\": \"x\"}}}", "\"tga\" is not known"),
    ] {
      for isStrict in [false, true] {
        let repository = try await HookRepository(nil, installs: false)
        let arguments = isStrict ? ["hook", "install", "--strict"] : ["hook", "install"]
        let installed = try await shell(
          Program.location(), arguments, in: repository.work.path, environment: repository.program.environment
        )
        #expect(installed.status == 0)
        try repository.work.write(name, text)
        // What is agreed to here is a map that cannot be read, for two of the rows.
        try await repository.commit(allows: name != ".actor/actorpush.json")
        let output = try await repository.push("origin", "main")
        // In time, while git waits, or else in the deploy.
        let told = output.talk + (try await repository.messages())
        #expect(told.contains(says), "\(told)")
        #expect(!told.contains(token))
        #expect(output.status == 0 || isStrict, "\(output.talk)")
        if isStrict { #expect(output.status != 0 && output.talk.contains("--no-verify"), "\(output.talk)") }
        #expect(try await !repository.endings().contains("deployed"))
      }
    }
    // No token and no platform are not the user's to mend.
    let repository = try await HookRepository(nil, installs: false)
    _ = try await repository.program("hook", "install", "--strict", in: repository.work)
    #expect(try await repository.push("origin", "main").status == 0)
  }

  @Test("deploys within the hook where asked, starts the build and does not wait for it")
  func inHook() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let repository = try await HookRepository(address, installs: false)
      _ = try await repository.program("hook", "install", "--in-hook", in: repository.work)
      let output = try await repository.push("origin", "main")
      #expect(output.status == 0 && output.talk.contains("is under way"), "\(output.talk)")
      #expect(emulator.state.builds.count == 1)
      #expect(try emulator.texts()["main.js"] == "1\n")
      // An unreachable platform stops no push, and takes no longer than the budget.
      _ = try await repository.program("hook", "install", "--in-hook", "--budget", "2", in: repository.work)
      try repository.work.write("main.js", "2\n")
      try await repository.commit()
      let late = try await repository.push(
        "origin", "main", with: ["APIFY_CLIENT_BASE_URL": "http://127.0.0.1:9"])
      #expect(late.status == 0 && late.talk.contains("actorpush: "), "\(late.talk)")
    }
  }

  @Test("of a monorepo deploys each Actor by its own map, and builds only the one that changed")
  func monorepo() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let repository = try await HookRepository(address, map: nil)
      for name in ["one", "two"] {
        try repository.work.write("actors/\(name)/.actor/actor.json", "{\"name\": \"actor-\(name)\"}")
        try repository.work.write(
          "actors/\(name)/.actor/actorpush.json", #"{"push": {"main": {"version": "1.0"}}}"#)
        try repository.work.write("actors/\(name)/main.js", name)
      }
      try await repository.commit()
      #expect(try await repository.push("origin", "main").status == 0)
      #expect(try await repository.endings() == ["deployed", "deployed"])
      try repository.work.write("actors/two/main.js", "changed")
      try await repository.commit()
      #expect(try await repository.push("origin", "main").status == 0)
      let last = try await repository.deploys().first?.results ?? []
      #expect(
        last.map(\.state) == ["unchanged", "deployed"]
          && last.map(\.actor.name) == ["~actor-one", "~actor-two"])
      #expect(emulator.state.builds.count == 3)
      #expect(try emulator.texts(of: "~actor-two")["main.js"] == "changed")
    }
  }

  @Test("from a linked work tree and a subfolder, with the variables that git sets for its hooks")
  func linked() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let repository = try await HookRepository(address)
      try await git(
        ["worktree", "add", "-q", "-b", "topic", repository.work("linked")], in: repository.work.path)
      try repository.work.write("linked/main.js", "linked\n")
      try await git(["commit", "-qam", "x"], in: repository.work("linked"))
      #expect(try await repository.push("origin", "topic:main", in: repository.work("linked")).status == 0)
      _ = try await emulator.wait("a build") { $0.builds.keys.first }
      #expect(try emulator.texts()["main.js"] == "linked\n")
    }
  }

  @Test("holds what git can't give: a submodule and a Git LFS pointer are refused by name, the push goes on")
  func unpackable() async throws {
    let repository = try await HookRepository(nil)
    try repository.work.write(
      "model.bin", "version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 1\n")
    try await repository.commit()
    let pointer = try await repository.push("origin", "main")
    var told = pointer.talk + (try await repository.messages())
    #expect(
      pointer.status == 0 && told.contains("model.bin: the commit has only a Git LFS pointer"),
      "\(told)")
    try FileManager.default.removeItem(atPath: repository.work("model.bin"))
    try await git(
      ["update-index", "--add", "--cacheinfo", "160000,\(try await repository.head()),inner"],
      in: repository.work.path)
    try await git(["commit", "-qm", "x"], in: repository.work.path)
    let submodule = try await repository.push("origin", "main")
    told = submodule.talk + (try await repository.messages())
    #expect(submodule.status == 0 && told.contains("inner: a submodule"), "\(told)")
  }

  @Test("is read from the variables of pre-commit, which eats the input")
  func preCommitVariables() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let repository = try await HookRepository(address, installs: false)
      #expect(try await repository.push("origin", "main").status == 0)
      let output = try await repository.program(
        "hook", "pre-push", in: repository.work,
        with: [
          "PRE_COMMIT_TO_REF": try await repository.head(), "PRE_COMMIT_REMOTE_BRANCH": "refs/heads/main",
          "PRE_COMMIT_REMOTE_NAME": "origin", "PRE_COMMIT_REMOTE_URL": repository.remote.path,
        ])
      #expect(output.status == 0 && output.talk.contains("1.0"), "\(output.talk)")
      #expect(try await repository.endings() == ["deployed"])
    }
  }
}
