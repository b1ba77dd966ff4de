// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import FoundationEssentials
import SystemIO
import TestSupport
import Testing

@testable import SourceTree

/// Directories that are others when their files are read than when they were walked.
@Suite("A tree in which a link has taken a directory's place")
struct SwappedPathTests {
  private let place: TemporaryFolder

  init() throws {
    place = try TemporaryFolder()
    for path in ["tree/a/b/c/file", "out/file", "out/c/file", "out/b/c/file", "out/a/b/c/file"] {
      try place.write(path, path)
    }
  }

  private func plan() throws -> Plan { try Walk.plan(Array(place("tree").utf8), options: WalkOptions()) }

  /// Moves what has the path `path` out of the way, and makes a link of it.
  private func swap(_ path: String, to target: String) throws {
    try FileManager.default.moveItem(atPath: place(path), toPath: place("was"))
    try place.link(path, to: place(target))
  }

  /// Why the last entry of `plan` can't be opened.
  private static func refusal(_ plan: Plan) -> SourceTreeError? {
    do throws(SourceTreeError) {
      var reader = try PlanReader(plan)
      _ = try reader.open(plan.entries.count - 1).status
      return nil
    } catch {
      return error
    }
  }

  @Test(
    "is not read through the link, at whatever depth",
    arguments: [
      ("tree/a/b/c", "out/c"), ("tree/a/b", "out/b"), ("tree/a", "out/a"), ("tree/a", "tree/../was"),
    ])
  func directories(_ path: String, _ target: String) throws {
    let plan = try plan()
    try swap(path, to: target)
    let refusal = Self.refusal(plan)
    #expect(
      refusal?.code == .changed && refusal?.path == Array("a/b/c/file".utf8), "\(String(describing: refusal))"
    )
  }

  @Test(
    "is not read where the project's directory is a link, or another directory, now",
    arguments: [true, false])
  func root(_ isLink: Bool) throws {
    let plan = try plan()
    try swap("tree", to: "out")
    if !isLink {
      try FileManager.default.removeItem(atPath: place("tree"))
      try FileManager.default.copyItem(atPath: place("was"), toPath: place("tree"))
    }
    #expect(Self.refusal(plan)?.code == .changed)
  }

  @Test("is not read where a link that was there leads elsewhere now", arguments: ["out", "tree/.git"])
  func links(_ target: String) throws {
    try place.write("tree/.git/file", "[core]")
    try place.link("tree/z", to: "a/b/c")
    let plan = try plan()
    #expect(Self.refusal(plan) == nil)
    try FileManager.default.removeItem(atPath: place("tree/z"))
    try place.link("tree/z", to: place(target))
    #expect(Self.refusal(plan)?.code == .changed)
  }

  @Test(
    "is not read where a link to a file leads into .git now, with links out of the tree allowed or not",
    arguments: [false, true])
  func fileLinks(_ external: Bool) throws {
    try place.write("tree/.git/config", "[core]")
    try place.link("tree/z", to: "a/b/c/file")
    let plan = try Walk.plan(Array(place("tree").utf8), options: WalkOptions(followsExternalLinks: external))
    try FileManager.default.removeItem(atPath: place("tree/z"))
    try place.link("tree/z", to: ".git/config")
    #expect(Self.refusal(plan)?.code == .changed)
  }

  @Test("is walked no further")
  func walk() throws {
    let walk = try Walk(Array(place("tree").utf8), options: WalkOptions())
    let above = WalkedDirectory(
      parent: walk.top, path: Array("a".utf8), basename: 0, context: walk.top.context, parentHandle: nil)
    let directory = WalkedDirectory(
      parent: above, path: Array("a/b".utf8), basename: 2, context: walk.top.context, parentHandle: nil)
    #expect(throws: Never.self) { _ = try walk.open(directory) }
    try swap("tree/a", to: "out/a")
    #expect(throws: SourceTreeError(.changed, path: Array("a/b".utf8), system: SystemError(code: ENOTDIR))) {
      _ = try walk.open(directory)
    }
  }

  @Test("is walked through no link that leads elsewhere now")
  func linkedWalk() throws {
    try place.link("tree/z", to: "a/b")
    let walk = try Walk(Array(place("tree").utf8), options: WalkOptions())
    let directory = WalkedDirectory(
      parent: walk.top, path: Array("z".utf8), basename: 0, linkedReal: Array(place("tree/a/b").utf8),
      context: walk.top.context, parentHandle: nil)
    #expect(throws: Never.self) { _ = try walk.open(directory) }
    try FileManager.default.removeItem(atPath: place("tree/z"))
    try place.link("tree/z", to: place("out"))
    #expect(throws: SourceTreeError(.changed, path: Array("z".utf8), system: SystemError(code: EXDEV))) {
      _ = try walk.open(directory)
    }
  }
}
