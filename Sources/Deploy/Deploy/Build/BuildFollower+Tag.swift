// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI

extension BuildFollower {
  /// Waits until the tag points at `build`, which has succeeded: the platform moves it a little later.
  ///
  /// A tag that stays where it was is moved: the platform does so later still, or never, as where the answer
  /// to the request was lost and others started this build, with another tag. Where it points at a third
  /// build, others have moved it, and it stays; so it does where others have started the build, for it may
  /// have been rolled back before.
  func waitForTag(
    _ build: Build, isOwn: Bool, until deadline: ContinuousClock.Instant?
  ) async throws(DeployError) -> BuildEnding.Tag {
    guard let tag else { return .none }
    let end = min(ContinuousClock.now + patience.tag, deadline ?? ContinuousClock.now + patience.tag)
    var delay = patience.firstPause
    var isTold = false
    do throws(DeployError) {
      while true {
        let actor = try await platform.ask { try await platform.actor(.id(actorID)) }
        let target = actor?.taggedBuilds[tag.name]
        if target?.buildId == build.id { return .moved(tag.name) }
        if ContinuousClock.now >= end {
          guard isOwn, target?.buildId == tag.before else {
            return .elsewhere(tag.name, buildNumber: target?.buildNumber)
          }
          try await platform.moveTag(tag.name, to: build, from: tag.before, actor: actorID)
          return .moved(tag.name)
        }
        if !isTold { onEvent(.waitingForTag(tag.name)) }
        isTold = true
        let pause = delay
        _ = try await platform.ask { try await Task.sleep(for: pause) }
        delay = min(delay * 2, .seconds(2))
      }
    } catch {
      // The build is there, whatever its tag means.
      switch error {
      case .interrupted: throw error
      case .tagMoved(let name, let number, _): return .elsewhere(name, buildNumber: number)
      default: return .unknown(tag.name, error)
      }
    }
  }
}
