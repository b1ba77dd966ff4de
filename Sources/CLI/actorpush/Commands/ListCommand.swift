// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ArgumentParser
internal import Deploy
internal import SystemIO

struct ListCommand: LocalCommand {
  static let configuration = CommandConfiguration(
    commandName: CommandName.list.rawValue, _superCommandName: ActorPush.name,
    abstract: "Show what is in the package: format, size and path; or what is left out, and why.",
    discussion: """
      Nothing is sent and no network is used. TEXT or BASE64 is decided by each file's bytes, so every file is read; \
      with -0 only the names are shown, and no file is. With --all the Actors are listed instead: directory, name, version \
      and tag; --json for the matrix of a CI.

        actorpush list                      the entries: format, size and path
        actorpush list --tree --sort size   where the bytes are
        actorpush list --ignored            what is left out, and by which rule
        actorpush list -0 | xargs -0 ls -d  only the names, for other programs
      """)

  @OptionGroup var tree: TreeOptions
  @OptionGroup(title: "What is shown") var list: ListOptions
  @OptionGroup(title: "Several Actors") var selection: SelectionOptions
  @OptionGroup var global: GlobalOptions

  var json: Bool { list.json }

  static let operation = "list"
  static let cleansUp = false

  func validate() throws {
    if selection.all, list.ignored || list.tree || list.summary || list.sort != .name {
      throw ValidationError("--all lists Actors; --ignored, --tree, --summary and --sort are for one of them")
    }
  }

  func perform(_ environment: ProcessEnvironment) throws(Failure) {
    let console = global.console(environment)
    if selection.all { return try listActors(environment) }
    let location = tree.location(environment, console)
    let renderer = DeployRenderer(console)
    let detail: ListOperation.Detail = list.ignored ? .excluded : list.null ? .names : .formats
    let outcome = try operate { () throws(DeployError) in
      try ListOperation(location, environment.context).run(detail, events: renderer.show)
    }
    try write(outcome, environment)
    if !list.json, !list.null, console.isWatched {
      console.say(list.ignored ? outcome.plan.excludedCounts : outcome.plan.counts)
    }
  }

  private func write(
    _ outcome: ListOperation.Outcome, _ environment: ProcessEnvironment
  ) throws(Failure) {
    let plan = outcome.plan
    let table = list.summary ? ExtensionTable(plan) : nil
    if let table, list.json { return try write(ExtensionReport(table), environment) }
    try writeOutput { output throws(SystemError) in
      if let table {
        for line in table.lines { try output.write(text: line + "\n") }
        return
      }
      if list.tree, !list.json {
        return try TreeListing(plan, order: list.sort, depth: list.depth).write(to: &output)
      }
      var listing = Listing(plan, secrets: outcome.secrets, environment.warnings)
      let form: Listing.Form = list.json ? .json : list.null ? .names : .text
      if list.ignored { return try listing.writeExcluded(to: &output, as: form) }
      try listing.writeEntries(to: &output, as: form, ListingOrder(plan, list))
    }
  }
}
