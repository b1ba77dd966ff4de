// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ActorProject
import SystemIO
import TestSupport
import Testing

@testable import Deploy

@Suite("The Actors of a commit")
struct ActorSearchTests {
  private let folder: TemporaryFolder
  private let head: String

  /// Two Actors, which are committed on `main`.
  init() async throws {
    folder = try TemporaryFolder()
    try await git(["init", "-q", "-b", "main"], in: folder.path)
    for name in ["a", "b"] {
      try folder.write(
        "actors/\(name)/.actor/actor.json", #"{"actorSpecification": 1, "name": "\#(name)bc"}"#)
    }
    try await git(["add", "-A"], in: folder.path)
    try await git(["commit", "-qm", "x"], in: folder.path)
    head = String(
      decoding: try await git(["rev-parse", "HEAD"], in: folder.path).dropLast(), as: UTF8.self)
  }

  private let context = OperationContext(
    variables: ["PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": "/nonexistent"], home: nil,
    stateDirectory: nil, spoolDirectories: [Array("/tmp".utf8)], cancellation: CancellationFlag())

  private func found(below root: String) async throws -> [FoundActor] {
    let root = Array(root.utf8)
    return try await Threads.run { [context] () throws(DeployError) in
      try ActorSearch(
        ActorSelection(.below(root)), as: ProjectLocation(root, revision: "main"), context
      ).run()
    }
  }

  @Test("are of one that is looked up once: the branch may move while one after the other is at it")
  func once() async throws {
    let found = try await found(below: folder.path)
    #expect(found.count == 2)
    #expect(found.allSatisfy { $0.location.revision == head && $0.location.revisionName == "main" })
  }

  @Test("are none where the work tree has a link on the way", arguments: ["", "/actors"])
  func elsewhere(_ below: String) async throws {
    // Here another directory has their place, with other Actors, which the commit does not have.
    try await git(["mv", "actors", "kept"], in: folder.path)
    try folder.write("others/a/.actor/actor.json", #"{"actorSpecification": 1, "name": "other"}"#)
    if below.isEmpty {
      try folder.link("actors", to: "others")
    } else {
      try folder.folder("actors")
      try folder.link("actors/a", to: "../others/a")
    }
    var failure: DeployError?
    do { _ = try await found(below: folder.path + below) } catch let error as DeployError { failure = error }
    guard case .project(let error)? = failure else {
      Issue.record("\(String(describing: failure))")
      return
    }
    #expect(error.file.hasSuffix("/actors/a") && error.reason.contains("symbolic link"))
  }

  @Test("are found where the work tree has nothing of them, and through a link to the repository")
  func gone() async throws {
    try await git(["rm", "-rq", "actors"], in: folder.path)
    let elsewhere = try TemporaryFolder()
    try elsewhere.link("here", to: folder.path)
    for root in [folder.path, folder("actors"), elsewhere("here")] {
      let found = try await found(below: root)
      #expect(found.map { String(decoding: $0.key, as: UTF8.self) } == ["abc", "bbc"], "\(root)")
    }
  }
}
