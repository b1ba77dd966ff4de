// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ArgumentParser
internal import Deploy
internal import SystemIO

struct BuildsCommand: PlatformCommand {
  static let configuration = CommandConfiguration(
    commandName: CommandName.builds.rawValue, _superCommandName: ActorPush.name,
    abstract: "List the Actor's builds, the newest first.",
    discussion: """
      A line each: number, state, tags, commit, package digest, age, duration. Commit and digest come from the package that was \
      built; a + behind the commit says that the package was another one than the commit's.

        actorpush builds                   the last ten builds
        actorpush builds --version 0.1     only those of a version
        actorpush builds --limit 1 --json  the newest one, for a script
      """)

  @Option(help: ArgumentHelp("How many builds are listed.", valueName: "count"))
  var limit = 10

  @OptionGroup var location: ActorOptions
  @OptionGroup(title: "Several Actors") var selection: SelectionOptions
  @OptionGroup(title: "Platform") var target: VersionOptions
  @OptionGroup(title: "Platform") var platform: PlatformOptions
  @OptionGroup(title: "Output") var global: GlobalOptions

  @Flag(help: "Print the builds as one JSON object on standard output.")
  var json = false

  static let operation = "builds"

  func validate() throws {
    guard (1...1000).contains(limit) else { throw ValidationError("--limit must be from 1 to 1000") }
    if selection.all, target.actor != nil { throw ValidationError("--actor is for one Actor") }
  }

  func perform(_ environment: ProcessEnvironment) async throws(Failure) {
    if selection.all { return try await listMany(global.console(environment), environment) }
    let settings = try target.settings(
      in: location.folder, environment, global.console(environment), readsVersion: false)
    // Only the option: a list shows the builds of all versions.
    let version = try target.target().version
    let operation = BuildsOperation(settings, of: version, limit: limit)
    let found = try await platform.withClient(environment, global.console(environment)) {
      client throws(Failure) in
      do throws(DeployError) { return try await operation.run(on: client) } catch { throw Failure(error) }
    }
    let now = ProcessEnvironment.now * 1_000_000
    if json { return try write(BuildsReport(found, now: now), environment) }
    if found.builds.isEmpty { global.console(environment).say(BuildListText.none(found, version)) }
    let text = BuildListText(
      now: now, isTerminal: isatty(STDOUT_FILENO) == 1, isVerbose: global.verbose)
    try writeOutput { output throws(SystemError) in
      for line in text.lines(found.builds) { try output.write(text: line + "\n") }
    }
  }
}
