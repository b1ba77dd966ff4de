// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ActorProject
import ApifyAPI
import EmulatorTesting
import Foundation
import PlatformModel
import TestSupport
import Testing

@testable import Deploy

/// What a pull has found out is what later pushes rely on: with the pull, that is undone, too.
@Suite("A pull that is undone", .timeLimit(.minutes(1)))
struct UndoneMemoryTests {
  private let fixture: PushFixture

  init() async throws {
    fixture = try PushFixture()
    try fixture.project.write("b.txt", "b\n")
    try fixture.project.write(
      ".actor/actor.json",
      #"{"name": "shop", "version": "0.1", "buildTag": "latest", "environmentVariables": {"A": "1"}}"#)
    try await fixture.push()
  }

  /// A colleague changes files in Console; nil removes one.
  private func colleague(_ edits: [String: String?]) throws {
    var files = fixture.tree.filter { !$0.key.hasSuffix("/") && !$0.key.hasPrefix(".git/") }
    for (name, text) in edits { files[name] = text }
    try fixture.setFiles(files.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
  }

  private func abort() throws { _ = try PullAbort(Array(fixture.project.path.utf8), fixture.context).run() }

  private func expectConflict(at location: SourceLocation = #_sourceLocation) async throws {
    await #expect(sourceLocation: location) {
      try await fixture.push { $0.isDryRun = true }
    } throws: { error in
      if case .conflict = (error as? PushFailure)?.error { true } else { false }
    }
  }

  @Test("leaves a variable that others have changed in conflict, as before it", arguments: [false, true])
  func variable(_ hasFiles: Bool) async throws {
    var change = VersionChange()
    change.envVars = [EnvironmentVariableChange(name: "A", value: "theirs")]
    try fixture.platform.setVersion("0.1", of: "~shop", change)
    if hasFiles { try colleague(["new": "1"]) }
    try await expectConflict()
    try await fixture.pull { $0.preference = .ours }
    _ = try await fixture.push { $0.isDryRun = true }
    try abort()
    try await expectConflict()
  }

  @Test("and yours preferred lets go what others gave to a variable that is declared no longer")
  func undeclared() async throws {
    var change = VersionChange()
    change.envVars = [EnvironmentVariableChange(name: "A", value: "theirs")]
    try fixture.platform.setVersion("0.1", of: "~shop", change)
    try fixture.project.write(
      ".actor/actor.json",
      #"{"name": "shop", "version": "0.1", "buildTag": "latest", "environmentVariables": {}}"#)
    try await expectConflict()
    try await fixture.pull { $0.preference = .ours }
    let outcome = try await fixture.push { $0.isDryRun = true }
    #expect(outcome.plan?.variables.removed == ["A"])
    try abort()
    try await expectConflict()
  }

  @Test("is the last one, also where it has written no file but a conflict, or found the same on both sides")
  func withoutFiles() async throws {
    try colleague(["main.js": "theirs\n"])
    try await fixture.pull()
    try colleague(["b.txt": String?.none])
    try fixture.project.write("b.txt", "mine\n")
    #expect(try await fixture.pull().conflicts.count == 1)
    try abort()
    // What the pull before has brought stays, and the deletion is a conflict again.
    #expect(fixture.tree["main.js"] == "theirs\n" && fixture.tree["b.txt"] == "mine\n")
    try await expectConflict()
    // One that finds nothing leaves the one before as what can be undone.
    try fixture.project.write("b.txt", "b\n")
    try colleague(["main.js": "again\n"])
    try await fixture.pull()
    #expect(try await fixture.pull().isUpToDate)
    try abort()
    #expect(fixture.tree["main.js"] == "theirs\n")
  }

  @Test("is not, once files were pushed: of the directory, of a commit of it, or of a new directory")
  func pushed() async throws {
    try await git(["init", "-q"], in: fixture.project.path)
    try colleague(["b.txt": "theirs\n"])
    try await fixture.pull()
    try await git(["add", "-A"], in: fixture.project.path)
    try await git(["commit", "-qm", "x"], in: fixture.project.path)
    try fixture.project.write("c.txt", "c")
    try await git(["add", "-A"], in: fixture.project.path)
    try await git(["commit", "-qm", "x"], in: fixture.project.path)
    try await fixture.push { $0.location.revision = "HEAD" }
    #expect(throws: DeployError.self) { try abort() }
    #expect(fixture.tree["b.txt"] == "theirs\n")
  }

  @Test("leaves directories as they were, with their modes, and those that are in no package")
  func directories() async throws {
    try fixture.project.write("private/x", "1")
    try fixture.project.write(".actorignore", "logs/\n")
    try fixture.project.folder("logs")
    let path = fixture.project("private")
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
    try await fixture.push()
    var files = fixture.tree.filter { !$0.key.hasSuffix("/") && $0.key != "private/x" }
    files["logs//folder"] = ""
    try fixture.setFiles(files.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
    try await fixture.pull()
    #expect(fixture.tree["private/"] == nil)
    try fixture.project.write("added-since", "1")
    try abort()
    #expect(fixture.tree["private/x"] == "1" && fixture.tree["logs/"] != nil)
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o700)
  }

  @Test("names what gives way to yours, and is not called up to date")
  func overruled() async throws {
    try colleague(["main.js": "theirs\n", "b.txt": String?.none])
    try fixture.write("mine\n")
    try fixture.project.write("b.txt", "mine\n")
    let outcome = try await fixture.pull { $0.preference = .ours }
    #expect(outcome.notes == [.overruled([Array("b.txt".utf8), Array("main.js".utf8)])])
    #expect(!outcome.isUpToDate)
    #expect(try await fixture.pull { $0.preference = .ours }.isUpToDate)
  }

  @Test("warns of files that rules of the platform's leave out from now on")
  func leftOut() async throws {
    try colleague([".actorignore": "*.txt\n"])
    let outcome = try await fixture.pull()
    #expect(outcome.notes.count == 1)
    guard case .leftOut(1, let first, _)? = outcome.notes.first else {
      Issue.record("\(outcome.notes)")
      return
    }
    #expect(first == Array("b.txt".utf8))
  }

  @Test("of a folder alone is a change, and line ends are no change of a checkout where nothing is known")
  func small() async throws {
    var files = fixture.tree.filter { !$0.key.hasSuffix("/") }
    files["empty//folder"] = ""
    try fixture.setFiles(files.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
    let outcome = try await fixture.pull()
    #expect(!outcome.isUpToDate && outcome.files.isEmpty && fixture.tree["empty/"] != nil)
    try fixture.forget()
    try colleague(["b.txt": "b\r\nb\r\n"])
    try fixture.project.write("b.txt", "b\nb\n")
    #expect(try await fixture.pull().conflicts.map(\.path) == [Array("b.txt".utf8)])
  }
}
