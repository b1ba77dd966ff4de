// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ArgumentParser
internal import Deploy
internal import DeployHooks
internal import Git
internal import SystemIO

struct HookStatusCommand: LocalCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", _superCommandName: HookCommand.path,
    abstract: "Show which hook runs, and the outcome of the last pushes.",
    discussion: """
        actorpush hook status         which hook runs, and the last pushes
        actorpush hook status --log   with the log of the last deploy
        actorpush hook status --json  the state, for a script
      """)

  @OptionGroup var repository: HookLocationOptions
  @OptionGroup var global: GlobalOptions

  @Flag(help: "Show the log of the last deploy, too.")
  var log = false

  @Flag(help: "Print the state as one JSON object.")
  var json = false

  static let operation = "hook status"
  static let cleansUp = false
  /// How many jobs are shown to people.
  private static let shown = 5

  func perform(_ environment: ProcessEnvironment) throws(Failure) {
    let found = try repository.find(environment)
    let now = ProcessEnvironment.now
    let history = DeployHistory(
      of: found.repository, found.git, in: environment.context.stateDirectory, now: now)
    let obstacle = found.location.obstacle(searchPath: environment.variables["PATH"])
    if json {
      try write(HookStatusReport(found.location, obstacle, history), environment)
      return
    }
    try writeOutput { output throws(SystemError) in
      try output.write(text: HookText.occupant(found.location) + "\n")
      if let obstacle {
        try output.write(text: "\(HookText.text(obstacle)); \(HookText.installAnew)\n")
      }
      for refusal in history.refusals { try output.write(text: HookText.line(refusal, now: now) + "\n") }
      for entry in history.entries.prefix(Self.shown) {
        for line in HookText.lines(entry, now: now, advice: { history.advice(on: $0, of: entry) }) {
          try output.write(text: line + "\n")
        }
      }
      if let last = history.entries.first {
        try output.write(text: "log of the last deploy: \(TerminalText.of(last.log))\n")
        if log { try output.write(Paths.contents(last.log) ?? []) }
      }
    }
  }
}
