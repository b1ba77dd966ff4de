// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ArgumentParser
internal import DeployHooks
internal import SystemIO

/// How the hook goes about it.
struct PrePushOptions: ParsableArguments {
  @Flag(help: "Deploy within the hook, before the push has arrived, without waiting for the build.")
  var inHook = false

  @Flag(
    help:
      "Stop the push where the package can't be made: an invalid actor.json, over the limit, a secret in it.")
  var strict = false

  @Option(help: "A file that says which branch goes where, in place of .actor/actorpush.json.")
  var map: String?

  @Option(help: ArgumentHelp("How long the hook may take, with --strict or --in-hook.", valueName: "seconds"))
  var budget: Int?

  func validate() throws {
    if let budget, !(1...600).contains(budget) {
      throw ValidationError("--budget must be from 1 to 600 seconds")
    }
  }

  /// As they are written into a hook.
  var arguments: [String] {
    var arguments: [String] = []
    if inHook { arguments.append("--in-hook") }
    if strict { arguments.append("--strict") }
    if let map { arguments += ["--map", map] }
    if let budget { arguments += ["--budget", String(budget)] }
    return arguments
  }
}

struct HookPrePushCommand: PlatformCommand {
  static let configuration = CommandConfiguration(
    commandName: "pre-push", abstract: "What git calls: deploys what is pushed.",
    discussion: """
      Reads the references from standard input, as githooks(5) has it. Whatever goes wrong here does not stop the push, \
      except what --strict is for.
      """)

  @OptionGroup var options: PrePushOptions
  @OptionGroup var global: GlobalOptions

  @Argument(help: "The remote's name.")
  var remote: String?

  @Argument(help: "The remote's address.")
  var url: String?

  static let operation = "hook pre-push"
  var json: Bool { false }

  func perform(_ environment: ProcessEnvironment) async throws(Failure) {
    let console = global.console(environment)
    if environment.variables["ACTORPUSH"] == "0" {
      console.say("actorpush: ACTORPUSH=0, nothing is deployed")
      return
    }
    let run = PrePushRun(command: self, environment: environment, console: console)
    do throws(Failure) {
      try await run.run()
    } catch {
      if error.status == .interrupted, environment.cancellation.isCancelled { throw error }
      if options.strict, error.status == .invalidInput {
        throw Failure(
          type: error.type,
          message: error.message
            + "; the push is stopped (--strict), git push --no-verify pushes all the same",
          status: .failed, phase: error.phase)
      }
      console.say("actorpush: \(error.message); the push goes on, nothing is deployed")
    }
  }
}
