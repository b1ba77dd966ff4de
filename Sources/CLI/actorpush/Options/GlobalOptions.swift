// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ArgumentParser
internal import SystemIO

/// What every command understands.
struct GlobalOptions: ParsableArguments {
  /// What the last `--color` of `arguments` says; nil where none does, or nothing that is valid.
  static func color(in arguments: [String]) -> ColorChoice? {
    let words = arguments.prefix { $0 != "--" }
    var choice: ColorChoice?
    for (index, word) in words.enumerated() {
      let isNext = word == "--color" && index + 1 < words.count
      if let text = isNext ? words[index + 1] : word.hasPrefix("--color=") ? String(word.dropFirst(8)) : nil {
        choice = ColorChoice(rawValue: text)
      }
    }
    return choice
  }

  enum ColorChoice: String, ArgumentChoice {
    case auto
    case always
    case never

    /// Whether the open file `number` gets colours.
    func isColored(_ number: Int32, _ environment: ProcessEnvironment) -> Bool {
      switch self {
      case .always: true
      case .never: false
      case .auto: environment.isColored(number)
      }
    }
  }

  @Flag(name: .shortAndLong, help: "Print only warnings and errors.")
  var quiet = false

  @Flag(name: .shortAndLong, help: "Print more, each request included; never the token.")
  var verbose = false

  @Option(help: "When to use colours: auto, always or never.")
  var color = ColorChoice.auto

  /// Whether the open file `number` gets colours.
  func isColored(_ number: Int32, _ environment: ProcessEnvironment) -> Bool {
    color.isColored(number, environment)
  }

  /// Standard error, as asked for.
  func console(_ environment: ProcessEnvironment) -> Console {
    var console = Console(
      level: quiet ? .quiet : verbose ? .verbose : .normal, isColored: isColored(STDERR_FILENO, environment),
      isWatched: isatty(STDERR_FILENO) == 1 && environment["CI"] == nil && environment["TERM"] != "dumb",
      runner: GitHubRunner(environment))
    console.warnings = environment.warnings
    return console
  }

  /// How standard error shows what takes long: not at all where little is to be said, or one JSON object on
  /// standard output is all that is waited for.
  func progress(_ environment: ProcessEnvironment, isJSON: Bool) -> Progress.Form {
    let console = console(environment)
    if console.level == .quiet { return .none }
    if console.isWatched { return .line(columns: { environment.columns(of: STDERR_FILENO) }) }
    return isJSON ? .none : .lines
  }
}
