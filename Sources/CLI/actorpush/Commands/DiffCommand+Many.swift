// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import Deploy
internal import SourcePackage
internal import SystemIO

extension DiffCommand {
  /// Compares several Actors, and ends with the worst of their statuses.
  func diffMany(_ console: Console, _ environment: ProcessEnvironment) async throws(Failure) {
    let search = ActorSearch(selection.below(tree.folder), as: tree.source.location("."), environment.context)
    let (operation, isJSON) = (Self.operation, json)
    let many = try await operateAside { () throws(DeployError) in
      try ManyActors<DiffOperation.Outcome>(operation, search, console, isJSON: isJSON)
    }
    let (version, choice) = (try target.target(), options.choice(isJSON: json))
    let results = try await platform.withClient(environment, console) { client throws(Failure) in
      await many.run { actor throws(DeployError) in
        let diff = try await Threads.run { () throws(DeployError) in
          try DiffOperation(actor.location, version, environment.context, choice)
        }
        return try await diff.run(on: client, events: many.renderers[actor].show)
      }
    }
    let differs = results.contains { result in
      if case .success(let outcome) = result { !outcome.comparison.difference.changes.isEmpty } else { false }
    }
    let status: ExitStatus = differs && options.exitCode ? .failed : .done
    try many.show(results, environment, status: status) { outcome in
      DiffReport(outcome)
    } text: { actor, outcome throws(Failure) in
      if outcome.comparison.difference.changes.isEmpty { return }
      try writeOutput { output throws(SystemError) in
        try output.write(text: TerminalText.of(actor.directory) + ":\n")
      }
      try show(outcome, environment, many.renderers.console(of: actor))
    }
    if status != .done { throw .different }
  }
}
