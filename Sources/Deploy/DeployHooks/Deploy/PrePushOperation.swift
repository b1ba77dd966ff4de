// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import Deploy
internal import DeployHooks
internal import Git
internal import SourceTree
internal import SystemIO

/// One run of the hook: finds out what is to be deployed, looks whether it can be, and has it done.
struct PrePushRun: Sendable {
  /// How long the package is looked at while git waits, where nobody has asked for more: what is not seen by then is seen in the deploy.
  private static let glance = 150
  /// The same for `--strict` and `--in-hook`, in seconds: a host ends a connection on which nothing happens for some minutes.
  private static let budget = 20

  let command: HookPrePushCommand
  let environment: ProcessEnvironment
  let console: Console

  private let start = ContinuousClock.now

  init(command: HookPrePushCommand, environment: ProcessEnvironment, console: Console) {
    self.command = command
    self.environment = environment
    self.console = console
  }

  /// Runs it.
  ///
  /// - Throws: what keeps it from deploying anything.
  func run() async throws(Failure) {
    guard var job = try await Self.blocking({ () throws(Failure) in try prepare() }) else { return }
    job.targets = try await sound(job.targets)
    if job.targets.isEmpty { return }
    if command.options.inHook {
      try await deploy(job)
      return
    }
    guard let state = environment.stateFolder else {
      throw Failure(
        type: "no-state",
        message: "there is no home folder to keep the deploy's state in; --in-hook needs none",
        status: .failed, phase: "hook")
    }
    let chosen = job
    try await Self.blocking { () throws(Failure) in try hand(over: chosen, state) }
    for target in job.targets {
      console.say(
        "actorpush: \(HookText.target(target)): will be deployed once the push has arrived (actorpush hook status)"
      )
    }
  }

  // What follows blocks.

  /// The job; nil where there is nothing to deploy, which has been said then.
  private func prepare() throws(Failure) -> DeployJob? {
    let refs = try refs()
    if refs.isEmpty { return nil }
    let push = PushProcess.above()
    if push?.isDryRun == true {
      console.say("actorpush: a dry run, nothing is deployed")
      return nil
    }
    let place: RepositoryLocation
    do throws(RepositoryLocation.Failure) {
      place = try RepositoryLocation(of: [UInt8(ascii: ".")], variables: environment.variables)
    } catch {
      throw Failure(SourceTreeError(error))
    }
    let remote = command.remote ?? environment["PRE_COMMIT_REMOTE_NAME"] ?? "origin"
    let finder = TargetFinder(
      place: place, map: command.options.map, environment: environment.outsideOfGit, console: console,
      isStrict: command.options.strict)
    let targets = try finder.targets(of: refs, remote: remote)
    if targets.isEmpty { return nil }
    return DeployJob(
      now: ProcessEnvironment.now, repository: String(decoding: place.directory, as: UTF8.self), remote: remote,
      url: command.url ?? environment["PRE_COMMIT_REMOTE_URL"] ?? remote, push: push, targets: targets)
  }

  private func refs() throws(Failure) -> [PushedRef] {
    var input: [UInt8] = []
    // By hand nobody types references.
    if isatty(STDIN_FILENO) == 0 {
      let number = dup(STDIN_FILENO)
      if number >= 0 { input = (try? Descriptor(owning: number).readAll(limit: 16 << 20)) ?? [] }
    }
    do throws(PushedRef.Malformed) {
      let refs = try PushedRef.parse(input)
      return refs.isEmpty ? PushedRef.fromPreCommit(environment.variables) : refs
    } catch {
      throw Failure(
        type: "invalid-input",
        message: "standard input: not what git tells a pre-push hook: \(TerminalText.of(error.line))",
        status: .invalidInput, phase: "hook")
    }
  }

  /// Starts a process of its own for `job`.
  private func hand(over job: DeployJob, _ state: [UInt8]) throws(Failure) {
    let store = JobStore(state: state, repository: Array(job.repository.utf8))
    let program = try HookInstallCommand.program()
    do throws(SystemError) {
      let file = try store.add(job)
      try DetachedProcess.start(
        Array(program.utf8), ["hook", "deploy", String(decoding: file, as: UTF8.self)],
        variables: environment.outsideOfGit.variables, log: store.log(of: job))
    } catch {
      throw Failure(output: TerminalText.of(store.folder), error)
    }
  }

  /// Those of `targets` that can be packaged, as far as the time allows to see; what is wrong with the others is said.
  private func sound(_ targets: [DeployJob.Target]) async throws(Failure) -> [DeployJob.Target] {
    let isPatient = command.options.strict || command.options.inHook
    let limit = isPatient ? (command.options.budget ?? Self.budget) * 1000 : Self.glance
    let inner = environment.outsideOfGit
    let timer = Timer(milliseconds: max(20, limit - passed), inner.cancellation)
    defer { timer.stop() }
    let (console, isStrict) = (console, command.options.strict)
    return try await Self.blocking { () throws(Failure) in
      var sound: [DeployJob.Target] = []
      for target in targets {
        do throws(Failure) {
          try Soundness(target, environment: inner, console: console).check()
          sound.append(target)
        } catch {
          if error.status == .interrupted {
            // There was no time to see anything wrong.
            if isPatient { console.say("actorpush: the package was not looked through in \(limit / 1000) s") }
            sound.append(target)
          } else if isStrict, error.status == .invalidInput {
            throw error
          } else {
            console.say(
              "actorpush: \(HookText.target(target)): \(error.message); the push goes on, this is not deployed"
            )
          }
        }
      }
      return sound
    }
  }

  /// Milliseconds since the start.
  private var passed: Int { Int((ContinuousClock.now - start) / .milliseconds(1)) }

  /// Deploys `job` here and now, as far as the time allows.
  private func deploy(_ job: DeployJob) async throws(Failure) {
    let inner = environment.outsideOfGit
    let limit = (command.options.budget ?? Self.budget) * 1000
    for target in job.targets {
      let console = console
      let task = Task {
        await Deploying(target, follows: false, environment: inner).runInTurn(of: job, console)
      }
      let timer = Timer(milliseconds: max(20, limit - passed), inner.cancellation) { task.cancel() }
      let result = await withTaskCancellationHandler {
        await task.value
      } onCancel: {
        inner.cancellation.cancel()
        task.cancel()
      }
      timer.stop()
      let outcome =
        inner.cancellation.isCancelled && result.state == .failed
        ? "not deployed, the time of the hook was over"
        : "\(result.state.rawValue); \(TerminalText.of(result.message))"
      console.say("actorpush: \(HookText.target(target)): \(outcome)")
    }
  }

  private static func blocking<Outcome: Sendable>(
    _ body: @escaping @Sendable () throws(Failure) -> Outcome
  ) async throws(Failure) -> Outcome {
    try await Threads.run { () -> Result<Outcome, Failure> in
      do throws(Failure) { return .success(try body()) } catch { return .failure(error) }
    }.get()
  }
}

/// Asks for an end when its time is over.
private final class Timer: Sendable {
  private let isStopped = CancellationFlag()

  init(milliseconds: Int, _ cancellation: CancellationFlag, _ onEnd: @escaping @Sendable () -> Void = {}) {
    Threads.detach { [isStopped] in
      let end = ContinuousClock.now + .milliseconds(milliseconds)
      while ContinuousClock.now < end {
        if isStopped.isCancelled { return }
        Threads.pause(milliseconds: 5)
      }
      cancellation.cancel()
      onEnd()
    }
  }

  func stop() { isStopped.cancel() }
}
