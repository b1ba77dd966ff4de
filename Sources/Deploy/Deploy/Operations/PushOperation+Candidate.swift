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
    return Candidate.Outcome(
      tag: candidate.tag, target: target, before: plan.actor?.taggedBuilds[target]?.buildNumber)
  }

  /// Runs `build` once, if that is asked for, and moves the version's tag to it if all went well.
  ///
  /// - Parameter start: when the build was begun to be followed; `wait` counts from then.
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
      guard !ending.hasElapsed, ending.run.status == .succeeded else { return }
    }
    let target = candidate.target
    _ = try await platform.ask { try await platform.setTag(target, to: build.id, actor: .id(actorID)) }
    candidate.isPromoted = true
    events(.tagMoved(target, from: candidate.before, to: build))
  }
}
