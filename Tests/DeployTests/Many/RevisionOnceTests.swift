// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import SystemIO
import TestSupport
import Testing

@testable import Deploy

@Suite("The commit that several Actors are pushed from")
struct RevisionOnceTests {
  @Test("is looked up once: the branch may move while one after the other is at it")
  func once() async throws {
    let folder = try TemporaryFolder()
    try await git(["init", "-q", "-b", "main"], in: folder.path)
    for name in ["a", "b"] {
      try folder.write("\(name)/.actor/actor.json", #"{"actorSpecification": 1, "name": "\#(name)bc"}"#)
    }
    try await git(["add", "-A"], in: folder.path)
    try await git(["commit", "-qm", "x"], in: folder.path)
    let head = String(
      decoding: try await git(["rev-parse", "HEAD"], in: folder.path).dropLast(), as: UTF8.self)
    let root = Array(folder.path.utf8)
    let found = try await Threads.run { () throws(DeployError) in
      try ActorSearch(
        ActorSelection(.below(root)), as: ProjectLocation(root, revision: "main"),
        OperationContext(
          variables: ["PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": "/nonexistent"], home: nil,
          stateDirectory: nil, spoolDirectories: [Array("/tmp".utf8)], cancellation: CancellationFlag())
      ).run()
    }
    #expect(found.count == 2)
    #expect(found.allSatisfy { $0.location.revision == head && $0.location.revisionName == "main" })
  }
}
