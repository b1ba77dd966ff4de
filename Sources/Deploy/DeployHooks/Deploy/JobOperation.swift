// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import Deploy
internal import Git
internal import SystemIO

/// Takes up a job: waits for the push to end, asks the remote whether it has arrived, and deploys.
package struct JobOperation: Sendable {
  /// How long a push may take, in seconds.
  private static let longestPush = 6 * 3600

  private let file: [UInt8]
  private let job: DeployJob
  private let state: [UInt8]
  private let context: OperationContext
  /// The remote's address, with its password where it has one.
  private let address: String
  private let dependencies: HookDependencies

  /// The job in `file`.
  package init(
    _ file: [UInt8], _ context: OperationContext, _ dependencies: HookDependencies
  ) throws(HookError) {
    guard let job = JobStore.job(file) else { throw .notAJob(file) }
    guard let state = context.stateDirectory else { throw .noStateDirectory }
    self.file = file
    self.job = job
    self.state = state
    (address, self.context) = RemoteAddress.taken(from: context, for: job)
    self.dependencies = dependencies
  }

  /// Carries the job out, and keeps its result.
  package func run(events: @escaping HookEvents) async throws(HookError) {
    let store = JobStore(state: state, repository: Array(job.repository.utf8))
    // Held to the end: the claim shows that the job is being carried out.
    let claim: JobClaim
    do throws(SystemError) {
      claim = try await Threads.run { [file] () throws(SystemError) in try JobClaim(file) }
    } catch {
      throw .file(file, error)
    }
    defer { claim.release() }
    var targets: [DeployResult.Target] = []
    if await hasPushEnded() {
      let start = ContinuousClock.now
      for target in job.targets {
        let result = await deploy(target, since: start, events)
        events(.ended(target, result))
        targets.append(result)
      }
    } else {
      targets = await Threads.run { withoutEnd() }
      for (target, result) in zip(job.targets, targets) { events(.ended(target, result)) }
    }
    do throws(SystemError) {
      try store.finish(job, DeployResult(ended: dependencies.now(), targets: targets))
    } catch {
      throw .file(store.directory, error)
    }
  }

  private func hasPushEnded() async -> Bool {
    guard let push = job.push else { return true }
    return await Threads.run { [context] in push.waitForEnd(atMost: Self.longestPush, context.cancellation) }
  }

  /// What becomes of the targets where the push goes on, or is not waited for any longer. Blocks.
  private func withoutEnd() -> [DeployResult.Target] {
    let git = Git(repository: Array(job.repository.utf8), variables: context.variables)
    return job.targets.map { target in
      let hasArrived = target.tracking?.hasMoved(to: target.commit, git) ?? false
      return context.cancellation.isCancelled
        ? interrupted(target, "before the push had ended", hasArrived ? .arrived : .unknown)
        : .init(
          target, .failed, "the push has not ended within \(Self.longestPush / 3600) hours",
          exitCode: ExitStatus.failed.rawValue, arrival: hasArrived ? .arrived : .unknown)
    }
  }

  private func interrupted(
    _ target: DeployJob.Target, _ time: String, _ arrival: DeployResult.Target.Arrival
  ) -> DeployResult.Target {
    .init(
      target, .interrupted, "a signal ended the deploy \(time)", exitCode: ExitStatus.interrupted.rawValue,
      arrival: arrival)
  }

  private func deploy(
    _ target: DeployJob.Target, since start: ContinuousClock.Instant, _ events: @escaping HookEvents
  ) async -> DeployResult.Target {
    switch await Threads.run({ arrival(of: target, since: start, events) }) {
    case .arrived: break
    case .refused(has: nil):
      return .init(target, .refused, "the remote does not have \(target.reference); \(Self.refusal(job))")
    case .refused(has: let object?):
      return .init(
        target, .refused,
        "the remote has \(object.prefix(12)) at \(target.reference); \(Self.refusal(job)), or another one came"
      )
    case .unknown where context.cancellation.isCancelled:
      return interrupted(target, "before the remote had said whether the push has arrived", .unknown)
    case .unknown(let reason):
      return .init(
        target, .failed, "cannot ask the remote whether the push has arrived (\(reason))",
        exitCode: ExitStatus.failed.rawValue, arrival: .unknown)
    }
    let place = job.standing(target)
    let result = await carryOut(place, events)
    // The work tree may have gone just now.
    let other = job.standing(target)
    return result.state == .failed && other != place ? await carryOut(other, events) : result
  }

  private func carryOut(
    _ target: DeployJob.Target, _ events: @escaping HookEvents
  ) async -> DeployResult.Target {
    await HookDeploy(
      target: target, follows: true, context: context, dependencies: dependencies, events: events
    ).run(for: job)
  }

  private static func refusal(_ job: DeployJob) -> String {
    job.push == nil ? "the push has not arrived in time" : "the push was refused"
  }

  /// Waits until it is clear whether `target` has arrived. Blocks.
  private func arrival(
    of target: DeployJob.Target, since start: ContinuousClock.Instant, _ events: HookEvents
  ) -> PushArrival.Verdict {
    let repository = Array(job.repository.utf8)
    let git = Git(repository: repository, variables: context.variables, cancellation: context.cancellation)
    var arrival = PushArrival(hasEnded: job.push != nil)
    var hasWaited = false
    while true {
      // The work tree of the push may be gone by now.
      Paths.leaveRemovedDirectory()
      let answer = RemoteCheck.ask(
        address, for: target.reference, pushed: target.commit, repository, context.variables,
        context.cancellation)
      let step = arrival.next(
        after: answer, hasMoved: target.tracking?.hasMoved(to: target.commit, git) ?? false,
        passed: Int((ContinuousClock.now - start) / .milliseconds(1)))
      let pause: Int
      switch step {
      case .end(let verdict): return verdict
      case .ask(let milliseconds): pause = milliseconds
      }
      if !hasWaited, job.push == nil { events(.awaitingPush(target)) }
      hasWaited = true
      let end = ContinuousClock.now + .milliseconds(pause)
      while ContinuousClock.now < end {
        if context.cancellation.isCancelled { return .unknown("cancelled") }
        Threads.pause(milliseconds: 50)
      }
    }
  }
}
