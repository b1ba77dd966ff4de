// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deploy
internal import SystemIO

/// How much of a Docker context is packaged, in words.
enum ContextText {
  static func of(_ extent: ContextExtent) -> String {
    switch extent {
    case .reached: "Docker context: what the Dockerfile copies"
    case .asked: "Docker context: all of it (--whole-context)"
    case .noDockerfile: "Docker context: all of it, because there is no Dockerfile"
    case .copied(let file, let line, let text):
      "Docker context: all of it (\(TerminalText.of(file)):\(line): \(text))"
    case .undecided(let file, let line, let text):
      "\(TerminalText.of(file)):\(line): \(text): what it copies cannot be decided; the whole Docker context is packaged"
    }
  }
}
