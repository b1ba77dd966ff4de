// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import FoundationEssentials
import SystemIO
import TestSupport
import Testing

@Suite("A hook in an odd place")
struct HookPlaceTests {
  @Test("is not written where git looks for none, or where another would run by another name")
  func nowhere() async throws {
    let repository = try await HookRepository(nil, installs: false)
    let before = try await HookInstallTests.snapshot(repository)
    try await git(["config", "core.hooksPath", ""], in: repository.work.path)
    let empty = try await repository.program("hook", "install", in: repository.work)
    #expect(empty.status == 5 && empty.talk.contains("core.hooksPath"), "\(empty.talk)")
    let status = try await repository.program("hook", "status", in: repository.work)
    #expect(status.text.hasPrefix("not installed"), "\(status.text)")
    try await git(["config", "--unset", "core.hooksPath"], in: repository.work.path)
    #expect(try await HookInstallTests.snapshot(repository) == before)
    try HookInstallTests.write(repository, ".git/hooks/pre-push", "#!/bin/sh\nexec \"$0.local\" \"$@\"\n")
    let named = try await repository.program("hook", "install", "--chain", in: repository.work)
    #expect(named.status == 5 && named.talk.contains("goes by its own name"), "\(named.talk)")
    #expect(named.talk.contains("hook pre-push -- \"$@\""), "\(named.talk)")
    #expect(try await repository.program("hook", "install", "--force", in: repository.work).status == 0)
  }

  @Test("is agreed to in a bare repository, by a map of the user's")
  func bare() async throws {
    let repository = try await HookRepository(nil, installs: false)
    let bare = try TemporaryFolder()
    try await git(["clone", "-q", "--bare", repository.work.path, bare.path], in: bare.path)
    try bare.write("map.json", #"{"push": {"main": {"version": "1.0", "actor": "~my-actor"}}}"#)
    let output = try await repository.program("hook", "install", "--map", "map.json", in: bare)
    #expect(output.status == 0 && output.talk.contains("agreed to "), "\(output.talk)")
  }

  @Test(
    "is not written in a bare repository where nothing could be agreed to",
    arguments: [
      (nil, "pass --map FILE"), (#"{"push": {"main": {"version": "1.0"}}}"#, #""actor": "NAME""#),
    ])
  func circular(_ map: String?, _ help: String) async throws {
    let repository = try await HookRepository(nil, installs: false)
    let bare = try TemporaryFolder()
    try await git(["clone", "-q", "--bare", repository.work.path, bare.path], in: bare.path)
    if let map { try bare.write("map.json", map) }
    for command in ["install", "allow"] {
      let words = ["hook", command] + (map == nil ? [] : ["--map", "map.json"])
      let output = try await repository.program.run(words, in: bare)
      #expect(output.status == 5 && output.talk.contains(help), "\(output.talk)")
      #expect(Paths.status(Array(bare("hooks/pre-push").utf8)) == nil)
    }
  }

  @Test("is not written where there is no place for what is agreed to")
  func stateless() async throws {
    let repository = try await HookRepository(nil, installs: false)
    let output = try await repository.program(
      "hook", "install", in: repository.work, with: ["HOME": "", "XDG_STATE_HOME": ""])
    #expect(output.status != 0 && output.talk.contains("XDG_STATE_HOME"), "\(output.talk)")
    #expect(Paths.status(Array(repository.work(".git/hooks/pre-push").utf8)) == nil)
  }
}
