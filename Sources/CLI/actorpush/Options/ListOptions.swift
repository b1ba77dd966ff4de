// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ArgumentParser

/// How a list of a package's entries is shown.
struct ListOptions: ParsableArguments {
  @Flag(help: "Show a tree, each directory with the size of all that it holds.")
  var tree = false

  @Flag(help: "Show the number and size of the files of each extension.")
  var summary = false

  @Option(
    help: ArgumentHelp(
      "Show the entries by name, or by size, the largest first.", valueName: "order"))
  var sort = PlanOrder.name

  @Option(help: ArgumentHelp("How deep the tree is shown.", valueName: "levels"))
  var depth: Int?

  @Flag(help: "Show what is left out, each with the rule that says so.")
  var ignored = false

  @Flag(help: "Print one JSON object: entries (name, kind, format, bytes, rule, secrets) and warnings.")
  var json = false

  @Flag(
    name: .customShort("0"), help: "Print only names, each ended by a NUL byte; folders end with a slash.")
  var null = false

  func validate() throws {
    if json && null { throw ValidationError("--json and -0 exclude each other") }
    if tree && summary { throw ValidationError("--tree and --summary exclude each other") }
    let shapes = [(tree, "--tree"), (summary, "--summary"), (sort == .size, "--sort size")]
    for case (true, let name) in shapes {
      if ignored { throw ValidationError("\(name) and --ignored exclude each other: no sizes are read") }
      if null { throw ValidationError("\(name) and -0 exclude each other: no sizes are read") }
    }
    if summary, sort != .name { throw ValidationError("--summary is sorted by size already") }
    guard let depth else { return }
    if !tree { throw ValidationError("--depth needs --tree") }
    if depth < 1 { throw ValidationError("--depth \(depth): at least 1") }
  }
}

extension PlanOrder: ArgumentChoice {}
