// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import ArgumentParser
internal import Deploy

struct PushCommand: PlatformCommand {
  static let configuration = CommandConfiguration(
    commandName: CommandName.push.rawValue, _superCommandName: ActorPush.name,
    abstract: "Package a directory, make it the source of an Actor's version, and build that.",
    discussion: """
      The Actor, the version and the tag come from .actor/actor.json. A missing Actor or version is created. Where nothing has \
      changed, nothing is done. What others have changed on the platform is not overwritten without --force. The files of \
      the version are replaced as a whole or not at all; then it is built, and the build's log is shown until it ends.

        actorpush push                    this project, also from a directory below it
        actorpush push --dry-run          what would happen; nothing is changed
        actorpush push --candidate        move the tag only to a build that succeeds
        actorpush push --all --shard 2/7  in CI: the second of seven machines
      """)

  @Argument(
    help: ArgumentHelp(
      "Directories of Actors; with --all, the one that they lie below. Otherwise the nearest directory with an actor.json, from here up.",
      valueName: "directory"), completion: .directory)
  var paths: [String] = []

  @OptionGroup(title: "Several Actors") var selection: SelectionOptions
  @OptionGroup(title: "Several Actors") var jobs: JobOptions
  @OptionGroup(title: "Files") var source: SourceOptions
  @OptionGroup var options: PushOptions
  @OptionGroup(title: "Candidate") var candidate: CandidateOptions
  @OptionGroup(title: "Environment variables") var variables: VariableOptions
  @OptionGroup(title: "Platform") var target: VersionOptions
  @OptionGroup(title: "Platform") var platform: PlatformOptions
  @OptionGroup(title: "Output") var global: GlobalOptions

  @Flag(help: "Print the outcome as one JSON object on standard output.")
  var json = false

  static let operation = "push"

  func validate() throws {
    if candidate.candidate, options.build == false {
      throw ValidationError("--candidate needs a build; --no-build makes none")
    }
    if selection.all, paths.count > 1 { throw ValidationError("--all takes one directory") }
    if isForMany, target.actor != nil { throw ValidationError("--actor is for one directory") }
  }

  /// Whether the outcome is a table.
  private var isForMany: Bool { selection.all || paths.count > 1 }

  func perform(_ environment: ProcessEnvironment) async throws(Failure) {
    let console = global.console(environment)
    let directory = isForMany ? "." : ProjectDirectory.find(paths.first, environment, console)
    var request = PushRequest(source.location(directory), tool: "actorpush \(ActorPush.version)")
    options.apply(to: &request)
    request.candidate = try candidate.value()
    request.target = try target.target(tag: options.tag)
    request.variables = try variables.variables(environment)
    request.token = platform.token(environment)
    if isForMany { return try await pushMany(request, console, environment) }
    try await pushOne(request, console, environment)
  }
}
