// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import ApifyAPI

extension PushOperation {
  /// What is known of the candidate before anything is sent; nil for a push without one.
  func candidate(_ plan: PushPlan) throws(DeployError) -> Candidate.Outcome? {
    guard let candidate = request.candidate else { return nil }
    let tag = candidate.tag.description
    guard let target = settings.tagName ?? plan.remote?.buildTag else {
      throw .project(
        ProjectError(
          .invalidInput, reason: "--candidate: the version has no tag that could move",
          help: "give one by --tag"))
    }
    guard target != tag else {
      throw .project(
        ProjectError(
          .invalidInput,
          reason: "--candidate-tag \(tag): this is the version's own tag", help: "choose another"))
    }
    let tagged = plan.actor?.taggedBuilds[target]
    return Candidate.Outcome(
      tag: tag, target: target, before: tagged?.buildNumber, beforeID: tagged?.buildId)
  }

  /// Runs `build` once, if that is asked for, and moves the version's tag to it if all went well.
  ///
  /// - Parameters:
  ///   - start: when the build was begun to be followed; `wait` counts from then.
  ///   - budget: the time of the push, which is the longest that a run may take.
  /// - Throws: `tagMoved` where others have moved the tag since it was seen first: to move it once more would
  ///   undo that.
  func tryOut(
    _ build: Build, _ actorID: String, _ push: Push, since start: ContinuousClock.Instant,
    _ budget: PushBudget, _ outcome: inout PushOutcome, _ events: @escaping DeployEvents
  ) async throws(DeployError) {
    guard var candidate = outcome.candidate, let asked = request.candidate else { return }
    defer { outcome.candidate = candidate }
    let platform = push.platform
    if let input = asked.input {
      let runStart = ContinuousClock.now
      let wait = request.wait.map { max(.zero, $0 - (runStart - start)) }
      let follower = RunFollower(
        platform: platform, actorID: actorID, wait: wait,
        limit: Self.runLimit(outcome.plan?.actor, budget.rest), keepsRun: { budget.hasPassed }
      ) { event in
        switch event {
        case .started, .resumed: push.progress.set(.run, .done)
        case .logLine: break
        }
        events(.run(event))
      }
      let ending: RunEnding
      do throws(DeployError) {
        ending = try await push.progress.change(.run) { () throws(DeployError) in
          try await follower.run(build, input: input)
        }
      } catch {
        candidate.run = error.run
        if candidate.run != nil { push.progress.set(.run, .done) }
        throw error
      }
      (candidate.run, candidate.ending) = (ending.run, ending)
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
    _ = try await push.progress.change(.tag) { () throws(DeployError) in
      try await platform.moveTag(target, to: build, from: seen, actor: actorID)
    }
    candidate.isPromoted = true
    events(.tagMoved(target, from: candidate.before, to: build))
  }

  /// How long a run may take, where that is less than the Actor's runs may: it is not followed any longer.
  private static func runLimit(_ actor: ApifyActor?, _ rest: Duration) -> Duration? {
    let usual = actor?.defaultRunOptions?.timeoutSecs ?? 0
    let limit = Duration.seconds(rest.components.seconds + 1)
    return usual > 0 && .seconds(usual) <= limit ? nil : limit
  }
}

extension DeployError {
  /// The run that was under way, where there was one.
  fileprivate var run: Run? {
    switch self {
    case .followingRun(let run, _, _), .runAborted(let run, _), .runVanished(let run): run
    default: nil
    }
  }
}

extension Platform {
  /// Points `tag` at `build`, where it points at the build `seen`; a lost answer does not undo what others
  /// did meanwhile.
  @discardableResult
  func moveTag(
    _ tag: String, to build: Build, from seen: String?, actor: String
  ) async throws(DeployError) -> ApifyActor {
    try await ask {
      try await setTag(tag, to: build.id, actor: .id(actor)) { now in
        let target = now.taggedBuilds[tag]
        if target?.buildId == build.id { return true }
        guard target?.buildId == seen else { throw DeployError.tagMoved(tag, to: target?.buildNumber, build) }
        return false
      }
    }
  }
}

extension Candidate.Outcome {
  /// Takes notice of where the target points at now.
  fileprivate mutating func see(_ actor: ApifyActor) {
    let tagged = actor.taggedBuilds[target]
    (before, beforeID) = (tagged?.buildNumber, tagged?.buildId)
  }
}
