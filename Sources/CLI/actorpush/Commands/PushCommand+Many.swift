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
    let context = environment.context(hiding: variables.secretNames)
    let search = ActorSearch(wanted, as: request.location, context)
    let actors = try await operateAside { () throws(DeployError) in try search.run() }
    let renderers = ManyRenderers(actors, console)
    let push = PushManyOperation(actors, request, jobs.value, context)
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
          actor: result.actor, row: PushText.row(result), diagnosis: result.ending.diagnosis,
          entry: isJSON ? ManyReport.Entry(result, root: root, renderers[result.actor].warnings) : nil)
      }
    }
    Progress.process.end(.several)
    let worst =
      environment.cancellation.isCancelled
      ? Diagnosis.interrupted
      : Diagnosis.several(pushed.compactMap { one in one.diagnosis.map { (one.actor, $0) } })
    let summary = PushText.summary(pushed.map(\.row), took: .now - start)
    if let warning = console.runner?.report(pushed.map(\.row), summary) { console.warn(warning) }
    if isJSON {
      try write(ManyReport(actors: pushed.compactMap(\.entry)), environment, worst)
    } else if console.level > .quiet {
      try writeOutput { output throws(SystemError) in
        for line in ManyText.table(pushed.map(\.row)) { try output.write(text: line + "\n") }
      }
    }
    if let worst {
      console.say(summary)
      throw .several(worst.status)
    }
    console.done(summary)
  }
}

/// What is shown of one of several Actors at the end.
private struct PushedActor: Sendable {
  let actor: FoundActor
  let row: [String]
  /// Why it does not count as done; nil where it does.
  let diagnosis: Diagnosis?
  let entry: ManyReport.Entry?
}

extension ManyReport.Entry {
  fileprivate init(_ result: PushManyOperation.Result, root: APIRoot, _ warnings: WarningLog) {
    let outcome: PushOutcome? =
      switch result.ending {
      case .ended(let outcome): outcome
      case .failed(let failure): failure.outcome
      case .invalid, .skipped: nil
      }
    var diagnosis = result.ending.diagnosis
    // It is no failure to be said, but it is not done.
    if case .skipped = result.ending { diagnosis = .skipped }
    self.init(
      result.actor,
      EndingReport(
        diagnosis, logTail: diagnosis.flatMap { outcome?.logTail(of: $0) }, warnings: warnings),
      outcome.map { PushReport($0, root: root) as any ReportContent } ?? NoContent())
  }
}
