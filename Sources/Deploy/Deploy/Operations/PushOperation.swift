// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
package import ApifyAPI
internal import SourcePackage
internal import SourceTree
internal import SystemIO

/// Packages a project, makes the package the source of an Actor's version, and builds that.
///
/// ```swift
/// let request = PushRequest(ProjectLocation(directory), tool: "mytool")
/// let push = try PushOperation(request, context) { event in }
/// let outcome = try await push.run(on: client) { event in }
/// ```
package struct PushOperation: Sendable {
  /// What is asked for.
  package let request: PushRequest
  /// The project.
  package let project: Project
  /// What actor.json and the request say together.
  package let settings: PushSettings
  let context: OperationContext
  let history: HistoryReader
  /// Finds what is known to be secret here; nil where there is nothing to search for.
  let search: SecretSearch?

  /// Reads the project's own files: actor.json, and the secrets that it names. Blocks.
  package init(
    _ request: PushRequest, _ context: OperationContext, events: DeployEvents
  ) throws(DeployError) {
    self.request = request
    let context = context.withOwnCancellation
    self.context = context
    let project = try Project(request.location, context)
    try project.checkPulled()
    var settings = try project.settings(for: request.target)
    if let fault = settings.configuration?.fault { throw .project(fault) }
    settings.variables = try DeclaredVariables(
      settings.configuration, own: request.variables, userFiles: context.userFiles)
    settings.variables.prunes = request.prunesVariables
    if request.prunesVariables, settings.variables.declaredNames == nil {
      throw .project(
        ProjectError(
          .invalidInput, file: settings.configuration?.file ?? "",
          reason: "--prune-env: there is no \"environmentVariables\" to keep; everything would be removed",
          help: "declare in actor.json what stays; {} for none"))
    }
    settings.allowsMissingSecrets = request.allowsMissingSecrets
    settings.isForced = request.isForced
    let history = HistoryReader(project, request)
    settings.history = { try? history.read() }
    search = try SecretSearch(context, variables: settings.variables.values ?? [], token: request.token)
    try search?.checkPlain(settings.variables.given)
    settings.provenance = try Self.provenance(of: project, request, history, search)
    self.project = project
    self.settings = settings
    self.history = history
  }

  /// Runs the push, within its time.
  ///
  /// - Parameters:
  ///   - prepared: the package, where it is made already.
  ///   - account: the token's, where several pushes share it.
  /// - Returns: what was done; also a build that failed.
  package func run(
    on platform: some Platform, prepared: PreparedPackage? = nil, account: SharedAccount = SharedAccount(),
    events: @escaping DeployEvents
  ) async throws(PushFailure) -> PushOutcome {
    let start = ContinuousClock.now
    let budget = PushBudget(request.limit, from: start)
    let work = Task { () -> Result<PushOutcome, PushFailure> in
      do throws(PushFailure) {
        return .success(try await carryOut(on: platform, account, prepared, start, budget, events))
      } catch {
        return .failure(error)
      }
    }
    let watch = Task { [cancellation = context.cancellation, limit = request.limit] in
      try await budget.pass { events(.timeLimit(limit)) }
      cancellation.cancel()
      work.cancel()
    }
    defer { watch.cancel() }
    let result = await withTaskCancellationHandler {
      await work.value
    } onCancel: {
      work.cancel()
    }
    return try result.get()
  }

  private func carryOut(
    on platform: any Platform, _ account: SharedAccount, _ prepared: PreparedPackage?,
    _ start: ContinuousClock.Instant,
    _ budget: PushBudget, _ events: @escaping DeployEvents
  ) async throws(PushFailure) -> PushOutcome {
    let push = Push(
      settings, platform: platform, stateDirectory: context.stateDirectory,
      spoolDirectories: context.spoolDirectories,
      cancellation: context.cancellation, account: account)
    var outcome = PushOutcome(settings, isDryRun: request.isDryRun)
    do throws(DeployError) {
      try await run(push, prepared, start, budget, &outcome, events)
      outcome.progress = push.progress.current
      outcome.duration = .now - start
      return outcome
    } catch {
      if case .buildAborted(let build) = error { outcome.build = build }
      outcome.progress = push.progress.current
      outcome.duration = .now - start
      throw PushFailure(error: budget.judge(error), outcome: outcome)
    }
  }

  private func run(
    _ push: Push, _ prepared: PreparedPackage?, _ start: ContinuousClock.Instant, _ budget: PushBudget,
    _ outcome: inout PushOutcome, _ events: @escaping DeployEvents
  ) async throws(DeployError) {
    let platform = push.platform
    let packaging = Packaging(start)
    let plan: PushPlan
    do throws(DeployError) {
      plan = try await push.look(request.form) { () throws(DeployError) in
        try await packaging.package(prepared) { () throws(DeployError) in try makePackage(events) }
      }
    } catch {
      (outcome.package, outcome.packageTime) = packaging.made
      throw error
    }
    (outcome.package, outcome.packageTime) = packaging.made
    outcome.plan = plan
    outcome.actorID = plan.actor?.id
    events(.planned(plan, isDryRun: request.isDryRun))
    try checkAccount(plan, platform)
    if let failure = plan.variablesUnshared { events(.variablesNotShared(failure)) }
    for missing in plan.variables.lacking { events(.secretMissing(variable: missing.name)) }
    if !plan.package.secrets.isEmpty { throw .secretInPackage(plan.package.secrets) }
    if var conflict = plan.conflict {
      conflict.obstacle = await Threads.run { [history] in history.obstacle }
      if let id = outcome.actorID, let directory = context.stateDirectory,
        let failure = push.memory?.obstacle(push.key(id))
      {
        events(.memoryUnreadable(directory: directory, failure))
      }
      throw .conflict(conflict, plan)
    }
    outcome.candidate = try candidate(plan)
    let decision = try await decideBuild(plan, push, &outcome)
    outcome.decision = decision
    if let decision {
      let isTried = decision.isTagElsewhere && isCandidate(outcome.build, plan)
      events(.buildDecided(decision, plan, isDryRun: request.isDryRun, isTried: isTried))
    }
    if request.isDryRun { return }
    let carriedOut = try await carryOut(plan, push, start, events)
    let id = carriedOut.actorID
    outcome.actorID = id
    await tellObstacle(events)
    accounts(platform)?.keep(plan)
    let seenAt = await push.commitOfSight(plan)
    await Threads.run { [project, settings] in
      settings.directory?.keepActor(id, of: settings.reference, root: platform.root)
      project.keepPushed(
        plan.commonBefore(push.key(id)), push.key(id), isSent: plan.sendsSource, seenAt: seenAt)
    }
    async let failure = push.shareVariables(plan, carriedOut)
    async let isShared: Void = push.shareTag(plan, carriedOut)
    do throws(DeployError) {
      try await build(plan, push, carriedOut, decision, start, budget, &outcome, events)
      try await verify(plan, push, id, &outcome, events)
    } catch {
      if case .overtaken = error { push.forgetOvertaken(plan, id) }
      // What has been changed is told to others, whatever becomes of its build.
      await isShared
      _ = await failure
      throw error
    }
    await isShared
    if let failure = await failure { events(.variablesNotShared(failure)) }
  }

  /// Tells why it is not known which commits have led to the files: a push from elsewhere will not know it
  /// either.
  private func tellObstacle(_ events: DeployEvents) async {
    if let obstacle = await Threads.run({ [history] in history.obstacle }) {
      events(.historyUnknown(obstacle))
    }
  }

  private func carryOut(
    _ plan: PushPlan, _ push: Push, _ start: ContinuousClock.Instant, _ events: @escaping DeployEvents
  ) async throws(DeployError) -> Push.Outcome {
    let total = plan.package.payloadBytes
    let result = try await { () async throws(DeployError) -> Push.Outcome in
      defer { events(.sent) }
      return try await push.carryOut(plan) { events(.sending(bytes: $0, total: total)) }
    }()
    if let directory = context.stateDirectory {
      if let failure = result.memoryFailure { events(.notRemembered(directory: directory, failure)) }
    } else {
      events(.memoryMissing)
    }
    events(.updated(plan, actorID: result.actorID, after: .now - start))
    return result
  }
}
