// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import SystemIO
import TestSupport
import Testing

@testable import ActorProject

@Suite("The user's own files")
struct UserFilesTests {
  @Test("are none where there is nothing of the name", arguments: [nil, ".apify", ".apify/other"])
  func absent(_ file: String?) throws {
    let home = try TemporaryFolder()
    if let file { try home.write(file, "") }
    #expect(try UserFiles(home: Array(home.path.utf8)).secrets().isEmpty)
    #expect(try UserFiles(home: Array((home.path + "/gone").utf8)).secrets().isEmpty)
    #expect(try UserFiles(home: nil).secrets().isEmpty)
  }

  // As root everything can be entered: a link that leads to itself cannot.
  @Test(
    "are refused where they cannot be reached, and may be there",
    arguments: [".apify", ".apify/secrets.json"])
  func unreachable(_ link: String) throws {
    let home = try TemporaryFolder()
    if link != ".apify" { try home.write(".apify/other", "") }
    try home.link(link, to: link.split(separator: "/").last.map(String.init) ?? link)
    let error = #expect(throws: ProjectError.self) {
      try UserFiles(home: Array(home.path.utf8)).secrets()
    }
    #expect(error?.code == .invalidUserFile && error?.file == "~/.apify/secrets.json")
  }

  @Test("are none in a home that is another user's") func anothersHome() throws {
    let folder = try TemporaryFolder()
    try folder.link("home", to: "home")
    #expect(try UserFiles(home: Array((folder.path + "/home").utf8)).secrets().isEmpty)
  }
}
