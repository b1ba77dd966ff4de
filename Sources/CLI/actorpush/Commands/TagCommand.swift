// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import ApifyAPI
internal import ArgumentParser
internal import Deploy
internal import SystemIO

struct TagCommand: PlatformCommand {
  static let configuration = CommandConfiguration(
    commandName: CommandName.tag.rawValue, _superCommandName: ActorPush.name,
    abstract: "Point a tag at another build, e.g. to roll back.",
    discussion: """
      Runs that ask for the tag get that build from then on. Nothing is built, and no version changes.

        actorpush tag latest --build previous  roll back to the build before
        actorpush tag latest --build 0.1.7     point it at a build
        actorpush tag stable --build latest    give a build another tag
      """)

  @Argument(help: "The tag.", completion: .tags)
  var tag: String

  @Option(
    help:
      "The build: its number (0.1.7), its ID, another tag, or previous for the one of the same version that succeeded before.",
    completion: .builds)
  var build: String

  @OptionGroup var location: ActorOptions
  @OptionGroup(title: "Platform") var target: VersionOptions
  @OptionGroup(title: "Platform") var platform: PlatformOptions
  @OptionGroup(title: "Output") var global: GlobalOptions

  @Flag(help: "Print the outcome as one JSON object on standard output.")
  var json = false

  static let operation = "tag"

  func validate() throws {
    if target.version != nil {
      throw ValidationError("--version is not for tag; a tag points at a build, whatever its version")
    }
  }

  func perform(_ environment: ProcessEnvironment) async throws(Failure) {
    let console = global.console(environment)
    let settings = try target.settings(
      in: location.folder, environment, global.console(environment), readsVersion: false)
    let tag = try tagValue("tag", tag)
    let operation = TagOperation(tag, to: build == "previous" ? .previous : .named(build), settings)
    let moved = try await platform.withClient(environment, console) { client throws(Failure) in
      do throws(DeployError) { return try await operation.run(on: client) } catch { throw Failure(error) }
    }
    let number = moved.build.buildNumber ?? moved.build.id
    let before = moved.before.map { "\(TerminalText.of($0)) → " } ?? ""
    console.say("\(tag): \(before)\(TerminalText.of(number))")
    if json { try write(TagReport(tag.description, moved), environment) }
  }
}
