// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import ApifyAPI
internal import ArgumentParser
internal import Deploy

struct TagCommand: PlatformCommand {
  static let configuration = CommandConfiguration(
    commandName: "tag", _superCommandName: ActorPush.name,
    abstract: "Have a tag mean another build: back to one that was good, say.",
    discussion:
      "Runs that ask for the tag get that build from then on. Nothing is built, and no version changes.")

  @Argument(help: "The tag.")
  var tag: String

  @Option(help: "The build: its number (0.1.7), its ID, or previous for the one that succeeded before.")
  var build: String

  @Option(help: "The project's folder, whose actor.json names the Actor.")
  var folder = "."

  @OptionGroup var platform: PlatformOptions
  @OptionGroup var target: VersionOptions
  @OptionGroup var global: GlobalOptions

  @Flag(help: "Say what happened as one JSON object on standard output.")
  var json = false

  static let operation = "tag"

  func perform(_ environment: ProcessEnvironment) async throws(Failure) {
    let console = global.console(environment)
    let settings = try target.settings(in: folder)
    let userFiles = UserFiles(home: environment["HOME"].map { Array($0.utf8) })
    let client = try platform.client(environment, userFiles, console)
    let outcome: Result<TagMove.Outcome, Failure>
    do throws(DeployError) {
      let move = TagMove(tag, to: build == "previous" ? .previous : .named(build), client: client)
      outcome = .success(try await move.run(settings.reference))
    } catch {
      outcome = .failure(Failure(error, root: client.root))
    }
    await client.shutdown()
    let moved = try outcome.get()
    let number = moved.build.buildNumber ?? moved.build.id
    console.say(
      "\(TerminalText.of(tag)) now means build \(TerminalText.of(number))"
        + (moved.before.map { ", before \(TerminalText.of($0))" } ?? ""))
    if json {
      TagReport(
        actor: moved.actor.id, tag: tag, before: moved.before,
        build: .init(id: moved.build.id, number: number)
      ).write()
    }
  }
}

/// What tag says in JSON.
struct TagReport: Report {
  struct BuildReport: Encodable, Sendable {
    let id: String
    let number: String
  }

  let ok = true
  let operation = TagCommand.operation
  let actor: String
  let tag: String
  let before: String?
  let build: BuildReport
}
