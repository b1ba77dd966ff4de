// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import ApifyAPI

extension PushOperation {
  /// What is known of the candidate before anything is sent; nil for a push without one.
  func candidate(_ plan: PushPlan) throws(DeployError) -> Candidate.Outcome? {
    guard let candidate = request.candidate else { return nil }
    guard let target = settings.buildTag ?? plan.remote?.buildTag else {
      throw .project(
        ProjectError(
          .invalidInput, reason: "--candidate: the version has no tag that could move; give one by --tag"))
    }
    guard target != candidate.tag else {
      throw .project(
        ProjectError(
          .invalidInput,
          reason: "--candidate-tag \(candidate.tag): this is the version's own tag; choose another"))
    }
    let tagged = plan.actor?.taggedBuilds[target]
    return Candidate.Outcome(
      tag: candidate.tag, target: target, before: tagged?.buildNumber, beforeID: tagged?.buildId)
  }

  /// Runs `build` once, if that is asked for, and moves the version's tag to it if all went well.
  ///
  /// - Parameter start: when the build was begun to be followed; `wait` counts from then.
  /// - Throws: `tagMoved` where others have moved the tag since it was seen first: to move it once more would
  ///   undo that.
  func tryOut(
    _ build: Build, _ actorID: String, on platform: any Platform, since start: ContinuousClock.Instant,
    _ outcome: inout PushOutcome, _ events: @escaping DeployEvents
  ) async throws(DeployError) {
    guard var candidate = outcome.candidate, let asked = request.candidate else { return }
    defer { outcome.candidate = candidate }
    if let input = asked.input {
      let runStart = ContinuousClock.now
      let wait = request.wait.map { max(.zero, $0 - (runStart - start)) }
      let ending = try await RunFollower(platform: platform, actorID: actorID, wait: wait) { event in
        events(.run(event))
      }.run(build, input: RequestBody(input.bytes))
      candidate.ending = ending
      events(.runEnded(ending, after: .now - runStart))
      guard !ending.hasElapsed, ending.run.status == .succeeded else {
        // What is said of the tag is what it is now, where that can be asked.
        if let now = try? await platform.actor(.id(actorID)) { candidate.see(now) }
        return
      }
    }
    let target = candidate.target
    let seen = candidate.beforeID
    if let now = try await platform.ask({ try await platform.actor(.id(actorID)) }) { candidate.see(now) }
    if candidate.beforeID == build.id {
      // A build that gets the tag of its version has it by itself.
      candidate.isPromoted = true
      return
    }
    guard candidate.beforeID == seen else { throw .tagMoved(target, to: candidate.before, build) }
    _ = try await platform.ask { try await platform.setTag(target, to: build.id, actor: .id(actorID)) }
    candidate.isPromoted = true
    events(.tagMoved(target, from: candidate.before, to: build))
  }
}

extension Candidate.Outcome {
  /// Takes notice of where the target points at now.
  fileprivate mutating func see(_ actor: ApifyActor) {
    let tagged = actor.taggedBuilds[target]
    (before, beforeID) = (tagged?.buildNumber, tagged?.buildId)
  }
}
