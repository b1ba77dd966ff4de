// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ArgumentParser
internal import SystemIO

/// What every command understands.
struct GlobalOptions: ParsableArguments {
  enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
    case auto
    case always
    case never
  }

  @Flag(name: .shortAndLong, help: "Print only warnings and errors.")
  var quiet = false

  @Flag(name: .shortAndLong, help: "Print more, each request included; never the token.")
  var verbose = false

  @Option(help: "When to use colours: auto, always or never.")
  var color = ColorChoice.auto

  /// Whether the open file `number` gets colours.
  func isColored(_ number: Int32, _ environment: ProcessEnvironment) -> Bool {
    switch color {
    case .always: true
    case .never: false
    case .auto:
      isatty(number) == 1 && environment["NO_COLOR"] == nil && environment["TERM"] != "dumb"
    }
  }

  /// Standard error, as asked for.
  func console(_ environment: ProcessEnvironment) -> Console {
    var console = Console(
      level: quiet ? .quiet : verbose ? .verbose : .normal, isColored: isColored(STDERR_FILENO, environment),
      isWatched: isatty(STDERR_FILENO) == 1 && environment["CI"] == nil && environment["TERM"] != "dumb")
    console.warnings = environment.warnings
    return console
  }
}
