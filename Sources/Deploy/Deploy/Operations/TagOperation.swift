// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import ActorProject
package import ApifyAPI
internal import SystemIO

/// Points a tag of an Actor at another build, e.g. to roll back.
package struct TagOperation: Sendable {
  /// Which build.
  package enum Target: Sendable {
    /// The one with this number or id, or the one that this other tag points at.
    case named(String)
    /// The newest one of the same version that succeeded before the one that the tag points at.
    case previous
  }

  /// What was done.
  package struct Outcome: Sendable {
    /// The Actor.
    package let actor: ApifyActor
    /// The number of the build that the tag pointed at before.
    package let before: String?
    /// The build that it points at now.
    package let build: Build
  }

  private let tag: BuildTag
  private let target: Target
  private let settings: PushSettings

  /// Points `tag` of the Actor that `settings` name at `target`.
  package init(_ tag: BuildTag, to target: Target, _ settings: PushSettings) {
    self.tag = tag
    self.target = target
    self.settings = settings
  }

  /// Moves the tag.
  ///
  /// - Throws: `noSuchBuild` where no build can have it, and what the platform says.
  package func run(on platform: some Platform) async throws(DeployError) -> Outcome {
    async let askedBuilds = platform.result {
      try await platform.builds(of: settings.reference, limit: BuildList.reach)
    }
    let actor = try await settings.actor(on: platform)
    let builds = try await askedBuilds.get()
    let current = actor.taggedBuilds[tag.description]
    let build = try pick(from: BuildList(actor, builds))
    let moved: ApifyActor
    do throws(DeployError) {
      moved = try await platform.moveTag(
        tag.description, to: build, from: current?.buildId, actor: actor.id)
    } catch {
      throw error.during(.tag(tag.description, build))
    }
    return Outcome(actor: moved, before: current?.buildNumber, build: build)
  }

  private func pick(from list: BuildList) throws(DeployError) -> Build {
    switch target {
    case .named(let name):
      guard let build = list.build(name) else {
        throw .noSuchBuild(
          "\(list.actor.qualifiedName) has no build \(name)",
          help: list.offer(insteadOf: name, areSuccessful: true))
      }
      guard build.status == .succeeded else {
        throw .noSuchBuild(
          "build \(name) has not succeeded (\(build.status.rawValue)); only a successful build can be tagged",
          help: list.offer(areSuccessful: true))
      }
      return build
    case .previous:
      switch list.previous(of: tag.description) {
      case .build(let build): return build
      case .noCurrent:
        throw .noSuchBuild(
          "the tag \(tag) points at no build yet",
          help: "name one by --build; " + list.offer(insteadOf: tag.description))
      case .none(let version):
        throw .noSuchBuild(
          "no earlier build \(version.map { "of version \($0) " } ?? "")has succeeded that \(tag) could go back to",
          help: "name one by --build; " + list.offer(areSuccessful: true))
      case .tagged(let build, let tags):
        let number = build.buildNumber ?? build.id
        throw .noSuchBuild(
          "the build before is \(number), which \(tags.joined(separator: ", ")) points at: \(tag) may never have had it",
          help: "if it is the one, --build \(ShellText.word(number)); " + list.offer(areSuccessful: true))
      }
    }
  }
}
