// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ArgumentParser
internal import DeployHooks
internal import SystemIO

/// What the hook leaves behind: waits for the push to end, asks the remote whether it has arrived, and deploys.
struct HookDeployCommand: PlatformCommand {
  static let configuration = CommandConfiguration(
    commandName: "deploy", abstract: "Carry out what a push has left to do.", shouldDisplay: false)

  @Argument(help: "The job's file.")
  var job: String

  @OptionGroup var global: GlobalOptions

  static let operation = "hook deploy"
  var json: Bool { false }
  /// How long a push may take, in seconds.
  private static let longestPush = 6 * 3600

  func perform(_ environment: ProcessEnvironment) async throws(Failure) {
    let console = global.console(environment)
    let file = Array(job.utf8)
    guard let job = JobStore.job(file), let state = environment.stateFolder else {
      throw Failure(
        type: "invalid-input", message: "\(TerminalText.of(file)): no job of a push", status: .invalidInput,
        phase: "hook")
    }
    let store = JobStore(state: state, repository: Array(job.repository.utf8))
    // Held to the end: by it others see that somebody is at it.
    let mark: JobClaim
    do throws(SystemError) { mark = try await Threads.run { JobClaim.taking(file) }.get() } catch {
      throw Failure(output: TerminalText.of(file), error)
    }
    defer { mark.release() }
    var targets: [DeployResult.Target] = []
    if await hasPushEnded(job, environment.cancellation) {
      for target in job.targets {
        let result = await deploy(target, job, environment, console)
        console.say("\(HookText.target(target)): \(result.state.rawValue); \(TerminalText.of(result.message))")
        targets.append(result)
      }
    } else {
      targets = job.targets.map { .init($0, .refused, "the push had not ended when this was asked to end") }
    }
    do throws(SystemError) {
      try store.finish(job, DeployResult(ended: ProcessEnvironment.now, targets: targets))
    } catch {
      throw Failure(output: TerminalText.of(store.folder), error)
    }
  }

  private func hasPushEnded(_ job: DeployJob, _ cancellation: CancellationFlag) async -> Bool {
    guard let push = job.push else { return true }
    return await Threads.run { push.waitForEnd(atMost: Self.longestPush, cancellation) }
  }

  private func deploy(
    _ target: DeployJob.Target, _ job: DeployJob, _ environment: ProcessEnvironment, _ console: Console
  ) async -> DeployResult.Target {
    let answer = await Threads.run {
      RemoteCheck.ask(
        job.url, for: target.reference, pushed: target.commit, Array(job.repository.utf8),
        environment.variables,
        environment.cancellation)
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
        "the remote can't be asked whether the push has arrived (\(message)); actorpush push --commit "
          + "\(target.commit.prefix(12)) deploys it all the same", exitCode: ExitStatus.failed.rawValue)
    }
    return await Deploying(target, follows: true, environment: environment).runInTurn(of: job, console)
  }
}
