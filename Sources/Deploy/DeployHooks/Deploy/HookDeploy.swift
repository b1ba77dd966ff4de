// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import ArgumentParser
internal import Deploy
internal import DeployHooks
internal import SystemIO

/// Deploys one target of a push: `actorpush push --commit`, with what the map says.
struct Deploying: Sendable {
  private let target: DeployJob.Target
  private let follows: Bool
  private let environment: ProcessEnvironment

  /// A deploy of `target`.
  ///
  /// - Parameter follows: whether to stay until it is built.
  init(_ target: DeployJob.Target, follows: Bool, environment: ProcessEnvironment) {
    self.target = target
    self.follows = follows
    self.environment = environment
  }

  /// Does it when its turn comes, if what is to be deployed can be. Where nothing can be remembered there are no turns.
  func runInTurn(of job: DeployJob, _ console: Console) async -> DeployResult.Target {
    guard let state = environment.stateFolder else { return await run() }
    let (target, environment) = (target, environment)
    let turn = await Threads.run { () -> Result<DeployLock, DeployLock.Refusal> in
      do throws(DeployLock.Refusal) {
        return .success(
          try DeployLock.wait(for: target.key, job: job.id, in: state, environment.cancellation) {
            console.say("waiting for another deploy of \(TerminalText.of(target.actor)) \(target.version)")
          })
      } catch {
        return .failure(error)
      }
    }
    switch turn {
    case .success(let turn):
      defer { withExtendedLifetime(turn) {} }
      // The hook may have had only a glance.
      let sound = await Threads.run { () -> Result<Void, Failure> in
        do throws(Failure) {
          return .success(try Soundness(target, environment: environment, console: console).check())
        } catch {
          return .failure(error)
        }
      }
      if case .failure(let failure) = sound {
        return .init(target, .failed, failure.message, exitCode: failure.status.rawValue)
      }
      return await run()
    case .failure(.replaced): return .init(target, .replaced, "a newer push is deployed in its place")
    case .failure(.interrupted):
      return .init(target, .failed, "interrupted", exitCode: ExitStatus.interrupted.rawValue)
    case .failure(.system(let error)):
      return .init(
        target, .failed, "there is no place for a lock: \(error.message)",
        exitCode: ExitStatus.failed.rawValue)
    }
  }

  private func run() async -> DeployResult.Target {
    do throws(Failure) {
      let report = try await Self.command(target, follows: follows).report(environment)
      let url = report.build?.url ?? report.actor.url
      if report.action == PushPlan.Action.none.rawValue {
        return .init(target, .unchanged, "the version was that already", url: url)
      }
      var message = "the version is updated"
      if let build = report.build {
        message = "build \(build.number ?? build.id) " + (follows ? "succeeded" : "is under way")
      }
      return .init(target, .deployed, message, url: url)
    } catch {
      return .init(target, .failed, error.message, exitCode: error.status.rawValue)
    }
  }

  /// The command that deploys `target`.
  static func command(_ target: DeployJob.Target, follows: Bool) throws(Failure) -> PushCommand {
    var arguments = [
      target.folder, "--commit", target.commit, "--branch", target.branch, "--source-type", target.sourceType,
    ]
    if !target.actor.isEmpty { arguments += ["--actor", target.actor] }
    if !target.version.isEmpty { arguments += ["--version", target.version] }
    if let tag = target.tag { arguments += ["--tag", tag] }
    if !target.builds { arguments.append("--no-build") }
    if !follows { arguments.append("--no-follow") }
    do {
      return try PushCommand.parse(arguments)
    } catch {
      throw Failure(
        type: "invalid-input", message: PushCommand.message(for: error), status: .invalidInput, phase: "hook")
    }
  }

  /// What actor.json and the map say together. Blocks.
  static func settings(
    _ command: PushCommand, _ environment: ProcessEnvironment, _ console: Console
  ) throws(Failure) -> PushSettings {
    let userFiles = UserFiles(home: environment["HOME"].map { Array($0.utf8) })
    return try command.settings(command.tree.source(environment), environment, userFiles, console)
  }
}
