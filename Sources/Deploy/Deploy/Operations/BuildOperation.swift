// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import ActorProject
package import ApifyAPI

/// Looks at one build of an Actor, follows or aborts it, or starts one.
package struct BuildOperation: Sendable {
  /// What is done.
  package enum Action: Sendable, Equatable {
    /// Nothing is changed, and nothing waited for.
    case look
    /// The build is followed to its end.
    case follow
    /// The build is aborted.
    case abort
    /// The version is built, whatever its source, and that is followed; the build gets the tag, or that of
    /// the version.
    case start(tag: BuildTag?)
  }

  /// Which build.
  package enum Target: Sendable, Equatable {
    /// The one with this number, id or tag.
    case named(String)
    /// The newest one of this version, or of all.
    case newest(VersionNumber?)
  }

  /// What there is.
  package struct Outcome: Sendable {
    /// The Actor.
    package let actor: ApifyActor
    /// `jane/my-actor`.
    package var actorName: String { actor.qualifiedName }
    /// The build as it was seen last.
    package let build: BuildDescription
    /// How it ended, where it was followed.
    package let ending: BuildEnding?
    /// Where it can be looked at.
    package let pages: PlatformPages
  }

  private let settings: PushSettings
  private let target: Target
  private let action: Action
  private let wait: Duration?
  private let keepsBuild: @Sendable () -> Bool

  /// Does `action` with the build of the Actor that `settings` name.
  ///
  /// - Parameters:
  ///   - target: the build; for `start` it is the new one, of the settings' version.
  ///   - wait: how long the build is followed; nil for as long as it takes.
  ///   - keepsBuild: whether a build that was started goes on although the task is cancelled.
  package init(
    _ settings: PushSettings, _ target: Target, _ action: Action, wait: Duration? = nil,
    keepsBuild: @escaping @Sendable () -> Bool = { false }
  ) {
    self.keepsBuild = keepsBuild
    self.settings = settings
    self.target = target
    self.action = action
    self.wait = wait
  }

  /// Carries it out.
  ///
  /// - Throws: `noSuchActor`, `noSuchVersion`, `noSuchBuild`, and what the platform says.
  package func run(
    on platform: some Platform, events: @escaping DeployEvents
  ) async throws(DeployError) -> Outcome {
    var list = try await BuildList.read(settings, on: platform)
    var (build, ending): (Build, BuildEnding?)
    switch action {
    case .look: (build, ending) = (try find(in: list), nil)
    case .abort:
      let running = try find(in: list)
      (build, ending) = (try await abort(running, platform), nil)
    case .follow:
      let followed = try await follow(try find(in: list), list, platform, events)
      (build, ending) = (followed.build, followed)
    case .start(let tag):
      let started = try await start(list, tag, platform, events)
      (build, ending) = (started.build, started)
    }
    // A tag has moved meanwhile, perhaps.
    let id = list.actor.id
    if ending != nil, let actor = await within(Self.lastLook, { try? await platform.actor(.id(id)) }) ?? nil {
      list = BuildList(actor, list.builds, organizationID: list.organizationID)
    }
    let description = try await describe(build, list.tags(of: build), hasEnded: ending != nil, platform)
    return Outcome(
      actor: list.actor, build: description, ending: ending,
      pages: PlatformPages(platform.root, actorID: list.actor.id, organizationID: list.organizationID))
  }

  /// How long a look takes at the most that tells no more of a build than what came of it.
  private static var lastLook: Duration { .seconds(2) }

  /// - Parameter hasEnded: whether it is known how the build ended: that does not depend on this look.
  private func describe(
    _ build: Build, _ tags: [String], hasEnded: Bool, _ platform: some Platform
  ) async throws(DeployError) -> BuildDescription {
    guard hasEnded || action == .abort else {
      return try await BuildDescription(build, tags: tags, on: platform)
    }
    let described = await within(Self.lastLook) {
      await platform.result { try await BuildDescription(build, tags: tags, on: platform) }
    }
    if case .success(let description)? = described { return description }
    return BuildDescription(undescribed: build, tags: tags)
  }

  /// Calls `onLine` with each line of the log of `build`, as far as it has come.
  package func readLog(
    of build: Build, on platform: some Platform, onLine: (String) async -> Void
  ) async throws(DeployError) {
    try await platform.ask { try await platform.readLog(of: build.id, onLine: onLine) }
  }

  private func find(in list: BuildList) throws(DeployError) -> Build {
    switch target {
    case .named(let name):
      guard let build = list.build(name) else {
        throw .noSuchBuild(
          "\(list.actor.qualifiedName) has no build \(name), and no tag of that name",
          help: list.offer(insteadOf: name))
      }
      return build
    case .newest(let version):
      guard let build = list.builds(of: version).first else {
        let name = list.actor.qualifiedName
        throw .noSuchBuild(
          version.map { "version \($0) of \(name) has no build yet" } ?? "\(name) has no builds yet",
          help: list.builds.isEmpty ? "actorpush push makes one" : list.offer())
      }
      return build
    }
  }

  private func abort(_ build: Build, _ platform: some Platform) async throws(DeployError) -> Build {
    do throws(DeployError) {
      return try await platform.ask { try await platform.abortBuild(id: build.id) }
    } catch {
      throw error.during(.buildAbort(build))
    }
  }

  private func follow(
    _ build: Build, _ list: BuildList, _ platform: some Platform, _ events: @escaping DeployEvents
  ) async throws(DeployError) -> BuildEnding {
    let start = ContinuousClock.now
    // The tag that it was started with is not known.
    let ending = try await follower(list, tag: nil, platform, events).resume(build)
    events(.buildEnded(ending, after: .now - start))
    return ending
  }

  private func start(
    _ list: BuildList, _ tag: BuildTag?, _ platform: some Platform, _ events: @escaping DeployEvents
  ) async throws(DeployError) -> BuildEnding {
    let number = settings.version.description
    guard let version = list.actor.versions.first(where: { $0.versionNumber == number }) else {
      throw .noSuchVersion(
        number, actor: list.actor.qualifiedName, others: list.actor.versions.map(\.versionNumber))
    }
    let start = ContinuousClock.now
    let progress = ProgressRecord()
    let note: DeployEvents = { event in
      if case .build(.started) = event { progress.set(.build, .done) }
      events(event)
    }
    let follower = follower(list, tag: tag?.description ?? version.buildTag, platform, note) { build in
      guard let owner = list.owner, let settings = FrozenSettings(of: version) else { return }
      await BuildRecord(of: build.id, settings).write(
        version: number, actor: list.actor.id, owner: owner, on: platform)
    }
    let ending: BuildEnding
    do throws(DeployError) {
      // One that was there before is not the one that is started, however new.
      ending = try await follower.run(after: list.builds.first?.id)
    } catch {
      throw progress.current[.build] == .none ? error.during(.buildStart) : error
    }
    events(.buildEnded(ending, after: .now - start))
    return ending
  }

  private func follower(
    _ list: BuildList, tag: String?, _ platform: some Platform, _ events: @escaping DeployEvents,
    onStart: @escaping @Sendable (Build) async -> Void = { _ in }
  ) -> BuildFollower {
    BuildFollower(
      platform: platform, actorID: list.actor.id, version: settings.version.description, tag: tag, wait: wait,
      keepsBuild: keepsBuild, onStart: onStart
    ) { events(.build($0)) }
  }
}
