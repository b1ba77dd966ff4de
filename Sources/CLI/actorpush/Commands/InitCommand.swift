// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ArgumentParser
internal import Deploy
internal import SystemIO

struct InitCommand: LocalCommand {
  static let configuration = CommandConfiguration(
    commandName: CommandName.initialize.rawValue, _superCommandName: ActorPush.name,
    abstract: "Make a directory the project of an Actor, without a question.",
    discussion: """
      Writes .actor/actor.json, with a name made of the directory's, where there is none; changes no other file. A Dockerfile \
      is kept, and so are the files of the Apify CLI. What mostly does not belong into a package is named, to be left out in \
      .actorignore.

        actorpush init                      make this directory a project
        actorpush init shop --name my-shop  another directory, under a name of its own
        actorpush init --dry-run            what would be written
      """)

  @Argument(help: ArgumentHelp("The project's directory.", valueName: "directory"), completion: .directory)
  var folder = "."

  @Option(help: "The Actor's name; otherwise made of the directory's name.")
  var name: String?

  @Flag(help: "Show what would be written; write nothing.")
  var dryRun = false

  @OptionGroup var global: GlobalOptions

  @Flag(help: "Print the outcome as one JSON object on standard output.")
  var json = false

  static let operation = "init"
  static let cleansUp = false

  func perform(_ environment: ProcessEnvironment) throws(Failure) {
    let console = global.console(environment)
    let renderer = DeployRenderer(console)
    let outcome = try operate { () throws(DeployError) in
      try InitOperation(Array(folder.utf8), name: name, isDryRun: dryRun, environment.context)
        .run(events: renderer.show)
    }
    for line in InitText.lines(outcome, isDryRun: dryRun) { console.say(line) }
    if json { return try write(InitReport(outcome, isDryRun: dryRun), environment) }
    if dryRun, let contents = outcome.contents {
      try writeOutput { output throws(SystemError) in try output.write(text: contents) }
    }
  }
}
