// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import Deploy
internal import SystemIO

extension ListCommand {
  /// Lists the Actors in place of their files.
  func listActors(_ environment: ProcessEnvironment) throws(Failure) {
    let search = ActorSearch(selection.below(tree.folder), as: tree.source.location("."), environment.context)
    let actors = try operate { () throws(DeployError) in try search.run() }
    if json {
      let entries = actors.map { actor in
        let listed = ListedActor(actor)
        let ending = EndingReport(listed.error, warnings: WarningLog())
        return ManyReport.Entry(actor, ending, ListedActorReport(listed))
      }
      return try write(ManyReport(actors: entries), environment)
    }
    let rows = actors.map { actor in
      let listed = ListedActor(actor)
      let name = listed.error.map { "(\($0.message))" } ?? listed.name ?? "-"
      return [
        TerminalText.of(actor.directory), TerminalText.of(name), listed.version ?? "-", listed.tag ?? "-",
      ]
    }
    try writeOutput { output throws(SystemError) in
      if list.null {
        for actor in actors { try output.write(actor.directory + [0]) }
      } else {
        for line in ManyText.table(rows) { try output.write(text: line + "\n") }
      }
    }
  }
}

/// An Actor of a list: what actor.json says, or why it is not valid.
struct ListedActor {
  let name: String?
  let version: String?
  let tag: String?
  let error: Diagnosis?

  init(_ actor: FoundActor) {
    do throws(DeployError) {
      let configuration = try actor.configuration.get()
      if let fault = configuration.fault(in: "name", "version", "buildTag") {
        throw .project(fault.inside(actor.directory))
      }
      let settings = try? PushSettings(configuration: configuration)
      (name, version) = (configuration.name?.description, settings?.version.description)
      (tag, error) = (settings?.buildTag?.description, nil)
    } catch {
      (name, version, tag) = (nil, nil, nil)
      self.error = Diagnosis(error)
    }
  }
}
