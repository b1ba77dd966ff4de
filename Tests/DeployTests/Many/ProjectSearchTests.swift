// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import TestSupport
import Testing

@testable import Deploy

@Suite("A project is found from a directory below it")
struct ProjectSearchTests {
  private static func way(_ path: String, home: String? = nil) -> String? {
    ProjectSearch.way(upFrom: Array(path.utf8), home: home.map { Array($0.utf8) })
      .map { String(decoding: $0, as: UTF8.self) }
  }

  @Test("the nearest one, and never above a repository")
  func nearest() throws {
    let folder = try TemporaryFolder()
    try folder.write("actor.json", "{}")
    try folder.write("shop/.actor/actor.json", "{}")
    try folder.folder("shop/src/deep")
    try folder.folder("repository/.git")
    try folder.folder("repository/src")
    #expect(Self.way(folder("shop")) == "")
    #expect(Self.way(folder("shop/src/deep")) == "../..")
    #expect(Self.way(folder("shop/.actor")) == "..")
    #expect(Self.way(folder("repository/src")) == nil)
    #expect(Self.way(folder("repository")) == nil)
    try folder.write("repository/.actor/actor.json", "{}")
    #expect(Self.way(folder("repository/src")) == "..")
    #expect(Self.way(folder("nowhere")) == nil)
  }

  @Test("the home directory is none of what lies below it")
  func home() throws {
    let folder = try TemporaryFolder()
    try folder.write("actor.json", "{}")
    try folder.folder("work")
    #expect(Self.way(folder("work"), home: folder.path) == nil)
    #expect(Self.way(folder("work"), home: folder("work")) == "..")
    #expect(Self.way(folder.path, home: folder.path) == "")
  }
}
