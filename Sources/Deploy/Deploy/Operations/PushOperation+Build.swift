// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import ApifyAPI
internal import Synchronization
internal import SystemIO

/// How a push goes on once the version is what the plan says.
extension PushOperation {
  func build(
    _ plan: PushPlan, _ push: Push, _ done: Push.Outcome, _ decision: BuildDecision?,
    _ start: ContinuousClock.Instant, _ budget: PushBudget,
    _ outcome: inout PushOutcome, _ events: @escaping DeployEvents
  ) async throws(DeployError) {
    let id = done.actorID
    switch decision {
    case .tagElsewhere? where isCandidate(outcome.build, plan):
      push.rememberSuccess(of: outcome.build, id)
      guard let build = outcome.build else { return }
      if let overtaking = try await push.verify(plan, id, build) { throw .overtaken(overtaking, plan) }
      await noteHeld(plan, push, id, &outcome)
      try await tryOut(build, id, push, since: .now, budget, &outcome, events)
    case .upToDate?, .tagElsewhere?:
      if request.candidate?.input != nil { events(.notRun(outcome.build)) }
      push.rememberSuccess(of: outcome.build, id)
    case .follow?: try await build(plan, push, id, resuming: outcome.build, start, budget, &outcome, events)
    case .build?:
      try await build(plan, push, id, after: outcome.build?.id, start, budget, &outcome, events)
    case nil:
      if request.build == .never { return }
      let last = done.lastBuild ?? outcome.build?.id
      try await build(plan, push, id, after: last, start, budget, &outcome, events)
    }
  }

  /// Whether `build` is what the candidate's tag points at: another one was not made to be tried.
  func isCandidate(_ build: Build?, _ plan: PushPlan) -> Bool {
    guard let build, let tag = request.candidate?.tag.description else { return false }
    return plan.actor?.taggedBuilds[tag]?.buildId == build.id
  }

  /// What is to be done about the build of a version that needs no change; nil where the request says what.
  func decideBuild(
    _ plan: PushPlan, _ push: Push, _ outcome: inout PushOutcome
  ) async throws(DeployError) -> BuildDecision? {
    guard plan.action == .none else { return nil }
    let decision: BuildDecision
    (decision, outcome.build) = try await push.decideBuild(
      plan, candidate: request.candidate?.tag.description)
    return switch request.build {
    case .whenChanged: decision
    case .always: .build(.asked)
    case .never: nil
    }
  }

