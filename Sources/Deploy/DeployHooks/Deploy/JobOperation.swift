// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import Deploy
internal import SystemIO

/// Takes up a job: waits for the push to end, asks the remote whether it has arrived, and deploys.
package struct JobOperation: Sendable {
  /// How long a push may take, in seconds.
  private static let longestPush = 6 * 3600

  private let file: [UInt8]
  private let job: DeployJob
  private let state: [UInt8]
  private let context: OperationContext
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
    self.context = context
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
      for target in job.targets {
        let result = await deploy(target, events)
        events(.ended(target, result))
        targets.append(result)
      }
    } else {
      targets = job.targets.map { .init($0, .refused, "cancelled before the push had ended") }
    }
    do throws(SystemError) {
      try store.finish(job, DeployResult(ended: dependencies.now(), targets: targets))
    } catch {
      throw .file(store.folder, error)
    }
  }

  private func hasPushEnded() async -> Bool {
    guard let push = job.push else { return true }
    return await Threads.run { [context] in push.waitForEnd(atMost: Self.longestPush, context.cancellation) }
  }

  private func deploy(_ target: DeployJob.Target, _ events: @escaping HookEvents) async
    -> DeployResult.Target
  {
    let answer = await Threads.run { [job, context] in
      RemoteCheck.ask(
        job.url, for: target.reference, pushed: target.commit, Array(job.repository.utf8), context.variables,
        context.cancellation)
    }
    switch answer {
    case .arrived: break
    case .absent:
      return .init(target, .refused, "the remote does not have \(target.reference); the push was refused")
    case .other(let object):
      return .init(
        target, .refused,
        "the remote has \(object.prefix(12)) at \(target.reference); the push was refused, or another one came"
      )
    case .unreachable(let message):
      return .init(
        target, .failed,
        "cannot ask the remote whether the push has arrived (\(message)); deploy it with actorpush push --commit "
          + "\(target.commit.prefix(12))", exitCode: ExitStatus.failed.rawValue)
    }
    return await HookDeploy(
      target: target, follows: true, context: context, dependencies: dependencies, events: events
    ).run(for: job)
  }
}
