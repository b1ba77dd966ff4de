// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deploy
internal import SystemIO

/// What `init` did, in words.
enum InitText {
  static func lines(_ outcome: InitOperation.Outcome, isDryRun: Bool) -> [String] {
    let name = outcome.name.map { TerminalText.of($0) } ?? "no name"
    var lines: [String] = []
    if outcome.isNew {
      let verb = isDryRun ? "would write" : "wrote"
      lines.append("\(verb) \(outcome.file): \(name), version \(outcome.version)")
    } else {
      lines.append(
        "\(outcome.file) is there already: \(name), version \(outcome.version); nothing is changed")
    }
    lines.append(
      outcome.dockerfile.map { "the build uses \(TerminalText.of($0))" }
        ?? outcome.missingDockerfile.map {
          "there is no \(TerminalText.of($0)), which \(outcome.file) names as \"dockerfile\": a build fails"
        }
        ?? "no Dockerfile: the platform builds with its default, an image for Node.js; add .actor/Dockerfile for another"
    )
    if !outcome.suggestions.isEmpty {
      let patterns = outcome.suggestions.map { TerminalText.of($0) }.joined(separator: " ")
      lines.append("in the package, and often unwanted there (leave them out in .actorignore): \(patterns)")
    }
    lines.append("next: actorpush list, then actorpush push")
    return lines
  }
}
