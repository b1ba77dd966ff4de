// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ArgumentParser
internal import DeployHooks

/// How the hook works.
struct PrePushOptions: ParsableArguments {
  @Flag(help: "Deploy within the hook, before the push has arrived, without waiting for the build.")
  var inHook = false

  @Flag(
    help:
      "Stop the push where the package cannot be made: an invalid actor.json, over the limit, a secret in it."
  )
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

  /// As they are written into a hook, with the map at `map`.
  func arguments(map: String?) -> [String] {
    var arguments: [String] = []
    if inHook { arguments.append("--in-hook") }
    if strict { arguments.append("--strict") }
    if let map { arguments += ["--map", map] }
    if let budget { arguments += ["--budget", String(budget)] }
    return arguments
  }

  /// Adds them to `request`.
  func apply(to request: inout PrePushOperation.Request) {
    request.map = map
    request.isStrict = strict
    request.deploysInHook = inHook
    request.budget = budget
  }
}
