// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import Deploy
internal import SystemIO

/// Deploys one target of a push when its turn comes.
struct HookDeploy: Sendable {
  let target: DeployJob.Target
  /// Whether the build is followed to its end.
  let follows: Bool
  let context: OperationContext
  let dependencies: HookDependencies
  let events: HookEvents

  /// Deploys the target.
  ///
  /// - Parameter prepared: the push and its package, where they are made already.
  /// - Returns: how it ended; an error, too, is a result.
  func run(
    for job: DeployJob, prepared: (push: PushOperation, package: PreparedPackage)? = nil
  ) async -> DeployResult.Target {
    // Where nothing can be remembered there are no locks.
    guard let state = context.stateDirectory else { return await deploy(prepared) }
    do throws(DeployLock.Refusal) {
      let lock = try await Threads.run {
        [target, context, dependencies, events] () throws(DeployLock.Refusal) in
        try DeployLock.wait(
          for: target.key, job: job.id, in: state, now: dependencies.now, context.cancellation
        ) {
          events(.waiting(target))
        }
      }
      defer { withExtendedLifetime(lock) {} }
      return await deploy(prepared)
    } catch {
      return switch error {
      case .replaced: .init(target, .replaced, "a newer push is deployed instead")
      case .interrupted: .init(target, failed: .interrupted)
      case .system(let error):
        .init(
          target, .failed, "the lock of the version cannot be made: \(error.message)",
          exitCode: ExitStatus.failed.rawValue)
      }
    }
  }

  private func deploy(_ prepared: (push: PushOperation, package: PreparedPackage)?) async
    -> DeployResult.Target
  {
    do throws(DeployError) {
      let (push, package) =
        if let prepared { prepared } else { try await prepare() }
      let platform = try dependencies.connect()
      let result: Result<PushOutcome, PushFailure>
      do throws(PushFailure) {
        result = .success(
          try await push.run(on: platform, prepared: package) { [events] in events(.deploy($0)) })
      } catch {
        result = .failure(error)
      }
      await platform.shutdown()
      switch result {
      case .success(let outcome): return self.result(of: outcome, platform.root)
      case .failure(let failure): return .init(target, failed: Diagnosis(failure))
      }
    } catch {
      return .init(target, failed: Diagnosis(error))
    }
  }

  private func prepare() async throws(DeployError) -> (push: PushOperation, package: PreparedPackage) {
    let deploy = self
    return try await Threads.run { () throws(DeployError) in
      let preflight = try Preflight(
        deploy.target, follows: deploy.follows, tool: deploy.dependencies.tool, deploy.context, deploy.events)
      return (preflight.push, try preflight.makePackage(deploy.events))
    }
  }

  private func result(of outcome: PushOutcome, _ root: APIRoot) -> DeployResult.Target {
    if let failure = Diagnosis(outcome) { return .init(target, failed: failure) }
    let url = outcome.buildURL(root) ?? outcome.actorURL(root)
    let build = outcome.build.map { $0.buildNumber ?? $0.id } ?? ""
    return switch outcome.verdict {
    case .upToDate: .init(target, .unchanged, "the version was up to date", url: url)
    case .built: .init(target, .deployed, "build \(build) succeeded", url: url)
    case .buildStarted: .init(target, .deployed, "build \(build) is under way", url: url)
    default: .init(target, .deployed, "the version is updated", url: url)
    }
  }
}

extension DeployResult.Target {
  /// That `target` was not deployed, or only in part.
  init(_ target: DeployJob.Target, failed diagnosis: Diagnosis) {
    guard diagnosis.status == .interrupted else {
      self.init(target, .failed, diagnosis.message, exitCode: diagnosis.status.rawValue)
      return
    }
    // Beside the state only the rest of the message is news: "interrupted; build 0.1.3 …".
    let rest = diagnosis.message.split(separator: ";", maxSplits: 1).dropFirst().first
    self.init(
      target, .interrupted, "a signal ended the deploy" + (rest.map { ";\($0)" } ?? ""),
      exitCode: diagnosis.status.rawValue, arrival: .arrived)
  }
}
