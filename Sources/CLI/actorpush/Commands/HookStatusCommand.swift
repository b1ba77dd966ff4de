// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ArgumentParser
internal import DeployHooks
internal import Git
internal import SystemIO

struct HookStatusCommand: LocalCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Show which hook runs, and what became of the last pushes.")

  @OptionGroup var place: HookLocationOptions
  @OptionGroup var global: GlobalOptions

  @Flag(help: "Show the log of the last deploy, too.")
  var log = false

  @Flag(help: "Say it as one JSON object.")
  var json = false

  static let operation = "hook status"
  static let cleansUp = false
  /// How many jobs are shown to people.
  private static let shown = 5

  func perform(_ environment: ProcessEnvironment) throws(Failure) {
    let found = try place.find(environment)
    let entries =
      environment.stateFolder.map { state in
        JobStore(state: state, repository: found.repository.directory).entries(now: ProcessEnvironment.now)
      } ?? []
    if json {
      HookStatusReport(found.place, entries).write()
      return
    }
    do throws(SystemError) {
      var output = StandardOutput()
      try output.write(text: HookText.occupant(found.place) + "\n")
      for entry in entries.prefix(Self.shown) {
        for line in HookText.lines(entry, now: ProcessEnvironment.now) { try output.write(text: line + "\n") }
      }
      if let last = entries.first {
        try output.write(text: "log of the last one: \(TerminalText.of(last.log))\n")
        if log { try output.write(Paths.contents(last.log) ?? []) }
      }
      try output.flush()
    } catch {
      throw Failure(output: "standard output", error)
    }
  }
}

struct HookStatusReport: Report {
  struct Deploy: Encodable, Sendable {
    let id: String
    let created: Int
    let state: String
    let remote: String
    let targets: [DeployJob.Target]
    let results: [DeployResult.Target]?
    let log: String
  }

  let ok = true
  let operation = HookStatusCommand.operation
  let installed: Bool
  let hook: String
  let description: String
  let deploys: [Deploy]

  init(_ place: HookLocation, _ entries: [JobStore.Entry]) {
    let isConfigured = place.configured != nil && place.knowsConfiguredHooks
    let isOurs =
      switch place.occupant {
      case .ours, .edited: true
      default: false
      }
    installed = isConfigured || isOurs
    hook = TerminalText.utf8(place.path)
    description = HookText.occupant(place)
    deploys = entries.map { entry in
      let (state, results): (String, [DeployResult.Target]?) =
        switch entry.state {
        case .running: ("running", nil)
        case .lost: ("lost", nil)
        case .ended(let result): ("ended", result.targets)
        }
      return Deploy(
        id: entry.job.id, created: entry.job.created, state: state, remote: entry.job.remote,
        targets: entry.job.targets, results: results, log: TerminalText.utf8(entry.log))
    }
  }
}
