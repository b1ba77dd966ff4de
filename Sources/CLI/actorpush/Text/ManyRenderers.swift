// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deploy
internal import SystemIO

/// Shows what several deploys report, each line with the directory of its Actor before it.
struct ManyRenderers: Sendable {
  private let renderers: [[UInt8]: DeployRenderer]
  private let console: Console

  init(_ actors: [FoundActor], _ console: Console) {
    // Lines of progress would overwrite each other.
    self.console = Console(
      level: console.level, isColored: console.isColored, isWatched: false, runner: console.runner)
    var renderers: [[UInt8]: DeployRenderer] = [:]
    for actor in actors {
      var own = Self.console(self.console, of: actor)
      own.warnings = WarningLog()
      renderers[actor.directory] = DeployRenderer(own, isOneOfMany: true)
    }
    self.renderers = renderers
  }

  /// The one of `actor`.
  subscript(actor: FoundActor) -> DeployRenderer { renderers[actor.directory] ?? DeployRenderer(console) }

  /// Standard error, for lines about `actor`.
  func console(of actor: FoundActor) -> Console { Self.console(console, of: actor) }

  private static func console(_ console: Console, of actor: FoundActor) -> Console {
    var own = console
    own.prefix = TerminalText.of(actor.directory) + ": "
    return own
  }
}
