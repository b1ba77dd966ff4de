// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ArgumentParser
internal import Deploy
internal import SystemIO

struct ListCommand: LocalCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", _superCommandName: ActorPush.name,
    abstract: "Show what is in the package: format, size and path; or what is left out, and why.",
    discussion: """
      Nothing is sent and no network is used. TEXT or BASE64 is decided by each file's bytes, so every file is read; \
      with -0 only the names are shown, and no file is.
      """)

  @OptionGroup var tree: TreeOptions
  @OptionGroup var global: GlobalOptions

  @Flag(help: "Show what is left out, each with the rule that says so.")
  var ignored = false

  @Flag(help: "Print one JSON object: entries (name, kind, format, bytes, rule, secrets) and warnings.")
  var json = false

  @Flag(
    name: .customShort("0"), help: "Print only names, each ended by a NUL byte; folders end with a slash.")
  var null = false

  static let operation = "list"
  static let cleansUp = false

  func validate() throws {
    if json && null { throw ValidationError("--json and -0 exclude each other") }
  }

  func perform(_ environment: ProcessEnvironment) throws(Failure) {
    let console = global.console(environment)
    let renderer = DeployRenderer(console)
    let detail: ListOperation.Detail = ignored ? .excluded : null ? .names : .formats
    let outcome = try operate { () throws(DeployError) in
      try ListOperation(tree.location, environment.context).run(detail, events: renderer.show)
    }
    let plan = outcome.plan
    let form: Listing.Form = json ? .json : null ? .names : .text
    try writeOutput { output throws(SystemError) in
      var listing = Listing(plan, secrets: outcome.secrets, warnings: renderer.warnings)
      if ignored {
        try listing.writeExcluded(to: &output, as: form)
      } else {
        try listing.writeEntries(to: &output, as: form)
      }
    }
    if !json, !null, console.isWatched { console.say(ignored ? plan.excludedCounts : plan.counts) }
  }
}
