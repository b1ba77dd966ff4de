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
      let unbuilt = PushText.unbuilt(outcome).map { [$0] }
      for line in unbuilt ?? PushText.ending(outcome, client.root) { console.say(line) }
      let diagnosis = Diagnosis(outcome)
      for warning in console.runner?.report(outcome, diagnosis, client.root) ?? [] { console.warn(warning) }
      if let diagnosis { throw Failure(diagnosis, outcome, client.root) }
      if json { return try write(PushReport(outcome, root: client.root), environment) }
      if outcome.isDryRun, let plan = outcome.plan { try PushText.list(plan) }
    }
  }

  private func run(
    _ push: PushOperation, _ client: ApifyClient, _ renderer: DeployRenderer, _ console: Console
  ) async throws(Failure) -> PushOutcome {
    do throws(PushFailure) { return try await push.run(on: client, events: renderer.show) } catch {
      for line in PushText.ending(error.outcome, client.root) { console.say(line) }
      let diagnosis = Diagnosis(error)
      for warning in console.runner?.report(error.outcome, diagnosis, client.root) ?? [] {
        console.warn(warning)
      }
      var failure = Failure(diagnosis, error.outcome, client.root)
      failure.missingActor = Failure(error.error).missingActor
      throw failure
    }
  }
}

extension Failure {
  /// A push ended with `outcome`.
  fileprivate init(_ diagnosis: Diagnosis, _ outcome: PushOutcome, _ root: APIRoot) {
    self.init(diagnosis)
    content = PushReport(outcome, root: root)
    logTail = outcome.logTail(of: diagnosis)
  }
}
