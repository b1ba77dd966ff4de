// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import Deploy
internal import SystemIO

extension BuildsCommand {
  /// Lists the builds of several Actors, and ends with the worst of their statuses.
  func listMany(_ console: Console, _ environment: ProcessEnvironment) async throws(Failure) {
    let search = ActorSearch(
      selection.below(location.folder), as: ProjectLocation([UInt8(ascii: ".")]), environment.context)
    let (operation, isJSON, limit) = (Self.operation, json, limit)
    let many = try await operateAside { () throws(DeployError) in
      try ManyActors<BuildsOperation.Outcome>(operation, search, console, isJSON: isJSON)
    }
    let target = try target.target()
    let results = try await platform.withClient(environment, console) { client throws(Failure) in
      await many.run { actor throws(DeployError) in
        let settings = try await Threads.run { () throws(DeployError) in
          try Project(actor.location, environment.context).settings(for: target, readsVersion: false)
        }
        return try await BuildsOperation(settings, of: target.version, limit: limit).run(on: client)
      }
    }
    let now = ProcessEnvironment.now * 1_000_000
    let text = BuildListText(
      now: now, isTerminal: isatty(STDOUT_FILENO) == 1, isVerbose: global.verbose)
    try many.show(results, environment) { found in
      BuildsReport(found, now: now)
    } text: { actor, found throws(Failure) in
      if found.builds.isEmpty { console.say(BuildListText.none(found, target.version)) }
      try ManyActors<BuildsOperation.Outcome>.print(text.lines(found.builds), below: actor)
    }
  }
}
