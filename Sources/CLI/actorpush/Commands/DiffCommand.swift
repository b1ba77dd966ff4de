// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ArgumentParser
internal import Deploy
internal import SourcePackage
internal import SystemIO

struct DiffCommand: PlatformCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", _superCommandName: ActorPush.name,
    abstract: "Show what push would change of the version's files.",
    discussion: "From the version on the platform to the files here, in git's format.")

  @OptionGroup var tree: TreeOptions
  @OptionGroup(title: "Platform") var target: VersionOptions
  @OptionGroup(title: "Platform") var platform: PlatformOptions
  @OptionGroup(title: "Output") var global: GlobalOptions

  @Flag(help: "Show how many lines are added and removed, file by file.")
  var stat = false

  @Flag(help: "Show only the names of files that differ.")
  var nameOnly = false

  @Flag(help: "Exit with 1 if anything differs, as git does.")
  var exitCode = false

  @Flag(help: "Print the differences as one JSON object.")
  var json = false

  static let operation = "diff"

  func validate() throws {
    if [stat, nameOnly, json].count(where: \.self) > 1 {
      throw ValidationError("--stat, --name-only and --json are alternatives")
    }
  }

  func perform(_ environment: ProcessEnvironment) async throws(Failure) {
    let console = global.console(environment)
    let renderer = DeployRenderer(console)
    let (location, version, findsBase) = (tree.location, try target.target(), json)
    let diff = try await operateAside { () throws(DeployError) in
      try DiffOperation(location, version, environment.context, findsBase: findsBase)
    }
    let differs = try await platform.withClient(environment, console) { client throws(Failure) in
      let outcome: DiffOperation.Outcome
      do throws(DeployError) { outcome = try await diff.run(on: client, events: renderer.show) } catch {
        throw Failure(error)
      }
      try show(outcome, environment, console, renderer.warnings)
      return !outcome.comparison.difference.changes.isEmpty
    }
    if differs, exitCode { throw .different }
  }

  private func show(
    _ outcome: DiffOperation.Outcome, _ environment: ProcessEnvironment, _ console: Console,
    _ warnings: [String]
  ) throws(Failure) {
    if json { return try DiffReport(outcome, warnings: warnings).write() }
    let text = DiffText(
      isColored: global.isColored(STDOUT_FILENO, environment), isTerminal: isatty(STDOUT_FILENO) == 1)
    if !nameOnly, !stat, let line = DiffText.provenance(outcome) { console.say(line) }
    try writeOutput { output throws(SystemError) in
      if nameOnly {
        try text.writeNames(outcome.comparison, to: &output)
      } else if stat {
        try text.writeStat(outcome.comparison, to: &output)
      } else {
        try text.writeHunks(outcome.comparison, to: &output)
      }
    }
    if let line = DiffText.foldersOnly(outcome) { console.say(line) }
  }
}
