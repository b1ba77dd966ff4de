// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import Testing

@testable import ActorProject

@Suite("The paths of actor.json")
struct ActorPathsTests {
  private static let text = """
    {
      "name": "shop", "dockerfile": "../Dockerfile",
      "dockerContextDir": "../../..",
      "input": "./in.json", "output": {"a": 1}, "readme": "https://example.com/r.md", "changelog": "/etc/x",
      "storages": {"dataset": "d.json", "datasets": {"b": "../e.json"}, "other": 1}
    }
    """

  @Test("are those of the fields that name files, with their lines")
  func found() throws {
    let paths = try ActorPaths(Array(Self.text.utf8), file: "actor.json")
    #expect(
      paths.all.map { $0.keys.joined(separator: ".") + "=" + $0.path } == [
        "dockerContextDir=../../..", "dockerfile=../Dockerfile", "input=./in.json", "storages.dataset=d.json",
        "storages.datasets.b=../e.json",
      ])
    #expect(paths.has("output") && !paths.has("inputSchema"))
    #expect(paths.failure(["dockerContextDir"], "x").position?.line == 3)
  }

  @Test("are changed and added in place, and taken out again")
  func changed() throws {
    let paths = try ActorPaths(Array(Self.text.utf8), file: "actor.json")
    let changed = try paths.text(with: [
      .init(["dockerContextDir"], Array("..".utf8)), .init(["webServerSchema"], Array("../w.json".utf8)),
    ])
    let whole = String(decoding: changed, as: UTF8.self)
    #expect(whole.contains("\"dockerContextDir\": \"..\",\n"))
    #expect(try ActorPaths(changed, file: "actor.json").path("webServerSchema") == "../w.json")
    let removed = ActorPaths.removing("webServerSchema", from: changed)
    let back = try ActorPaths(removed, file: "actor.json").text(with: [
      .init(["dockerContextDir"], Array("../../..".utf8))
    ])
    #expect(String(decoding: back, as: UTF8.self) == Self.text)
    // The first member has no comma before it.
    #expect(ActorPaths.removing("name", from: changed) == changed)
  }
}
