// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import Deploy
internal import SystemIO

extension PushCommand {
  /// Pushes several Actors, shows a table of them, and ends with the worst of their statuses.
  func pushMany(
    _ request: PushRequest, _ console: Console, _ environment: ProcessEnvironment
  ) async throws(Failure) {
    let start = ContinuousClock.now
    let wanted =
      selection.all
      ? selection.below(paths.first) : ActorSelection(.directories(paths.map { Array($0.utf8) }))
    let search = ActorSearch(wanted, as: request.location, environment.context(hiding: variables.secretNames))
    let actors = try await operateAside { () throws(DeployError) in try search.run() }
    let renderers = ManyRenderers(actors, console)
    let push = PushManyOperation(
      actors, request, jobs.value, environment.context(hiding: variables.secretNames))
    let (results, root) = try await platform.withClient(environment, console) { client throws(Failure) in
      let results = await push.run(
        on: client, events: { renderers[$0].show },
        ended: { result in
          guard let diagnosis = result.ending.diagnosis else { return }
          for line in diagnosis.details { renderers.console(of: result.actor).say(line) }
          renderers.console(of: result.actor).error(diagnosis.message)
        })
      return (results, client.root)
    }
    let failures = results.compactMap { $0.ending.diagnosis?.status }
    let status =
      environment.cancellation.isCancelled ? ExitStatus.interrupted : ExitStatus.worst(of: failures)
    if json {
      let reports = results.map { ActorReport($0, root: root, warnings: renderers[$0.actor].warnings) }
      try ManyReport(Self.operation, reports, status).write()
    } else {
      try writeOutput { output throws(SystemError) in
        for line in ManyText.table(results.map(PushText.row)) { try output.write(text: line + "\n") }
      }
    }
    console.say(PushText.summary(results, took: .now - start))
    if status != .done { throw .several(status) }
  }
}

extension ActorReport {
  fileprivate init(_ result: PushManyOperation.Result, root: APIRoot, warnings: [String]) {
    let diagnosis = result.ending.diagnosis
    let report: any Report =
      switch result.ending {
      case .ended(let outcome): PushReport(outcome, diagnosis, root: root, warnings: warnings)
      case .failed(let failure): PushReport(failure.outcome, diagnosis, root: root, warnings: warnings)
      case .invalid(let error): FailureReport(Diagnosis(error), operation: PushCommand.operation)
      case .skipped: FailureReport(.skipped, operation: PushCommand.operation)
      }
    self.init(result.actor, report)
  }
}
