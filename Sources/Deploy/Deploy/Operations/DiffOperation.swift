// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
package import ApifyAPI
internal import SourcePackage
internal import SourceTree
internal import SystemIO

/// Compares the version on the platform with the files here.
package struct DiffOperation: Sendable {
  /// What differs.
  package struct Outcome: Sendable {
    /// The version.
    package let found: VersionReader.Found
    /// The files of both sides.
    package let comparison: Comparison
    /// The names that were changed here and on the platform since the common base; nil where that is not
    /// known.
    private(set) var changed: (here: Set<[UInt8]>, platform: Set<[UInt8]>)?

    /// Who has changed `name` since the common base: "here", "platform" or "both"; nil where that is not
    /// known.
    package func side(of name: [UInt8]) -> String? {
      guard let changed else { return nil }
      switch (changed.here.contains(name), changed.platform.contains(name)) {
      case (true, true): return "both"
      case (true, false): return "here"
      case (false, true): return "platform"
      case (false, false): return nil
      }
    }
  }

  /// What is compared, and how.
  package struct Choice: Sendable {
    /// Whether the files here are compared with what both sides last had in common, not with the version.
    package var isFromBase = false
    /// Whether it is told what would make the older of the files here.
    package var isReversed = false
    /// Whether to find out which side has changed what.
    package var findsSides = false

    /// From the version on the platform to the files here.
    package init() {}
  }

  private let project: Project
  private let settings: PushSettings
  private let choice: Choice

  /// Reads actor.json, as far as `target` does not say. Blocks.
  package init(
    _ location: ProjectLocation, _ target: VersionTarget, _ context: OperationContext,
    _ choice: Choice = Choice()
  ) throws(DeployError) {
    self.choice = choice
    project = try Project(location, context)
    settings = try project.settings(for: target)
  }

  /// Compares; the tree is walked while the platform answers.
  ///
  /// - Parameter output: a file that is no part of the package; nil for none.
  package func run(
    on platform: some Platform, output: [UInt8]? = nil, events: @escaping DeployEvents
  ) async throws(DeployError) -> Outcome {
    let reader = VersionReader(settings, platform: platform)
    async let asked = reader.result()
    // An error of the tree comes first: the user can mend it, whatever the platform says.
    let plan = try await Threads.run { [project] () throws(DeployError) in
      try project.plan(output: output, events: events)
    }
    let found = try await asked.get()
    let context = project.context
    let remote = try await reader.contents(of: found, spoolDirectories: context.spoolDirectories)
    let isZip = found.remote.sourceType == .tarball
    let local = try await Threads.run { () throws(DeployError) in
      try LocalContents(plan, isZip: isZip, cancellation: context.cancellation)
    }
    var base: PullBase?
    if choice.findsSides || choice.isFromBase { base = await self.base(found, local.manifest, platform) }
    var changed: (here: Set<[UInt8]>, platform: Set<[UInt8]>)?
    if let manifest = base?.manifest {
      func names(_ other: Manifest) -> Set<[UInt8]> {
        Set(ManifestDifference(from: manifest, to: other).changes.map(\.name))
      }
      changed = (names(local.manifest), names(remote.manifest))
    }
    let old =
      if choice.isFromBase { try await side(base, local, remote, platform) } else { Comparison.Side(remote) }
    let new = try await Threads.run { () throws(DeployError) in
      try Comparison.Side(local, against: old.manifest)
    }
    let comparison =
      choice.isReversed ? Comparison(from: new, to: old) : Comparison(from: old, to: new)
    return Outcome(found: found, comparison: comparison, changed: changed)
  }

  /// What both sides last had in common, with those of its files that differ here.
  private func side(
    _ base: PullBase?, _ local: LocalContents, _ remote: RemoteContents, _ platform: any Platform
  ) async throws(DeployError) -> Comparison.Side {
    guard let base, let manifest = base.manifest else {
      throw .project(
        ProjectError(
          .noCommonBase,
          reason: "what the files here and the version last had in common is not known",
          help: "leave out --base"))
    }
    let names = Set(ManifestDifference(from: manifest, to: local.manifest).files.map(\.name))
    // What the platform has not changed since need not be looked for.
    let changed = names.intersection(
      ManifestDifference(from: manifest, to: remote.manifest).files.map(\.name))
    let (contents, _) = await base.contents(
      of: changed, settings, spoolDirectories: project.context.spoolDirectories, on: platform)
    return Comparison.Side(manifest, contents, else: Comparison.Side(remote))
  }

  private func base(
    _ found: VersionReader.Found, _ local: Manifest, _ platform: any Platform
  ) async -> PullBase {
    let key = VersionMemory.Key(
      root: platform.root.description, actorID: found.actor.id, version: found.version.versionNumber)
    let version = PulledVersion(
      actor: found.actor, version: found.version, remote: found.remote, build: nil)
    // Of a commit the directory need not have the files.
    let memory = project.commit == nil ? project.memory : nil
    return await PullBase.find(version, key, memory, project, local, on: platform)
  }
}
