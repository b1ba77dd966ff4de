// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ArgumentParser
internal import Deploy
internal import SystemIO

struct VersionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: name, abstract: "Show or change what a version has beside its files.",
    discussion: """
        actorpush version                       the version of this project
        actorpush version show --json           the same for a script
        actorpush version set --build-tag beta  change one of its properties
      """,
    subcommands: [VersionShowCommand.self, VersionSetCommand.self], defaultSubcommand: VersionShowCommand.self
  )

  private static let name = CommandName.version.rawValue
  /// What its commands give as their super-command (``ActorPush/name``).
  static let path = "\(ActorPush.name) \(name)"
}

struct VersionShowCommand: PlatformCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", _superCommandName: VersionCommand.path,
    abstract: "Show the version as it is on the platform.",
    discussion: """
        actorpush version show                source, tag, variables
        actorpush version show --version 0.2  of another version
        actorpush version show --json         the same for a script
      """)

  @OptionGroup var options: VersionCommandOptions
  @OptionGroup(title: "Output") var global: GlobalOptions

  static let operation = "version show"
  var json: Bool { options.json }

  func perform(_ environment: ProcessEnvironment) async throws(Failure) {
    let settings = try options.target.settings(in: options.folder, environment, global.console(environment))
    let found = try await options.platform.withClient(environment, global.console(environment)) {
      client throws(Failure) in
      do throws(DeployError) { return try await VersionReader(settings, platform: client).find() } catch {
        throw Failure(error)
      }
    }
    if json { return try write(VersionReport(found), environment) }
    try options.show(found, global.console(environment))
  }
}

/// The options of both commands about versions.
struct VersionCommandOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The project's directory, whose actor.json names the Actor and the version; otherwise the nearest one, from here up.",
      valueName: "directory"),
    completion: .directory)
  var folder: String?

  @OptionGroup(title: "Platform") var platform: PlatformOptions
  @OptionGroup(title: "Platform") var target: VersionOptions

  @Flag(help: "Print the version as one JSON object on standard output.")
  var json = false

  /// Shows `found` as text on standard output.
  func show(_ found: VersionReader.Found, _ console: Console) throws(Failure) {
    try writeOutput { output throws(SystemError) in
      for line in VersionText.lines(found, console) { try output.write(text: line + "\n") }
    }
  }
}
