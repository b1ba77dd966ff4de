// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import ApifyAPI
internal import ArgumentParser
internal import Deployment

struct PushCommand: PlatformCommand {
  static let configuration = CommandConfiguration(
    commandName: "push",
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

  func validate() throws {
    if let wait, !(0...86_400).contains(wait) {
      throw ValidationError("--wait must be from 0 to 86400 seconds")
    }
  }

  func perform(_ surroundings: Surroundings) async throws(Failure) {
    let talk = global.talk(surroundings)
    let userFiles = UserFiles(home: surroundings["HOME"].map { Array($0.utf8) })
    let source = try await tree.source(besideOthers: surroundings)
    let settings = try settings(source, surroundings, userFiles, talk)
    let client = try platform.client(surroundings, userFiles, talk)
    let run = PushRun(
      command: self, source: source, settings: settings, client: client, talk: talk,
      surroundings: surroundings)
    let outcome: Result<PushReport, Failure>
    do throws(Failure) { outcome = .success(try await run.run()) } catch { outcome = .failure(error) }
    await client.shutdown()
    let report = try outcome.get()
    if json { report.write() }
  }

  /// What actor.json and the command line say.
  private func settings(
    _ source: TreeSource, _ surroundings: Surroundings, _ userFiles: UserFiles, _ talk: Talk
  ) throws(Failure) -> PushSettings {
    var settings = try target.settings(of: source, tag: tag)
    let own = try variables.variables(surroundings)
    do throws(ProjectError) {
      settings.variables = try DeclaredVariables(
        settings.configuration, own: own, userFiles: userFiles, allowsMissing: allowMissingSecrets)
    } catch {
      throw Failure(error)
    }
    for name in settings.variables.missing {
      talk.warn("\(SafeText.of(name)): its secret is missing; left out")
    }
    settings.isForced = force
    return settings
  }
}

extension SourceChoice: ExpressibleByArgument {}
