// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ArgumentParser
internal import Deploy

/// What is compared, and how it is shown.
struct DiffOptions: ParsableArguments {
  @Flag(help: "Compare the files here with what they and the version last had in common.")
  var base = false

  @Flag(name: [.customShort("R"), .customLong("reverse")], help: "From the files here to the other side.")
  var reverse = false

  @Flag(help: "Show how many lines are added and removed, file by file.")
  var stat = false

  @Flag(help: "Show only the names of files that differ.")
  var nameOnly = false

  @Flag(help: "Exit with 1 if anything differs, as git does.")
  var exitCode = false

  func choice(isJSON: Bool) -> DiffOperation.Choice {
    var choice = DiffOperation.Choice()
    (choice.isFromBase, choice.isReversed, choice.findsSides) = (base, reverse, isJSON)
    return choice
  }
}
