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
    let search = ActorSearch(wanted, as: request.location, environment.context)
    let actors = try await operateAside { () throws(DeployError) in try search.run() }
    let renderers = ManyRenderers(actors, console)
    let push = PushManyOperation(actors, request, jobs.value, environment.context)
    let isJSON = json
    Progress.process.begin(.several(actors.count))
    let pushed = try await platform.withClient(environment, console) { client throws(Failure) in
      let root = client.root
      return await push.run(on: client, events: { renderers[$0].show }) { result in
        Progress.process.step()
        let console = renderers.console(of: result.actor)
        if let diagnosis = result.ending.diagnosis {
          for line in diagnosis.details { console.say(line) }
          console.error(diagnosis)
        }
        return PushedActor(
          row: PushText.row(result), status: result.ending.diagnosis?.status,
          report: isJSON
            ? ActorReport(result, root: root, warnings: renderers[result.actor].warnings) : nil)
      }
    }
    Progress.process.end(.several)
    let status =
      environment.cancellation.isCancelled
      ? ExitStatus.interrupted : ExitStatus.worst(of: pushed.compactMap(\.status))
    if isJSON {
      try ManyReport(Self.operation, pushed.compactMap(\.report), status).write()
    } else if console.level > .quiet {
      try writeOutput { output throws(SystemError) in
        for line in ManyText.table(pushed.map(\.row)) { try output.write(text: line + "\n") }
      }
    }
    let summary = PushText.summary(pushed.map(\.row), took: .now - start)
    GitHubRunner(environment)?.report(pushed.map(\.row), summary)
    if status == .done { console.done(summary) } else { console.say(summary) }
    if status != .done { throw .several(status) }
  }
}

/// What is shown of one of several Actors at the end.
private struct PushedActor: Sendable {
  let row: [String]
  /// The status that it alone would end with; nil where it counts as done.
  let status: ExitStatus?
  let report: ActorReport?
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
