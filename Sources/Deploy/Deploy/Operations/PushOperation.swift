// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import ApifyAPI
internal import Deploy
internal import SourcePackage
internal import SourceTree
internal import SystemIO

/// A push from a command line: says what goes on, and puts together the report.
struct PushRun {
  let command: PushCommand
  let source: TreeSource
  let settings: PushSettings
  let client: ApifyClient
  let console: Console
  let environment: ProcessEnvironment

  private let start = ContinuousClock.now

  init(
    command: PushCommand, source: TreeSource, settings: PushSettings, client: ApifyClient, console: Console,
    environment: ProcessEnvironment
  ) {
    self.command = command
    self.source = source
    self.settings = settings
    self.client = client
    self.console = console
    self.environment = environment
  }

  /// Runs it.
  ///
  /// - Throws: a failure with a report of what is known.
  func run() async throws(Failure) -> PushReport {
    var report = PushReport(settings, isDryRun: command.dryRun)
    do throws(Failure) {
      try await run(&report)
      report.timings.totalMilliseconds = milliseconds
      return report
    } catch {
      report.timings.totalMilliseconds = milliseconds
      var failure = error
      report.fail(with: failure)
      failure.report = report
      throw failure
    }
  }

  private var milliseconds: Int { Int((ContinuousClock.now - start) / .milliseconds(1)) }

  private func run(_ report: inout PushReport) async throws(Failure) {
    let push = Push(
      settings, client: client, stateFolder: environment.stateFolder, cancellation: environment.cancellation
    )
    let packing = Packing()
    let looked: Result<PushPlan?, DeployError>
    do throws(DeployError) {
      looked = .success(try await push.look { await makePackage(packing) })
    } catch {
      looked = .failure(error)
    }
    // What is wrong with the project is said first: it is the user's to mend, whatever the platform says.
    let package = try packing.result?.get()
    report.timings.packageMilliseconds = packing.milliseconds
    if let package { report.package = PackageReport(package) }
    guard let plan = try wrap({ () throws(DeployError) in try looked.get() }) else { throw .interrupted }
    report.add(plan, root: client.root)
    console.say(PushText.intention(plan, isDryRun: command.dryRun))
    console.say("package: \(PackageText.summary(plan.package.summary)); digest \(plan.package.summary.digest)")
    for line in PushText.changes(plan) { console.say(line) }
    if let conflict = plan.conflict { throw Failure(conflict, plan, console) }
    if command.dryRun {
      if !command.json { try PushText.list(plan) }
      return
    }
    let id = try await carryOut(plan, push, &report)
    if let url = report.actor.url, plan.action != .none { console.detail(url) }
    let builds = plan.action == .none ? command.build == true : command.build != false
    if builds { try await build(plan, push, id, &report) }
  }

  private func carryOut(
    _ plan: PushPlan, _ push: Push, _ report: inout PushReport
  ) async throws(Failure) -> String {
    let line = ProgressLine("sending", console: console, total: plan.package.payloadBytes)
    let outcome: Push.Outcome
    do throws(DeployError) {
      defer { line.finish() }
      outcome = try await push.carryOut(plan, onUpload: line.update)
    } catch {
      if case .conflict(let conflict, let plan) = error { throw Failure(conflict, plan, console) }
      throw Failure(error, root: client.root)
    }
    report.setActor(outcome.actorID, root: client.root, plan)
    if let failure = outcome.memoryFailure, let folder = environment.stateFolder {
      console.warn(
        "\(TerminalText.of(folder)): \(failure.message); what was pushed is not remembered, so the next push knows less "
          + "about who changed what")
    }
    console.say(PushText.done(plan, took: .now - start))
    return outcome.actorID
  }

  private func build(
    _ plan: PushPlan, _ push: Push, _ id: String, _ report: inout PushReport
  ) async throws(Failure) {
    let console = console
    let follower = BuildFollower(
      client: client, actorID: id, version: settings.version.description,
      tag: settings.buildTag ?? plan.remote?.buildTag,
      wait: command.follow ? command.wait.map { .seconds($0) } : .zero
    ) { event in
      for line in BuildText.lines(event) { console.say(line) }
    }
    let ending: BuildEnding
    do throws(DeployError) {
      ending = try await follower.run()
    } catch {
      if case .buildAborted(let build) = error { report.add(build, id, root: client.root, plan) }
      throw Failure(error, root: client.root)
    }
    report.add(ending.build, id, root: client.root, plan)
    report.logTail = ending.logTail
    if !command.follow, ending.hasElapsed {
      console.say("build \(TerminalText.of(ending.build.buildNumber ?? ending.build.id)) goes on, as was asked")
      if let url = report.build?.url { console.say(url) }
      return
    }
    if let failure = BuildText.failure(ending) {
      // Whoever did not want to see the log wants to see how it ended.
      if console.level == .quiet { for line in ending.logTail { console.write("  \(TerminalText.line(line.utf8))\n") } }
      throw failure
    }
    console.say(BuildText.done(ending, took: .now - start))
    if let warning = BuildText.tagWarning(ending) { console.warn(warning) }
    if let url = report.build?.url ?? report.actor.url { console.say(url) }
    // Only now is sure what was built.
    let overtaking: Push.Overtaking?
    do throws(DeployError) { overtaking = try await push.verify(plan, id, ending.build) } catch {
      throw Failure(error, root: client.root)
    }
    if let overtaking { throw Failure(overtaking, plan) }
  }

  /// Makes the package on a thread of its own, while the platform is asked.
  private func makePackage(_ packing: Packing) async -> PreparedPackage? {
    let line = ProgressLine("packing", console: console)
    let (command, source, settings) = (command, source, settings)
    let (environment, console, root) = (environment, console, client.root)
    let result = await Threads.run { () -> Result<PreparedPackage, Failure> in
      defer { line.finish() }
      var packager = Packager(
        command.sourceType, spoolFolders: environment.spoolFolders, cancellation: environment.cancellation,
        progress: line.update)
      do throws(Failure) {
        packager.provenance = try Self.provenance(command, source, environment, console)
        let plan = try source.plan(environment: environment, console: console)
        do throws(DeployError) {
          return .success(try packager.package(plan, reserve: settings.variables.reserve + 4096))
        } catch {
          return .failure(Failure(error, root: root))
        }
      } catch {
        return .failure(error)
      }
    }
    packing.finish(result, milliseconds: milliseconds)
    return try? result.get()
  }

  /// What the package shall say about where it comes from; nil where it was not asked to.
  private static func provenance(
    _ command: PushCommand, _ source: TreeSource, _ environment: ProcessEnvironment, _ console: Console
  ) throws(Failure) -> (@Sendable (Bool) -> Provenance)? {
    let isInProject: Bool
    do throws(ProjectError) {
      isInProject =
        try source.contents(DeployMap.path).map { text throws(ProjectError) in try DeployMap(text) }?
        .provenance == true
    } catch {
      throw Failure(error)
    }
    guard command.provenance || isInProject else { return nil }
    do throws(SourceTreeError) {
      let history = try command.history(source, environment)
      return { history.provenance(isZip: $0, tool: "actorpush \(ActorPush.version)") }
    } catch {
      if command.provenance { throw Failure(error) }
      console.warn("the package does not say where it comes from: \(Failure(error).message)")
      return nil
    }
  }

  private func wrap<Value>(_ body: () throws(DeployError) -> Value) throws(Failure) -> Value {
    do throws(DeployError) { return try body() } catch { throw Failure(error, root: client.root) }
  }
}
