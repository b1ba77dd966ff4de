// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import FoundationEssentials
import Git
import SourceTree
import SystemIO
import TestSupport
import Testing

/// In a container HOME often is the directory of the project, or lies in it.
@Suite("Files of a person in HOME")
struct PersonalFilesTests {
  private let folder: TemporaryFolder
  private var options = WalkOptions()

  private static let personal = [
    ".gitconfig", ".ssh/id_ed25519", ".apify/auth.json", ".local/state/x", ".netrc",
  ]

  init() throws {
    folder = try TemporaryFolder()
    options.git.systemConfig = nil
    options.git.home = Array(folder("project").utf8)
    try folder.write("project/main.js")
    for file in Self.personal { try folder.write("project/" + file) }
  }

  private func listed(_ home: String? = "project") throws -> [String] {
    var options = options
    options.git.home = home.map { Array(folder($0).utf8) }
    return try names(folder("project"), options)
  }

  private func warnings() throws -> [WalkWarning] {
    try Walk.plan(Array(folder("project").utf8), options: options).warnings
  }

  @Test("are left out, with one warning that names them")
  func leftOut() throws {
    #expect(try listed() == ["main.js"])
    let paths = [".apify/", ".gitconfig", ".local/", ".netrc", ".ssh/"].map { Array($0.utf8) }
    #expect(try warnings() == [WalkWarning(kind: .personalFiles(paths), path: paths[0])])
  }

  @Test("are files like others where HOME is elsewhere", arguments: [nil, ".", "other", "project-2"])
  func elsewhere(_ home: String?) throws {
    for other in ["other", "project-2"] { try folder.write(other + "/x") }
    #expect(try Set(listed(home)).isSuperset(of: Self.personal))
  }

  @Test("are left out where HOME is a link to the project")
  func linked() throws {
    try FileManager.default.createSymbolicLink(atPath: folder("home"), withDestinationPath: "project")
    #expect(try listed("home") == ["main.js"])
  }

  @Test(
    "are left out below a HOME that lies in the project; there alone", arguments: ["home", "a [b]*/h?me"])
  func below(_ home: String) throws {
    try folder.write("project/\(home)/.ssh/id_rsa")
    try folder.write("project/\(home)/.docker/config.json")
    try folder.write("project/\(home)/.docker/Dockerfile")
    let names = try listed("project/" + home)
    #expect(names.contains(home + "/.docker/Dockerfile") && names.contains(".ssh/id_ed25519"))
    #expect(!names.contains(home + "/.ssh/") && !names.contains(home + "/.docker/config.json"))
  }

  @Test("stay in where git tracks them")
  func tracked() async throws {
    try await git(["init", "-q"], in: folder("project"))
    try await git(["add", "-f", ".gitconfig", ".ssh"], in: folder("project"))
    #expect(try listed() == [".gitconfig", ".ssh/", ".ssh/id_ed25519", "main.js"])
  }

  @Test(
    "come back by a line of an ignore file", arguments: [".gitignore", ".actorignore"])
  func broughtBack(_ file: String) throws {
    try folder.write("project/" + file, "!/.ssh/\n!.netrc\n")
    #expect(try listed() == [file, ".netrc", ".ssh/", ".ssh/id_ed25519", "main.js"].sorted())
  }

  @Test("are not warned of where another rule leaves them out")
  func otherRule() throws {
    try folder.write("project/.gitignore", ".*\n!.gitignore\n!.netrc\n")
    #expect(try listed() == [".gitignore", ".netrc", "main.js"] && warnings().isEmpty)
  }

  @Test("are named by their reason")
  func reason() throws {
    var options = options
    options.recordsExcluded = true
    let plan = try Walk.plan(Array(folder("project").utf8), options: options)
    #expect(Set(plan.excluded.map(\.rule.description)) == ["a personal file"])
    var walk = try PathWalk(Array(folder("project").utf8), options: options)
    let netrc = try walk.verdict(on: Array(".netrc".utf8), isDirectory: false)
    #expect(!netrc.isIncluded && netrc.reasons.count == 1)
  }

  @Test("include the directories that XDG variables name", arguments: ["state", "a/cache"])
  func otherDirectories(_ path: String) throws {
    try folder.write("project/\(path)/x")
    var options = options
    options.git.home = nil
    for (variable, isOut) in [("XDG_STATE_HOME", true), ("XDG_CACHE_HOME", true), ("XDG_OTHER", false)] {
      options.git.variables = [variable: folder("project/" + path)]
      #expect(try names(folder("project"), options).contains(path + "/x") != isOut)
    }
    options.git.variables = ["XDG_STATE_HOME": folder("project"), "XDG_DATA_HOME": path]
    #expect(try names(folder("project"), options).contains(path + "/x"))
  }
}
