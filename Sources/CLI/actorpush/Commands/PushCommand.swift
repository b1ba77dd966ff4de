// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import ArgumentParser
internal import Deploy

struct PushCommand: PlatformCommand {
  static let configuration = CommandConfiguration(
    commandName: "push", _superCommandName: ActorPush.name,
    abstract: "Package a directory, make it the source of an Actor's version, and build that.",
    discussion: """
      The Actor, the version and the tag come from .actor/actor.json. A missing Actor or version is created. Where nothing has \
      changed, nothing is done. What others have changed on the platform is not overwritten without --force. The files of \
      the version are replaced as a whole or not at all; then it is built, and the build's log is shown until it ends.
      """)

  @OptionGroup var tree: TreeOptions
  @OptionGroup var options: PushOptions
  @OptionGroup(title: "Candidate") var candidate: CandidateOptions
  @OptionGroup(title: "Environment variables") var variables: VariableOptions
  @OptionGroup(title: "Platform") var target: VersionOptions
  @OptionGroup(title: "Platform") var platform: PlatformOptions
  @OptionGroup(title: "Output") var global: GlobalOptions

  @Flag(help: "Print the outcome as one JSON object on standard output.")
  var json = false

  static let operation = "push"

  func validate() throws {
    guard candidate.candidate, options.build == false else { return }
    throw ValidationError("--candidate needs a build; --no-build makes none")
  }

  func perform(_ environment: ProcessEnvironment) async throws(Failure) {
    let console = global.console(environment)
    let renderer = DeployRenderer(console)
    var request = PushRequest(tree.location, tool: "actorpush \(ActorPush.version)")
    options.apply(to: &request)
    request.candidate = try candidate.value()
    request.target = try target.target(tag: options.tag)
    request.variables = try variables.variables(environment)
    request.token = platform.token(environment)
    let push = try await operateAside { [request] () throws(DeployError) in
      try PushOperation(request, environment.context, events: renderer.show)
    }
    try await platform.withClient(environment, console) { client throws(Failure) in
      let outcome = try await run(push, client, renderer, console)
      try show(outcome, console, client.root, renderer.warnings)
    }
  }

  private func run(
    _ push: PushOperation, _ client: ApifyClient, _ renderer: DeployRenderer, _ console: Console
  ) async throws(Failure) -> PushOutcome {
    do throws(PushFailure) { return try await push.run(on: client, events: renderer.show) } catch {
      for line in PushText.ending(error.outcome, client.root) { console.say(line) }
      var failure = Failure(Diagnosis(error))
      failure.report = PushReport(
        error.outcome, failure.diagnosis, root: client.root, warnings: renderer.warnings)
      throw failure
    }
  }

  private func show(
    _ outcome: PushOutcome, _ console: Console, _ root: APIRoot, _ warnings: [String]
  ) throws(Failure) {
    for line in PushText.ending(outcome, root) { console.say(line) }
    let diagnosis = Diagnosis(outcome)
    let report = PushReport(outcome, diagnosis, root: root, warnings: warnings)
    if let diagnosis {
      var failure = Failure(diagnosis)
      failure.report = report
      throw failure
    }
    if json { return try report.write() }
    if outcome.isDryRun, let plan = outcome.plan { try PushText.list(plan) }
  }
}
