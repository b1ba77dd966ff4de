// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deploy
internal import SystemIO

/// What a command finds out about each of several Actors, and shows in one go.
struct ManyActors<Value: Sendable>: Sendable {
  /// One of them.
  typealias Found = Result<Value, DeployError>

  /// What the command is called in JSON.
  let operation: String
  let actors: [FoundActor]
  let renderers: ManyRenderers
  /// Whether one JSON object is printed.
  let isJSON: Bool

  /// The Actors that `search` finds. Blocks.
  init(_ operation: String, _ search: ActorSearch, _ console: Console, isJSON: Bool) throws(DeployError) {
    self.operation = operation
    self.isJSON = isJSON
    actors = try search.run()
    renderers = ManyRenderers(actors, console)
  }

  /// Does `body` with each, `atATime` at a time.
  func run(
    atATime: Int = ActorJobs.usualCount,
    _ body: @escaping @Sendable (FoundActor) async throws(DeployError) -> Value
  ) async -> [Found] {
    var jobs = ActorJobs()
    jobs.atATime = atATime
    Progress.process.begin(.several(actors.count))
    defer { Progress.process.end(.several) }
    let results = await jobs.run(actors, hasFailed: { (_: Found) in false }) { actor in
      defer { Progress.process.step() }
      do throws(DeployError) { return Found.success(try await body(actor)) } catch { return .failure(error) }
    }
    return results.map { $0 ?? .failure(.interrupted) }
  }

  /// Shows `results`: what `report` makes of each as JSON, or what `text` prints; and ends with the worst
  /// status.
  ///
  /// - Parameters:
  ///   - failure: why an Actor does not count as done; nil where it does.
  func show(
    _ results: [Found], failure: (Value) -> Diagnosis? = { _ in nil },
    report: (FoundActor, Value) -> any Report, text: (FoundActor, Value) throws(Failure) -> Void
  ) throws(Failure) {
    var (reports, statuses): ([ActorReport], [ExitStatus]) = ([], [])
    for (actor, result) in zip(actors, results) {
      switch result {
      case .success(let value):
        if isJSON { reports.append(ActorReport(actor, report(actor, value))) } else { try text(actor, value) }
        guard let diagnosis = failure(value) else { continue }
        statuses.append(diagnosis.status)
        if !diagnosis.cause.isEmpty { renderers.console(of: actor).error(diagnosis) }
      case .failure(let error):
        let diagnosis = Diagnosis(error)
        statuses.append(diagnosis.status)
        reports.append(ActorReport(actor, FailureReport(diagnosis, operation: operation)))
        renderers.console(of: actor).error(diagnosis)
      }
    }
    let status = ExitStatus.worst(of: statuses)
    if isJSON { try ManyReport(operation, reports, status).write() }
    if status != .done { throw .several(status) }
  }

  /// Prints `lines` below the directory of `actor`; nothing where there are none.
  static func print(_ lines: [String], below actor: FoundActor) throws(Failure) {
    if lines.isEmpty { return }
    try writeOutput { output throws(SystemError) in
      try output.write(text: TerminalText.of(actor.directory) + ":\n")
      for line in lines { try output.write(text: "  " + line + "\n") }
    }
  }
}
