// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ArgumentParser
internal import Deploy
internal import SystemIO

struct OpenCommand: PlatformCommand {
  static let configuration = CommandConfiguration(
    commandName: CommandName.open.rawValue, _superCommandName: ActorPush.name,
    abstract: "Show the Actor, or a build of it, in a browser.",
    discussion: """
      Prints the address on standard output; where that is no terminal, it only prints.

        actorpush open                the Actor
        actorpush open latest         the build that a tag points at
        actorpush open 0.1.7 --print  only print the address of a build
      """)

  @Argument(help: "A build: its number (0.1.7), its ID, or a tag that points at it.", completion: .builds)
  var build: String?

  @Flag(help: "Only print the address.")
  var print = false

  @OptionGroup var location: ActorOptions
  @OptionGroup(title: "Platform") var target: VersionOptions
  @OptionGroup(title: "Platform") var platform: PlatformOptions
  @OptionGroup(title: "Output") var global: GlobalOptions

  @Flag(help: "Print the address in one JSON object.")
  var json = false

  static let operation = "open"

  func perform(_ environment: ProcessEnvironment) async throws(Failure) {
    let console = global.console(environment)
    let operation = AddressOperation(
      try target.settings(in: location.folder, environment, global.console(environment), readsVersion: false),
      build: build)
    let found = try await platform.withClient(environment, console) { client throws(Failure) in
      do throws(DeployError) { return try await operation.run(on: client) } catch { throw Failure(error) }
    }
    if json { return try write(OpenReport(found), environment) }
    let address = found.address
    try writeOutput { output throws(SystemError) in try output.write(text: TerminalText.of(address) + "\n") }
    guard !print, isatty(STDOUT_FILENO) == 1, environment["CI"] == nil else { return }
    if let problem = Browser(environment).open(address) { console.say(problem) }
  }
}
