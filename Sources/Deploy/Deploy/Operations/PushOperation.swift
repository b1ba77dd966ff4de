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

  /// Reads the project's own files: actor.json, and the secrets that it names. Blocks.
  package init(
    _ request: PushRequest, _ context: OperationContext, events: DeployEvents
  ) throws(DeployError) {
    self.request = request
    self.context = context
    let project = try Project(request.location, context)
    try project.checkPulled()
    var settings = try project.settings(for: request.target)
    settings.variables = try DeclaredVariables(
      settings.configuration, own: request.variables, userFiles: context.userFiles)
    settings.variables.prunes = request.prunesVariables
    if request.prunesVariables, settings.variables.declaredNames == nil {
      throw .project(
        ProjectError(
          .invalidInput, file: settings.configuration?.file ?? "",
          reason: "--prune-env: there is no \"environmentVariables\" to keep; everything would be removed"))
    }
    settings.allowsMissingSecrets = request.allowsMissingSecrets
    settings.isForced = request.isForced
    let history = HistoryReader(project, request)
    settings.history = { try? history.read() }
    if let memory = project.memory { settings.pulledBase = { memory.base(of: $0) } }
    settings.provenance = try Self.provenance(of: project, request, history)
    self.project = project
    self.settings = settings
  }

  /// Runs the push.
  ///
  /// - Parameter prepared: the package, where it is made already.
  /// - Returns: what was done; also a build that failed.
  package func run(
    on platform: some Platform, prepared: PreparedPackage? = nil, events: @escaping DeployEvents
  ) async throws(PushFailure) -> PushOutcome {
    let start = ContinuousClock.now
    var outcome = PushOutcome(settings, isDryRun: request.isDryRun)
    do throws(DeployError) {
      try await run(on: platform, prepared, start, &outcome, events)
      outcome.duration = .now - start
      return outcome
    } catch {
      if case .buildAborted(let build) = error { outcome.build = build }
      outcome.duration = .now - start
      throw PushFailure(error: error, outcome: outcome)
    }
  }

  private func run(
    on platform: any Platform, _ prepared: PreparedPackage?, _ start: ContinuousClock.Instant,
    _ outcome: inout PushOutcome, _ events: @escaping DeployEvents
  ) async throws(DeployError) {
    let push = Push(
      settings, platform: platform, stateDirectory: context.stateDirectory, cancellation: context.cancellation
    )
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
    if let conflict = plan.conflict { throw .conflict(conflict, plan) }
    outcome.candidate = try candidate(plan)
    let decision = try await decideBuild(plan, push, &outcome)
    outcome.decision = decision
    if let decision { events(.buildDecided(decision, plan, isDryRun: request.isDryRun)) }
    if request.isDryRun { return }
    let carriedOut = try await carryOut(plan, push, start, events)
    let id = carriedOut.actorID
    outcome.actorID = id
    accounts(platform)?.keep(plan)
    project.keepPushed(plan.package.manifest, push.key(id))
    async let failure = push.shareVariables(plan, carriedOut)
    try await build(plan, push, id, decision, start, &outcome, events)
    // Of two pushes at the same moment one is told, also where no build is waited for.
    let isUnseen = [.updated, .buildStarted, .stillBuilding].contains(outcome.verdict)
    if isUnseen, plan.action != .none, let overtaking = try await push.verify(plan, id, nil) {
      throw .overtaken(overtaking, plan)
    }
    if let failure = await failure { events(.variablesNotShared(failure)) }
  }

  private func build(
    _ plan: PushPlan, _ push: Push, _ id: String, _ decision: BuildDecision?,
    _ start: ContinuousClock.Instant,
    _ outcome: inout PushOutcome, _ events: @escaping DeployEvents
  ) async throws(DeployError) {
    switch decision {
    case .tagElsewhere? where isCandidate(outcome.build, plan):
      push.rememberSuccess(of: outcome.build, id)
      guard let build = outcome.build else { return }
      if let overtaking = try await push.verify(plan, id, build) { throw .overtaken(overtaking, plan) }
      try await tryOut(build, id, on: push.platform, since: .now, &outcome, events)
    case .upToDate?, .tagElsewhere?:
      push.rememberSuccess(of: outcome.build, id)
    case .follow?: try await build(plan, push, id, resuming: outcome.build, start, &outcome, events)
    case .build?: try await build(plan, push, id, start, &outcome, events)
    case nil:
      if request.build == .never { return }
      try await build(plan, push, id, start, &outcome, events)
    }
  }

  /// Whether `build` is what the candidate's tag points at: another one was not made to be tried.
  private func isCandidate(_ build: Build?, _ plan: PushPlan) -> Bool {
    guard let build, let tag = request.candidate?.tag else { return false }
    return plan.actor?.taggedBuilds[tag]?.buildId == build.id
  }

  /// What is to be done about the build of a version that needs no change; nil where the request says what.
  private func decideBuild(
    _ plan: PushPlan, _ push: Push, _ outcome: inout PushOutcome
  ) async throws(DeployError) -> BuildDecision? {
    guard plan.action == .none else { return nil }
    let decision: BuildDecision
    (decision, outcome.build) = try await push.decideBuild(plan)
    return request.build == .whenChanged ? decision : nil
  }

  private func carryOut(
    _ plan: PushPlan, _ push: Push, _ start: ContinuousClock.Instant, _ events: @escaping DeployEvents
  ) async throws(DeployError) -> Push.Outcome {
    let total = plan.package.payloadBytes
    let result = try await { () async throws(DeployError) -> Push.Outcome in
      defer { events(.sent) }
      return try await push.carryOut(plan) { events(.sending(bytes: $0, total: total)) }
    }()
    if let failure = result.memoryFailure, let directory = context.stateDirectory {
      events(.notRemembered(directory: directory, failure))
    }
    events(.updated(plan, actorID: result.actorID, after: .now - start))
    return result
  }

  private func build(
    _ plan: PushPlan, _ push: Push, _ id: String, resuming running: Build? = nil,
    _ start: ContinuousClock.Instant, _ outcome: inout PushOutcome, _ events: @escaping DeployEvents
  ) async throws(DeployError) {
    let buildStart = ContinuousClock.now
    let verification = Verification()
    let follower = BuildFollower(
      platform: push.platform, actorID: id, version: settings.version.description,
      // Which tag a build gets that was started before is not known.
      tag: running != nil && request.candidate != nil
        ? nil : request.candidate?.tag ?? settings.buildTag ?? plan.remote?.buildTag,
      wait: request.followsBuild ? request.wait : .zero,
      onSuccess: { build in
        await verification.run { () throws(DeployError) in
          try await push.verify(plan, id, build)
        }
      }
    ) { event in
      if case .started(let build) = event { push.rememberBuild(.started(build.id), id, by: plan) }
      events(.build(event))
    }
    let ending = if let running { try await follower.resume(running) } else { try await follower.run() }
    outcome.build = ending.build
    outcome.ending = ending
    outcome.isFollowed = request.followsBuild
    outcome.wait = request.wait
    events(.buildEnded(ending, after: .now - start))
    // Only now it is certain what was built.
    guard outcome.verdict == .built else { return }
    push.rememberBuild(.succeeded(ending.build.id), id)
    if let overtaking = try verification.result { throw .overtaken(overtaking, plan) }
    if request.candidate != nil {
      try await tryOut(ending.build, id, on: push.platform, since: buildStart, &outcome, events)
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
}
