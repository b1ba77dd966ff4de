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
  }

  private let project: Project
  private let settings: PushSettings

  /// Reads actor.json, as far as `target` does not say. Blocks.
  package init(
    _ location: ProjectLocation, _ target: VersionTarget, _ context: OperationContext
  ) throws(DeployError) {
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
    return Outcome(found: found, comparison: try Comparison(remote, local))
  }
}
