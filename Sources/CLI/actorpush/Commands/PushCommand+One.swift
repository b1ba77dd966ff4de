// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import Deploy

extension PushCommand {
  /// Pushes one Actor, and shows all that happens.
  func pushOne(
    _ request: PushRequest, _ console: Console, _ environment: ProcessEnvironment
  ) async throws(Failure) {
    let renderer = DeployRenderer(console)
    let push = try await operateAside { () throws(DeployError) in
      try PushOperation(request, environment.context(hiding: variables.secretNames), events: renderer.show)
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
      var failure = Failure(error.error)
      failure.diagnosis = Diagnosis(error)
      GitHubRunner(.process)?.report(error.outcome, failure.diagnosis, client.root)
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
    GitHubRunner(.process)?.report(outcome, diagnosis, root)
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
