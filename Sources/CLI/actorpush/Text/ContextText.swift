// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deploy
internal import SystemIO

/// How much of a Docker context is packaged, in words: a line, or a warning where that was not decided.
enum ContextText {
  case line(String)
  case warning(Warning)

  static func of(_ extent: ContextExtent) -> ContextText {
    switch extent {
    case .reached: .line("Docker context: what the Dockerfile copies")
    case .asked: .line("Docker context: all of it (--whole-context)")
    case .noDockerfile: .line("Docker context: all of it, because there is no Dockerfile")
    case .copied(let file, let line, let text):
      .line("Docker context: all of it (\(TerminalText.of(file)):\(line): \(text))")
    case .undecided(let file, let line, let text):
      .warning(
        Warning(
          "\(text): what it copies cannot be decided; the whole Docker context is packaged",
          at: "\(TerminalText.of(file)):\(line)"))
    }
  }
}
