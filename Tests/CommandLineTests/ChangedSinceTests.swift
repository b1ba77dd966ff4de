// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import TestSupport
import Testing

/// What `--changed-since` must not pass over: an Actor that is left out of a deploy is not missed by anyone.
@Suite("The Actors that differ between two commits", .timeLimit(.minutes(2)))
struct ChangedSinceTests {
  private let folder: TemporaryFolder

  init() async throws {
    folder = try TemporaryFolder()
    try await actor("lib/aaa")
    try await git(["init", "-q"], in: folder("lib"))
    try await commit("lib")
    try folder.write("top/.gitignore", "")
    try await git(["init", "-q"], in: folder("top"))
  }

  private func actor(_ path: String) async throws {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    try folder.write(path + "/.actor/actor.json", #"{"actorSpecification": 1, "name": "\#(name)"}"#)
    try folder.write(path + "/main.js", "1")
  }

  private func commit(_ directory: String) async throws {
    try await git(["add", "-A"], in: folder(directory))
    try await git(["commit", "-qm", "x"], in: folder(directory))
  }

  private func addSubmodule(_ path: String) async throws {
    _ = try await git(
      ["-c", "protocol.file.allow=always", "submodule", "add", "-q", folder("lib"), path], in: folder("top"))
  }

  private func changed(in directory: String = "top") async throws -> Output {
    try await shell(
      try Program.location(), ["list", "--all", "-0", "--changed-since", "HEAD~1"], in: folder(directory),
      environment: [
        "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "protocol.file.allow", "GIT_CONFIG_VALUE_0": "always",
      ])
  }

  @Test("has those in a submodule that is another commit") func actorInSubmodule() async throws {
    try await actor("top/own/bbb")
    try await addSubmodule("libs")
    try await commit("top")
    try folder.write("top/libs/aaa/main.js", "2")
    try await commit("top/libs")
    try await commit("top")
    #expect(try await changed().text == "libs/aaa\0")
  }

  @Test("has one with a submodule in it, whatever .gitmodules wants to be passed over")
  func ignoredSubmodule() async throws {
    try await actor("top/own/bbb")
    try await addSubmodule("own/bbb/lib")
    try await git(
      ["config", "-f", ".gitmodules", "submodule.own/bbb/lib.ignore", "all"], in: folder("top"))
    try await commit("top")
    try folder.write("top/own/bbb/lib/main.js", "2")
    try await commit("top/own/bbb/lib")
    let head = try await git(["rev-parse", "HEAD"], in: folder("top/own/bbb/lib"))
    let object = String(decoding: head.dropLast(), as: UTF8.self)
    try await git(["update-index", "--cacheinfo", "160000,\(object),own/bbb/lib"], in: folder("top"))
    try await git(["commit", "-qm", "x"], in: folder("top"))
    let found = try await changed().text.split(separator: "\0")
    #expect(found.contains("own/bbb"), "\(found)")
  }

  @Test("is asked of a clone without trees, which fetches them") func treeless() async throws {
    try await commit("top")
    try await actor("top/own/bbb")
    try await commit("top")
    for setting in ["allowFilter", "allowAnySHA1InWant"] {
      try await git(["config", "uploadpack." + setting, "true"], in: folder("top"))
    }
    try await git(
      ["clone", "-q", "--filter=tree:0", "file://" + folder("top"), folder("treeless")], in: folder.path)
    let found = try await changed(in: "treeless")
    #expect(found.text == "own/bbb\0", "\(found.talk)")
  }
}
