// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import ApifyAPI
internal import ArgumentParser
internal import Deploy
internal import SourceTree

struct PushCommand: PlatformCommand {
  static let configuration = CommandConfiguration(
    commandName: "push", _superCommandName: ActorPush.name,
    abstract: "Package a folder, make it the source of an Actor's version, and build that.",
    discussion: """
      The Actor, the version and the tag come from .actor/actor.json. A missing Actor or version is created. Where nothing has \
      changed, nothing is done. What somebody else has changed on the platform is not overwritten without --force. The \
      version is updated as a whole or not at all; then it is built, and the build's log is shown until it ends.
      """)

  @OptionGroup var tree: TreeOptions
  @OptionGroup var platform: PlatformOptions
  @OptionGroup var target: VersionOptions
  @OptionGroup var variables: VariableOptions
  @OptionGroup var global: GlobalOptions

  @Option(help: "The tag that builds of the version get.")
  var tag: String?

  @Option(
    help: "How the files are sent: auto (inline up to the platform's limit, else as a zip), files or zip.")
  var sourceType = SourceChoice.auto

  @Flag(inversion: .prefixedNo, help: "Build also where nothing has changed; or do not build at all.")
  var build: Bool?

  @Flag(
    help: ArgumentHelp(
      "Put a file into the package that says from which commit it comes; it counts in no comparison. Also: \"provenance\": true in .actor/actorpush.json."
    ))
  var provenance = false

  @Option(help: ArgumentHelp("The branch that --commit was pushed to.", visibility: .private))
  var branch: String?

  @Flag(inversion: .prefixedNo, help: ArgumentHelp("Stay until the build has ended; or start it and end."))
  var follow = true

  @Option(
    help: ArgumentHelp("How long to wait for the build; without it, until it ends.", valueName: "seconds"))
  var wait: Int?

  @Flag(help: "Push what is the same, and over what somebody else has changed.")
  var force = false

  @Flag(help: "Leave out environment variables whose secret is missing.")
  var allowMissingSecrets = false

  @Flag(help: "Look, package and say what would be done; change nothing.")
  var dryRun = false

  @Flag(help: "Say what happened as one JSON object on standard output.")
  var json = false

  static let operation = "push"

  /// What the repository knows about where `source` comes from. Blocks.
  func history(_ source: TreeSource, _ environment: ProcessEnvironment) throws(SourceTreeError) -> CommitHistory {
    try CommitHistory(
      of: Array(source.folder.utf8), revision: source.commit?.objectName, name: tree.commit, branch: branch,
      options: source.links.options(environment), variables: environment.variables,
      spoolFolders: environment.spoolFolders, cancellation: environment.cancellation)
  }

  func validate() throws {
    if !follow, wait != nil { throw ValidationError("--wait and --no-follow exclude each other") }
    if let wait, !(0...86_400).contains(wait) {
      throw ValidationError("--wait must be from 0 to 86400 seconds")
    }
  }

  func perform(_ environment: ProcessEnvironment) async throws(Failure) {
    let report = try await report(environment)
    if json { report.write() }
  }

  /// Does it, and gives what there is to say.
  func report(_ environment: ProcessEnvironment) async throws(Failure) -> PushReport {
    let console = global.console(environment)
    let userFiles = UserFiles(home: environment["HOME"].map { Array($0.utf8) })
    let source = try await tree.source(besideOthers: environment)
    let settings = try settings(source, environment, userFiles, console)
    let client = try platform.client(environment, userFiles, console)
    let run = PushRun(
      command: self, source: source, settings: settings, client: client, console: console,
      environment: environment)
    let outcome: Result<PushReport, Failure>
    do throws(Failure) { outcome = .success(try await run.run()) } catch { outcome = .failure(error) }
    await client.shutdown()
    return try outcome.get()
  }

  /// What actor.json and the command line say.
  func settings(
    _ source: TreeSource, _ environment: ProcessEnvironment, _ userFiles: UserFiles, _ console: Console
  ) throws(Failure) -> PushSettings {
    var settings = try target.settings(of: source, tag: tag)
    let own = try variables.variables(environment)
    do throws(ProjectError) {
      settings.variables = try DeclaredVariables(
        settings.configuration, own: own, userFiles: userFiles, allowsMissing: allowMissingSecrets)
    } catch {
      throw Failure(error)
    }
    for name in settings.variables.missing {
      console.warn("\(TerminalText.of(name)): its secret is missing; left out")
    }
    settings.isForced = force
    settings.history = { try? history(source, environment) }
    return settings
  }
}

extension SourceChoice: ExpressibleByArgument {}
