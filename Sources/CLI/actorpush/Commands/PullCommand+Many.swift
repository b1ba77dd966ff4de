// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import Deploy
internal import SystemIO

extension PullCommand {
  /// Pulls several Actors, one after the other because they may share files, and ends with the worst of their
  /// statuses.
  func pullMany(_ console: Console, _ environment: ProcessEnvironment) async throws(Failure) {
    let search = ActorSearch(
      selection.below(arguments.first), as: links.location("."), environment.context)
    let (operation, isJSON) = (Self.operation, json)
    let many = try await operateAside { () throws(DeployError) in
      try ManyActors<PullOutcome>(operation, search, console, isJSON: isJSON)
    }
    let (version, merge) = (try target.target(), options)
    let results = try await platform.withClient(environment, console) { client throws(Failure) in
      await many.run(atATime: 1) { actor throws(DeployError) in
        var request = PullRequest(.project(actor.location))
        request.target = version
        merge.apply(to: &request)
        let pull = try await Threads.run { [request] () throws(DeployError) in
          try PullOperation(request, environment.context)
        }
        let outcome = try await pull.run(on: client, events: many.renderers[actor].show)
        let own = many.renderers.console(of: actor)
        for line in PullText.lines(outcome) { own.say(line) }
        for note in outcome.notes { many.renderers[actor].warn(PullText.note(note)) }
        return outcome
      }
    }
    try many.show(results, environment, failure: { Diagnosis($0) }) { outcome in
      PullReport(outcome)
    } text: { _, _ in
    }
  }
}
