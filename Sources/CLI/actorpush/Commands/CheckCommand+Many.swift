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
          context)
        return .success(try check.run(events: many.renderers[actor].show))
      } catch {
        return .failure(error)
      }
    }
    let text = CheckText(isColored: global.isColored(STDOUT_FILENO, environment))
    func isFailed(_ outcome: CheckOperation.Outcome) -> Bool {
      outcome.findings.contains { $0.severity >= (options.strict ? .warning : .error) }
    }
    try many.show(results, failure: { isFailed($0) ? Failure.findings.diagnosis : nil }) { actor, outcome in
      CheckReport(outcome, isFailed: isFailed(outcome), warnings: many.renderers[actor].warnings)
    } text: { actor, outcome throws(Failure) in
      try ManyActors<CheckOperation.Outcome>.print(text.lines(outcome, isQuiet: true), below: actor)
    }
    console.say("\(Quantity.of(many.actors.count, "Actor")): no errors")
  }
}
