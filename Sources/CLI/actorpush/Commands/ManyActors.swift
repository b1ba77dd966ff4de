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
  ///   - status: the exit status where all is done.
  ///   - failure: why an Actor does not count as done; nil where it does.
  ///   - saysFailures: whether that is an error to be said, and not shown by `text` already.
  func show(
    _ results: [Found], _ environment: ProcessEnvironment, status: ExitStatus = .done,
    failure: (Value) -> Diagnosis? = { _ in nil }, saysFailures: Bool = true,
    report: (Value) -> any ReportContent,
    text: (FoundActor, Value) throws(Failure) -> Void
  ) throws(Failure) {
    var (entries, failures): ([ManyReport.Entry], [(actor: FoundActor, diagnosis: Diagnosis)]) = ([], [])
    for (actor, result) in zip(actors, results) {
      var (diagnosis, content): (Diagnosis?, any ReportContent) = (nil, NoContent())
      var isSaid = true
      switch result {
      case .success(let value):
        (diagnosis, isSaid) = (failure(value), saysFailures)
        if isJSON { content = report(value) } else { try text(actor, value) }
      case .failure(let error): diagnosis = Diagnosis(error)
      }
      if let diagnosis {
        failures.append((actor, diagnosis))
        if isSaid { renderers.console(of: actor).error(diagnosis) }
      }
      entries.append(
        ManyReport.Entry(actor, EndingReport(diagnosis, warnings: renderers[actor].warnings), content))
    }
    let worst = Diagnosis.several(failures)
    if isJSON {
      let ending =
        worst.map { EndingReport($0, warnings: environment.warnings) }
        ?? EndingReport(status: status, warnings: environment.warnings)
      try JSONLine.write(Report(operation, ending, ManyReport(actors: entries)))
    }
    if let worst { throw .several(worst.status) }
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
