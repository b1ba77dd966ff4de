// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import SystemIO
import TestSupport
import Testing

@testable import Deploy

@Suite("A Docker context that git was not waited for", .timeLimit(.minutes(1)))
struct InterruptedContextTests {
  @Test("is an interruption, and no directory that is missing", arguments: [false, true])
  func interrupted(_ isCancelled: Bool) async throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "actors/shop/.actor/actor.json",
      #"{"actorSpecification": 1, "name": "shop", "version": "0.1", "dockerContextDir": "../../.."}"#)
    try folder.write("shared/util.js", "1")
    try await git(["init", "-q"], in: folder.path)
    try await git(["add", "-A"], in: folder.path)
    try await git(["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "x"], in: folder.path)
    var location = ProjectLocation(Array(folder("actors/shop").utf8))
    location.revision = "HEAD"
    let (chosen, flag) = (location, CancellationFlag())
    let context = OperationContext(
      variables: ["PATH": "/usr/local/bin:/usr/bin:/bin"], home: nil, stateDirectory: nil,
      spoolDirectories: [Array(folder.path.utf8)], cancellation: flag)
    let found = try await Threads.run { () throws(DeployError) -> Result<Bool, DeployError> in
      let project = try Project(chosen, context)
      if isCancelled { flag.cancel() }
      do throws(DeployError) { return .success(try project.contextSource() != nil) } catch {
        return .failure(error)
      }
    }
    switch found {
    case .success(let isThere): #expect(isThere && !isCancelled)
    case .failure(.interrupted): #expect(isCancelled)
    case .failure(let error): Issue.record("\(error)")
    }
  }
}
