// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import Deploy
internal import SystemIO

/// A build in words.
enum BuildText {
  /// What goes on.
  static func lines(_ event: BuildFollower.Event) -> [String] {
    switch event {
    case .started(let build): ["building \(TerminalText.of(build.buildNumber ?? build.id))"]
    case .logLine(let line): ["  " + TerminalText.line(line.utf8)]
    case .waitingForTag(let tag): ["waiting for the tag \(TerminalText.of(tag))"]
    }
  }

  /// That it has succeeded.
  static func done(_ ending: BuildEnding, took: Duration) -> String {
    let tag = if case .moved(let tag) = ending.tag { " (\(TerminalText.of(tag)))" } else { "" }
    return "built \(name(ending.build))\(tag) in \(Quantity.time(took))"
  }

  /// That it has succeeded, and its tag means something else.
  static func tagWarning(_ ending: BuildEnding) -> String? {
    guard case .elsewhere(let tag, let number) = ending.tag else { return nil }
    let other = number.map { "still points at build \(TerminalText.of($0))" } ?? "points at no build yet"
    return "the tag \(TerminalText.of(tag)) \(other), not \(name(ending.build))"
  }

  private static func name(_ build: Build) -> String { TerminalText.of(build.buildNumber ?? build.id) }
}
