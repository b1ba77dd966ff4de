// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Checks
internal import Deploy
internal import SystemIO

extension CheckCommand {
  /// Checks several Actors, one after the other, and ends with the worst of their statuses.
  func checkMany(_ console: Console, _ environment: ProcessEnvironment) throws(Failure) {
    let search = ActorSearch(selection.below(tree.folder), as: tree.source.location("."), environment.context)
    let many = try operate { () throws(DeployError) in
      try ManyActors<CheckOperation.Outcome>(Self.operation, search, console, isJSON: json)
    }
    let target = try target.target(tag: options.tag)
    var context = environment.context
    context.trees = SharedTrees()
    let results = many.actors.map { actor -> Result<CheckOperation.Outcome, DeployError> in
      do throws(DeployError) {
        let check = try CheckOperation(
          actor.location, target: target, form: options.sourceType, budget: options.maxSize,
          secretsAllowedIn: options.secrets.allowed, context)
        return .success(try check.run(events: many.renderers[actor].show))
      } catch {
        return .failure(error)
      }
    }
    annotate(console, environment, below: Array((tree.folder ?? ".").utf8)) { top in
      results.flatMap { result in
        (try? result.get()).map { LocatedFinding.list($0, below: top) } ?? []
      }
    }
    let text = CheckText(isColored: global.isColored(STDOUT_FILENO, environment))
    if sarif { try write(results, of: many, environment) }
    try many.show(results, environment, failure: failure, saysFailures: false) { outcome in
      CheckReport(outcome)
    } text: { actor, outcome throws(Failure) in
      if sarif { return }
      try ManyActors<CheckOperation.Outcome>.print(text.lines(outcome, isQuiet: true), below: actor)
    }
    console.say("\(Quantity.of(many.actors.count, "Actor")): no errors")
  }

  /// Writes one SARIF log with what was found in all of them.
  private func write(
    _ results: [ManyActors<CheckOperation.Outcome>.Found], of many: ManyActors<CheckOperation.Outcome>,
    _ environment: ProcessEnvironment
  ) throws(Failure) {
    let top = LocatedFinding.top(of: Array((tree.folder ?? ".").utf8), environment)
    var (findings, failures): ([LocatedFinding], [String]) = ([], [])
    for (actor, result) in zip(many.actors, results) {
      switch result {
      case .success(let outcome): findings += LocatedFinding.list(outcome, below: top)
      case .failure(let error):
        failures.append("\(TerminalText.of(actor.directory)): \(Diagnosis(error).message)")
      }
    }
    try JSONLine.write(SarifLog(findings, failures: failures))
  }
}
