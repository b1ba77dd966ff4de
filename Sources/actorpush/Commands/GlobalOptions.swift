// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ArgumentParser
internal import POSIX

/// What every command understands.
struct GlobalOptions: ParsableArguments {
  enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
    case auto
    case always
    case never
  }

  @Flag(name: .shortAndLong, help: "Say only warnings and errors.")
  var quiet = false

  @Flag(name: .shortAndLong, help: "Say more, requests among it; never the token.")
  var verbose = false

  @Option(help: "When to use colours: auto, always or never.")
  var color = ColorChoice.auto

  /// Standard error, as asked for.
  func talk(_ surroundings: Surroundings) -> Talk {
    let isTerminal = isatty(STDERR_FILENO) == 1
    let isColored =
      switch color {
      case .always: true
      case .never: false
      case .auto: isTerminal && surroundings["NO_COLOR"] == nil && surroundings["TERM"] != "dumb"
      }
    return Talk(
      level: quiet ? .quiet : verbose ? .verbose : .normal, isColored: isColored,
      isWatched: isTerminal && surroundings["CI"] == nil && surroundings["TERM"] != "dumb")
  }
}
