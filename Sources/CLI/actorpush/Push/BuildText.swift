// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import Deploy

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
    let tag = if case .moved(let tag) = ending.tag { ", now \(TerminalText.of(tag))" } else { "" }
    return "built \(name(ending.build))\(tag), \(Quantity.time(took)) in all"
  }

  /// That it has succeeded, and its tag means something else.
  static func tagWarning(_ ending: BuildEnding) -> String? {
    guard case .elsewhere(let tag, let number) = ending.tag else { return nil }
    let other = number.map { "still means build \(TerminalText.of($0))" } ?? "means no build yet"
    return "the tag \(TerminalText.of(tag)) \(other), not \(name(ending.build))"
  }

  /// How it ended, where it did not succeed.
  static func failure(_ ending: BuildEnding) -> Failure? {
    let name = name(ending.build)
    if ending.hasElapsed {
      return Failure(
        type: "still-building",
        message:
          "build \(name) goes on (\(ending.build.status.rawValue)); the version is updated, --wait was over",
        status: .stillBuilding, phase: "build")
    }
    let reason = ending.logTail.last { !$0.isEmpty }.map { ": " + TerminalText.line($0.utf8) } ?? ""
    return switch ending.build.status {
    case .succeeded: nil
    case .timedOut:
      Failure(
        type: "build-timed-out", message: "build \(name) took too long\(reason)", status: .buildTimedOut,
        phase: "build")
    case .aborted:
      Failure(
        type: "build-aborted", message: "build \(name) was aborted by somebody\(reason)",
        status: .buildAborted,
        phase: "build")
    default:
      Failure(
        type: "build-failed", message: "build \(name) failed\(reason)", status: .failed, phase: "build")
    }
  }

  private static func name(_ build: Build) -> String { TerminalText.of(build.buildNumber ?? build.id) }
}
