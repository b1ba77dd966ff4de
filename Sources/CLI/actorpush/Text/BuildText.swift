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
    case .resumed(let build): ["following build \(TerminalText.of(build.buildNumber ?? build.id))"]
    case .ended, .logLine: []
    case .waitingForTag(let tag): ["waiting for the tag \(TerminalText.of(tag))"]
    }
  }

  /// What a push does about the build of a version that needs no change.
  ///
  /// - Parameter isTried: whether that build is a candidate's, which is tried now and then gets the tag.
  static func decision(
    _ decision: BuildDecision, _ plan: PushPlan, isDryRun: Bool, isTried: Bool
  ) -> String {
    let version = PushText.subject(plan)
    let build = isDryRun ? "it would be built" : "building it"
    switch decision {
    case .upToDate(let number, let knowsSettings):
      let tag = (plan.settings.tagName ?? plan.remote?.buildTag).map { "\(TerminalText.of($0)) = " } ?? ""
      return "\(version) is up to date (\(tag)build \(shown(number)))"
        + (knowsSettings ? "" : ", by its files alone: with which variables it was built is not known")
    case .follow: return "\(version) holds this package, and its build is running"
    case .build(.asked): return "\(version) holds this package; \(build) (--build)"
    case .build(.neverBuilt): return "\(version) holds this package, but was never built; \(build)"
    case .build(.failed(let number)):
      return "\(version) holds this package, but its last build \(shown(number)) failed; \(build) again"
    case .build(.timedOut(let number)):
      return "\(version) holds this package, but its last build \(shown(number)) timed out; \(build) again"
    case .build(.aborted(let number)):
      return "\(version) holds this package, but its last build \(shown(number)) was aborted; \(build) again"
    case .build(.outdated(let number)):
      return "\(version) holds this package, but was changed since its last build \(shown(number)); \(build)"
    case .build(.doubtful(let number)):
      return "\(version) holds this package, but whether its last build \(shown(number)) has its variables, "
        + "which were changed, is not known; \(build)"
    case .build(.unknown(let number)):
      return "\(version) holds this package, but what its last build \(shown(number)) was made of "
        + "is not known for certain; \(build)"
    case .tagElsewhere(let tag, let number, let expected):
      let target = number.map { "build \(TerminalText.of($0))" } ?? "no build"
      let state =
        "\(version) holds this package, but \(TerminalText.of(tag)) points at \(target), not at its build "
        + shown(expected)
      if isTried {
        return state
          + (isDryRun ? "; it would be tried, and the tag moved to it" : "; trying it, to move the tag to it")
      }
      return
        "\(state); to move it: actorpush tag \(ShellText.word(tag)) --build \(ShellText.word(expected ?? "NUMBER"))"
    }
  }

  private static func shown(_ number: String?) -> String {
    number.map { TerminalText.of($0) } ?? "(unnumbered)"
  }

  /// That a candidate was not run, for `build` is no new one.
  static func notRun(_ build: Build?) -> Warning {
    Warning(
      "nothing is run: there is no new build" + (build.map { " since \(name($0))" } ?? ""),
      remedy: "push --candidate --build makes one")
  }

  /// What goes on in a run.
  static func lines(_ event: RunFollower.Event) -> [String] {
    switch event {
    case .started(let run, let build): ["running \(name(build)) (run \(TerminalText.of(run.id)))"]
    case .resumed(let run, let build):
      ["following run \(TerminalText.of(run.id)) of \(name(build)), which was started before"]
    case .logLine: []
    }
  }

  /// That a run has succeeded; nil for one that has not.
  static func done(_ ending: RunEnding, took: Duration) -> String? {
    guard !ending.hasElapsed, ending.run.status == .succeeded else { return nil }
    return "run \(TerminalText.of(ending.run.id)) succeeded in \(Quantity.time(took))"
  }

  /// That a tag was moved.
  static func moved(_ tag: String, from before: String?, to build: Build) -> String {
    TerminalText.of(tag) + ": " + (before.map { "\(TerminalText.of($0)) → " } ?? "") + name(build)
  }

  /// That it has succeeded.
  static func done(_ ending: BuildEnding, took: Duration) -> String {
    let tag = if case .moved(let tag) = ending.tag { " (\(TerminalText.of(tag)))" } else { "" }
    return "built \(name(ending.build))\(tag) in \(Quantity.time(took))"
  }

  /// That it has succeeded, and its tag means something else.
  static func tagWarning(_ ending: BuildEnding) -> String? {
    if case .unknown(let tag, let error) = ending.tag {
      return "whether the tag \(TerminalText.of(tag)) points at \(name(ending.build)) cannot be asked: "
        + Diagnosis(error).message
    }
    guard case .elsewhere(let tag, let number) = ending.tag else { return nil }
    let other = number.map { "still points at build \(TerminalText.of($0))" } ?? "points at no build yet"
    return "the tag \(TerminalText.of(tag)) \(other), not \(name(ending.build))"
  }

  private static func name(_ build: Build) -> String { TerminalText.of(build.buildNumber ?? build.id) }
}
