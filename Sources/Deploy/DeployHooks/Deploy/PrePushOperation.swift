// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
package import Deploy
internal import Git
internal import SourceTree
internal import SystemIO

/// One run of the hook: finds what is to be deployed, looks whether it can be, and hands it over to a process
/// of its own, or deploys it here and now.
package struct PrePushOperation: Sendable {
  /// What git and the user tell the hook.
  package struct Request: Sendable {
    /// What the hook reads from standard input.
    package var input: [UInt8]
    /// The remote's name, where git gives it.
    package var remote: String?
    /// The remote's address, where git gives it.
    package var url: String?
    /// The user's map, in place of those of the pushed commits.
    package var map: String?
    /// Whether an error that the user can mend stops the push.
    package var isStrict = false
    /// Whether to deploy within the hook.
    package var deploysInHook = false
    /// How many seconds the hook may take; nil for the usual.
    package var budget: Int?
    /// How many milliseconds the package is looked at while git waits, unless more is asked for: what is not
    /// seen then is seen in the deploy.
    var quickLook = 150
    /// This program, for the process of its own.
    package var program: [UInt8]

    /// A run with `input`, by `program`.
    package init(input: [UInt8], program: [UInt8]) {
      self.input = input
      self.program = program
    }
  }

  /// A target, and its push and package where there was time to make them.
  struct Candidate: Sendable {
    let target: DeployJob.Target
    let prepared: (push: PushOperation, package: PreparedPackage)?
  }

  /// A target that is not deployed, and why.
  typealias LeftOut = (target: DeployJob.Target, error: DeployError)

  /// How many seconds with `--strict` and `--in-hook`: a host ends a connection on which nothing happens for
  /// some minutes.
  private static let usualBudget = 20

  let request: Request
  /// With what git has set for its hook.
  let context: OperationContext
  let dependencies: HookDependencies
  let events: HookEvents
  private let start = ContinuousClock.now

  /// A run of the hook.
  package init(
    _ request: Request, _ context: OperationContext, _ dependencies: HookDependencies,
    events: @escaping HookEvents
  ) {
    self.request = request
    self.context = context
    self.dependencies = dependencies
    self.events = events
  }

  /// Runs it.
  ///
  /// - Throws: why nothing is deployed.
  package func run() async throws(HookError) {
    guard let (found, inner) = try await Threads.run({ () throws(HookError) in try prepare() }) else {
      return
    }
    let (candidates, leftOut) = try await examine(found.targets, inner)
    if !request.deploysInHook, !leftOut.isEmpty { await Threads.run { keep(leftOut, of: found) } }
    if candidates.isEmpty { return }
    var job = found
    job.targets = candidates.map(\.target)
    if request.deploysInHook {
      await deploy(candidates, job, inner)
      return
    }
    guard let state = context.stateDirectory else { throw .noStateDirectory }
    let chosen = job
    try await Threads.run { () throws(HookError) in try schedule(chosen, state, inner) }
    for target in job.targets { events(.scheduled(target)) }
  }

  /// The job, and the context that it is carried out in; nil where there is nothing to deploy, which has been
  /// reported then. Blocks.
  private func prepare() throws(HookError) -> (DeployJob, OperationContext)? {
    var refs: [PushedRef]
    do throws(PushedRef.Malformed) { refs = try PushedRef.parse(request.input) } catch {
      throw .malformedInput(error.line)
    }
    if refs.isEmpty { refs = PushedRef.fromPreCommit(context.variables) }
    if refs.isEmpty { return nil }
    let push = PushProcess.above()
    if push?.isDryRun == true {
      events(.dryRun)
      return nil
    }
    let repository: RepositoryLocation
    do throws(RepositoryLocation.Failure) {
      repository = try RepositoryLocation(of: [UInt8(ascii: ".")], variables: context.variables)
    } catch {
      throw .deploy(.tree(SourceTreeError(error)))
    }
    let remote = request.remote ?? context.variable("PRE_COMMIT_REMOTE_NAME") ?? "origin"
    let inner = context.outsideOfHook(of: repository)
    let consent = RecalledConsent(of: repository, context)
    if case .damaged(let file) = consent { events(.consentDamaged(file)) }
    let refused = RefusalLog()
    let finder = TargetFinder(
      repository: repository, map: request.map, context: inner, dependencies: dependencies,
      consent: consent, isStrict: request.isStrict, refusals: refused, events: events)
    let targets: [DeployJob.Target]
    do throws(DeployError) { targets = try finder.targets(of: refs, remote: remote) } catch {
      // A push that is stopped is none.
      if !request.isStrict {
        for ref in refs { refused.append(error, of: ref) }
        keep(refused, of: refs, repository, remote)
      }
      throw .deploy(error)
    }
    keep(refused, of: refs, repository, remote)
    if targets.isEmpty { return nil }
    let job = DeployJob(
      now: dependencies.now(), repository: String(decoding: JobStore.place(of: repository), as: UTF8.self),
      remote: remote, url: address ?? remote, push: push, targets: targets)
    let chosen = try withoutRivals(job)
    return chosen.targets.isEmpty ? nil : (chosen, inner)
  }

  /// The remote's address, where it is known.
  private var address: String? { request.url ?? context.variable("PRE_COMMIT_REMOTE_URL") }

  /// Starts a process of its own for `job`. Blocks.
  private func schedule(
    _ job: DeployJob, _ state: [UInt8], _ inner: OperationContext
  ) throws(HookError) {
    let store = JobStore(state: state, repository: Array(job.repository.utf8))
    do throws(SystemError) {
      let file = try store.add(job)
      try DetachedProcess.start(
        request.program, ["hook", "deploy", String(decoding: file, as: UTF8.self)],
        variables: inner.variables.merging(RemoteAddress.handedOver(address)) { $1 },
        log: store.log(of: job))
    } catch {
      throw .file(store.directory, error)
    }
  }

  /// Those of `targets` whose package can be made, as far as the time allows to see; what is wrong with the
  /// others is reported.
  private func examine(
    _ targets: [DeployJob.Target], _ context: OperationContext
  ) async throws(HookError) -> (candidates: [Candidate], leftOut: [LeftOut]) {
    let isPatient = request.isStrict || request.deploysInHook
    let limit = isPatient ? (request.budget ?? Self.usualBudget) * 1000 : request.quickLook
    let inner = context.withOwnCancellation
    let timer = Timer(milliseconds: max(20, limit - passed), inner.cancellation)
    defer { timer.stop() }
    let hook = self
    return try await Threads.run { () throws(HookError) in
      var (candidates, leftOut): ([Candidate], [LeftOut]) = ([], [])
      for target in targets {
        do throws(DeployError) {
          let preflight = try Preflight(
            target, follows: !hook.request.deploysInHook, tool: hook.dependencies.tool, inner, hook.events)
          guard hook.request.deploysInHook else {
            // The deploy makes the package, in a process of its own.
            try preflight.examine(hook.events)
            candidates.append(Candidate(target: target, prepared: nil))
            continue
          }
          let package = try preflight.makePackage(hook.events)
          candidates.append(Candidate(target: target, prepared: (preflight.push, package)))
        } catch {
          if hook.context.cancellation.isCancelled { throw .deploy(.interrupted) }
          switch hook.response(to: error) {
          case .goOn:
            if isPatient { hook.events(.notExamined(seconds: limit / 1000)) }
            candidates.append(Candidate(target: target, prepared: nil))
          case .stop: throw .deploy(error)
          case .leaveOut:
            hook.events(.notDeployed(target, .deploy(error)))
            leftOut.append((target, error))
          }
        }
      }
      return (candidates, leftOut)
    }
  }

  /// What an error of the preflight means for a target.
  enum Response {
    /// There was no time to see anything wrong.
    case goOn
    /// The push stops.
    case stop
    /// The push goes on, the target is not deployed.
    case leaveOut
  }

  func response(to error: DeployError) -> Response {
    if case .interrupted = error { return .goOn }
    return request.isStrict && Diagnosis(error).status == .invalidInput ? .stop : .leaveOut
  }

  /// Milliseconds since the start.
  private var passed: Int { Int((ContinuousClock.now - start) / .milliseconds(1)) }

  /// Deploys the candidates here and now, as far as the time allows.
  private func deploy(_ candidates: [Candidate], _ job: DeployJob, _ context: OperationContext) async {
    let inner = context.withOwnCancellation
    let limit = (request.budget ?? Self.usualBudget) * 1000
    for candidate in candidates {
      let deploy = HookDeploy(
        target: candidate.target, follows: false, context: inner, dependencies: dependencies, events: events)
      let task = Task { await deploy.run(for: job, prepared: candidate.prepared) }
      let timer = Timer(milliseconds: max(20, limit - passed), inner.cancellation) { task.cancel() }
      let result = await withTaskCancellationHandler {
        await task.value
      } onCancel: {
        inner.cancellation.cancel()
        task.cancel()
      }
      timer.stop()
      if inner.cancellation.isCancelled, [.failed, .interrupted].contains(result.state) {
        events(.timeElapsed(candidate.target))
      } else {
        events(.ended(candidate.target, result))
      }
    }
  }
}
