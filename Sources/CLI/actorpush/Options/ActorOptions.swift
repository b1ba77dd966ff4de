// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ArgumentParser

/// Where actor.json is looked for, for commands that need no files.
struct ActorOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The project's directory, whose actor.json names the Actor; otherwise the nearest one, from here up.",
      valueName: "directory"),
    completion: .directory)
  var folder: String?
}