  private func build(
    _ plan: PushPlan, _ push: Push, _ id: String, resuming running: Build? = nil,
    after last: String? = nil, _ start: ContinuousClock.Instant, _ budget: PushBudget,
    _ outcome: inout PushOutcome,
    _ events: @escaping DeployEvents
  ) async throws(DeployError) {
    let buildStart = ContinuousClock.now
    let verification = Verification()
    let seen = LastSeen<Build>()
    let tag = request.candidate?.tag.description ?? settings.tagName ?? plan.remote?.buildTag
    // One that was started for another tag, as a candidate, does not get this one.
    let other = running.flatMap {
      plan.remembered?.build == .started($0.id) ? plan.remembered?.startedTag : nil
    }
    let isForOther = other != nil && other != tag
    let follower = BuildFollower(
      platform: push.platform, actorID: id, version: settings.version.description,
      // Which tag a build gets that was started elsewhere is not known.
      tag: running != nil && request.candidate != nil || isForOther ? nil : tag,
      wait: request.followsBuild ? request.wait : .zero, keepsBuild: { budget.hasPassed },
      onStart: { build in await push.shareBuild(build, id, plan) },
      onSuccess: { build in
        await verification.run { () throws(DeployError) in
          try await push.verify(plan, id, build)
        }
      }
    ) { event in
      switch event {
      case .started(let build):
        push.progress.set(.build, .done)
        push.rememberBuild(.started(build.id), id, by: plan, for: tag)
        seen.note(build)
      case .ended(let build): seen.note(build)
      case .resumed, .logLine, .waitingForTag: break
      }
      events(.build(event))
    }
    if running == nil, Task.isCancelled {
      outcome.build = nil
      throw .interrupted
    }
    let ending: BuildEnding
    do throws(DeployError) {
      if let running {
        ending = try await follower.resume(running)
      } else {
        ending = try await push.progress.change(.build) { () throws(DeployError) in
          try await follower.run(after: last)
        }
      }
    } catch {
      if let build = seen.value {
        outcome.build = build
        push.progress.set(.build, .done)
      } else if running == nil {
        // The newest build of before is not the one that was asked for.
        outcome.build = nil
      }
      throw error
    }
    outcome.build = ending.build
    outcome.ending = ending
    outcome.isFollowed = request.followsBuild
    outcome.wait = request.wait
    events(.buildEnded(ending, after: .now - start))
    // Only now it is certain what was built.
    guard outcome.verdict == .built else { return }
    push.rememberBuild(.succeeded(ending.build.id), id)
    if request.candidate == nil {
      outcome.isLookedAt = true
      if try tell(verification, plan, events) { await noteHeld(plan, push, id, &outcome) }
      if isForOther, let tag {
        let decision = BuildDecision.tagElsewhere(
          tag, number: plan.actor?.taggedBuilds[tag]?.buildNumber, expected: ending.build.buildNumber)
        events(.buildDecided(decision, plan, isDryRun: false, isTried: false))
      }
    } else {
      // No tag moves on a guess.
      if let overtaking = try verification.result { throw .overtaken(overtaking, plan) }
      await noteHeld(plan, push, id, &outcome)
      try await tryOut(ending.build, id, push, since: buildStart, budget, &outcome, events)
      guard outcome.verdict == .built else { return }
    }
    guard case .zip = plan.package.source else { return }
    do throws(DeployError) {
      let removed = try await push.removeOldArchives(plan, id, keeping: request.keptArchives)
      if !removed.isEmpty { events(.archivesRemoved(removed)) }
    } catch {
      // All is built and tagged; what is left over is removed by a later push.
      events(.archivesKept(error))
    }
  }

  /// Tells what the last look has found: all is done by then, so that a look that failed is a warning.
  ///
  /// - Returns: whether the version was seen to hold what was pushed.
  private func tell(
    _ verification: Verification, _ plan: PushPlan, _ events: @escaping DeployEvents
  ) throws(DeployError) -> Bool {
    let found: Push.Overtaking?
    do throws(DeployError) { found = try verification.result } catch {
      if case .interrupted = error { throw error }
      events(.notVerified(error))
      return false
    }
    if let found { throw .overtaken(found, plan) }
    return true
  }

  /// Looks at the version where no build has shown yet that it holds what was pushed: of two pushes at the
  /// same moment one is told, also where no build is waited for. Beside a build that has failed that is no
  /// news; the next push counts from what it found.
  func verify(
    _ plan: PushPlan, _ push: Push, _ id: String, _ outcome: inout PushOutcome,
    _ events: @escaping DeployEvents
  ) async throws(DeployError) {
    if plan.action == .none || outcome.isLookedAt { return }
    let verification = Verification()
    await verification.run { () throws(DeployError) in try await push.verify(plan, id, nil) }
    if [.updated, .buildStarted, .stillBuilding].contains(outcome.verdict) {
      if try tell(verification, plan, events) { await noteHeld(plan, push, id, &outcome) }
      return
    }
    switch Result(catching: { () throws(DeployError) in try verification.result }) {
    case .success(nil): await noteHeld(plan, push, id, &outcome)
    case .success(_?): push.forgetOvertaken(plan, id)
    case .failure: break
    }
  }

  /// Keeps that the version was seen to hold what was pushed, after it was pushed: others count from that.
  private func noteHeld(_ plan: PushPlan, _ push: Push, _ id: String, _ outcome: inout PushOutcome) async {
    outcome.isLookedAt = true
    await Threads.run { [project] in project.keepHeld(plan.package.manifest, push.key(id)) }
  }
}

/// What was seen last of something that changes while it is looked at.
private final class LastSeen<Value: Sendable>: Sendable {
  private let seen = Mutex<Value?>(nil)

  var value: Value? { seen.withLock(\.self) }
  func note(_ value: Value) { seen.withLock { $0 = value } }
}
