// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import FoundationEssentials
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
}
