// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ArgumentParser

/// The program: its commands and what they have in common.
struct ActorPush: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: name,
    abstract: "Deploy a directory as a version of an Apify Actor.",
    discussion: """
      Run it in a project's directory: what git does not ignore is packaged, byte for byte, and becomes the Actor's version.

        actorpush init            make this directory the project of an Actor
        actorpush push --dry-run  what would happen
        actorpush push            package it, update the version and build it
        actorpush explain PATH    whether a file is in, and by which rule
      """,
    groupedSubcommands: [
      group("Deploy", of: .push, .diff, .pull, .hook),
      group("See the package", of: .list, .explain, .check, .report, .pack),
      group("See the platform", of: .builds, .build, .version, .tag, .open),
      group("Set up", of: .initialize, .doctor),
    ])

  /// The program's name. Commands give it as that of their super-command: parsed alone (`Main`), they are
  /// spared a look for what only the program as a whole has.
  static let name = "actorpush"
  /// The program's version.
  static let version = "0.1.0"

  private static func group(_ name: String, of commands: CommandName...) -> CommandGroup {
    CommandGroup(name: name, subcommands: commands.map(\.type))
  }
}

/// A command that does something and can fail in ways that are told alike, to people and to scripts.
protocol OperationCommand: ParsableCommand, Sendable {
  /// How it is performed. That is said and not asked by a cast: each cast to a protocol searches through all
  /// conformances of the program.
  var work: CommandWork { get }
  /// What the command is called in JSON.
  static var operation: String { get }
  /// Whether its outcome is told as JSON.
  var json: Bool { get }
  var global: GlobalOptions { get }
  /// Whether there is something to put in order when it is interrupted.
  static var cleansUp: Bool { get }
  /// Whether it never shows how far it is.
  static var isQuietWork: Bool { get }
}

extension OperationCommand {
  static var cleansUp: Bool { true }
  static var isQuietWork: Bool { false }
}

/// How a command is performed.
enum CommandWork {
  /// At once.
  case local(any LocalCommand)
  /// With an event loop and tasks.
  case platform(any PlatformCommand)
}

/// A command that needs no network.
protocol LocalCommand: OperationCommand {
  func perform(_ environment: ProcessEnvironment) throws(Failure)
}

extension LocalCommand {
  var work: CommandWork { .local(self) }
}

/// A command that talks to the platform.
protocol PlatformCommand: OperationCommand {
  func perform(_ environment: ProcessEnvironment) async throws(Failure)

  /// Ends in place of `perform`, where the system does not give what that needs.
  func end(lacking failure: Failure, _ environment: ProcessEnvironment) throws(Failure)
}

extension PlatformCommand {
  var work: CommandWork { .platform(self) }

  func end(lacking failure: Failure, _ environment: ProcessEnvironment) throws(Failure) { throw failure }
}
