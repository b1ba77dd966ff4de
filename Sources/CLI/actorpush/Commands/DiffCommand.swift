// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ArgumentParser
internal import Deploy
internal import SourcePackage
internal import SystemIO

struct DiffCommand: PlatformCommand {
  static let configuration = CommandConfiguration(
    commandName: CommandName.diff.rawValue, _superCommandName: ActorPush.name,
    abstract: "Show what push would change of the version's files.",
    discussion: """
      From the version on the platform to the files here, in git's format; with --base from what both last had in common. -R \
      turns that round. With --all of each Actor below, below its directory.

        actorpush diff                 what push would change
        actorpush diff --stat          in numbers, file by file
        actorpush diff --base          what was changed here since the last push
        actorpush diff --exit-code -q  in a script: 1 where anything differs
      """)

  @OptionGroup var tree: TreeOptions
  @OptionGroup(title: "Several Actors") var selection: SelectionOptions
  @OptionGroup(title: "What is compared, and how it is shown") var options: DiffOptions
  @OptionGroup(title: "Platform") var target: VersionOptions
  @OptionGroup(title: "Platform") var platform: PlatformOptions
  @OptionGroup(title: "Output") var global: GlobalOptions

  @Flag(help: "Print the differences as one JSON object.")
  var json = false

  static let operation = "diff"

  func validate() throws {
    if [options.stat, options.nameOnly, json].count(where: \.self) > 1 {
      throw ValidationError("--stat, --name-only and --json are alternatives")
    }
    if selection.all, target.actor != nil { throw ValidationError("--actor is for one Actor") }
  }

  func perform(_ environment: ProcessEnvironment) async throws(Failure) {
    let console = global.console(environment)
    if selection.all { return try await diffMany(console, environment) }
    let renderer = DeployRenderer(console)
    let (location, version) = (tree.location(environment, console), try target.target())
    let choice = options.choice(isJSON: json)
    let diff = try await operateAside { () throws(DeployError) in
      try DiffOperation(location, version, environment.context, choice)
    }
    let differs = try await platform.withClient(environment, console) { client throws(Failure) in
      let outcome: DiffOperation.Outcome
      do throws(DeployError) { outcome = try await diff.run(on: client, events: renderer.show) } catch {
        throw Failure(error)
      }
      if json {
        let differs = !outcome.comparison.difference.changes.isEmpty
        let status: ExitStatus = differs && options.exitCode ? .failed : .done
        let ending = EndingReport(status: status, warnings: environment.warnings)
        try JSONLine.write(Report(Self.operation, ending, DiffReport(outcome)))
      } else {
        try show(outcome, environment, console)
      }
      return !outcome.comparison.difference.changes.isEmpty
    }
    if differs, options.exitCode { throw .different }
  }

  /// Shows what differs as text.
  func show(
    _ outcome: DiffOperation.Outcome, _ environment: ProcessEnvironment, _ console: Console
  ) throws(Failure) {
    let text = DiffText(
      isColored: global.isColored(STDOUT_FILENO, environment), isTerminal: isatty(STDOUT_FILENO) == 1)
    if !options.nameOnly, !options.stat, let line = DiffText.provenance(outcome) { console.say(line) }
    try writeOutput { output throws(SystemError) in
      if options.nameOnly {
        try text.writeNames(outcome.comparison, to: &output)
      } else if options.stat {
        try text.writeStat(outcome.comparison, to: &output)
      } else {
        try text.writeHunks(outcome.comparison, to: &output)
      }
    }
    if let line = DiffText.foldersOnly(outcome) { console.say(line) }
  }
}
