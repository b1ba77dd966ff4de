// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import ApifyAPI
internal import SourcePackage
internal import SourceTree
internal import SystemIO

/// Compares the version on the platform with the files here.
package struct DiffOperation: Sendable {
  /// What differs.
  package struct Outcome {
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

  private let project: Project
  private let settings: PushSettings
  private let findsBase: Bool

  /// Reads actor.json, as far as `target` does not say. Blocks.
  ///
  /// - Parameter findsBase: whether to find out, too, which side has changed what.
  package init(
    _ location: ProjectLocation, _ target: VersionTarget, _ context: OperationContext, findsBase: Bool = false
  ) throws(DeployError) {
    self.findsBase = findsBase
    project = try Project(location, context)
    settings = try project.settings(for: target)
  }

  /// Compares; the tree is walked while the platform answers.
  package func run(
    on platform: some Platform, events: @escaping DeployEvents
  ) async throws(DeployError) -> Outcome {
    let reader = VersionReader(settings, platform: platform)
    async let asked = reader.result()
    // An error of the tree comes first: the user can mend it, whatever the platform says.
    let plan = try await Threads.run { [project] () throws(DeployError) in try project.plan(events: events) }
    let found = try await asked.get()
    let context = project.context
    let remote = try await reader.contents(of: found, spoolDirectories: context.spoolDirectories)
    let isZip = found.remote.sourceType == .tarball
    let local = try await Threads.run { () throws(DeployError) in
      try LocalContents(plan, isZip: isZip, cancellation: context.cancellation)
    }
    var changed: (here: Set<[UInt8]>, platform: Set<[UInt8]>)?
    if findsBase, let base = await base(found, local.manifest, platform) {
      func names(_ manifest: Manifest) -> Set<[UInt8]> {
        Set(ManifestDifference(from: base, to: manifest).changes.map(\.name))
      }
      changed = (names(local.manifest), names(remote.manifest))
    }
    return Outcome(found: found, comparison: try Comparison(remote, local), changed: changed)
  }

  private func base(
    _ found: VersionReader.Found, _ local: Manifest, _ platform: any Platform
  ) async -> Manifest? {
    let key = VersionMemory.Key(
      root: platform.root.description, actorID: found.actor.id, version: found.version.versionNumber)
    let version = PulledVersion(
      actor: found.actor, version: found.version, remote: found.remote, build: nil)
    // Of a commit the directory need not have the files.
    let memory = project.commit == nil ? project.memory : nil
    return await PullBase.find(version, key, memory, project, local, on: platform).manifest
  }
}
