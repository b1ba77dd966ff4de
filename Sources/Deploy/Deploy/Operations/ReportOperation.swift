// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import ActorProject
internal import SourcePackage
package import SourceTree

/// Finds all that a page about a package shows, but for what the platform holds. Blocks.
package struct ReportOperation: Sendable {
  /// What there is.
  package struct Outcome: Sendable {
    /// The package, with sizes and formats, and what is left out.
    package let plan: Plan
    /// How much lies in each of `plan.excluded`.
    package let excluded: [ExcludedSizes.Size]
    /// The findings and the limits.
    package let check: CheckOperation.Outcome
  }

  private let project: Project
  private let check: CheckOperation

  /// A report on the files at `location`, as they would be pushed to `target`.
  ///
  /// - Parameter secretsAllowedIn: files that may hold a secret.
  package init(
    _ location: ProjectLocation, target: VersionTarget, form: SourceChoice,
    secretsAllowedIn: Set<[UInt8]> = [], _ context: OperationContext
  ) throws(DeployError) {
    project = try Project(location, context)
    check = try CheckOperation(
      location, target: target, form: form, secretsAllowedIn: secretsAllowedIn, context)
  }

  /// Reads all files.
  ///
  /// - Parameter output: the file that the page is written to, absolute and without links, where it lies in
  ///   the project: it is no part of the package.
  package func run(output: [UInt8]?, events: @escaping DeployEvents) throws(DeployError) -> Outcome {
    let outcome = try check.run(output: output, events: events)
    let plan = try project.plan(detail: .formats, recordsExcluded: true, output: output) { _ in }
    let sizes = project.commit == nil ? ExcludedSizes.of(plan) : []
    return Outcome(plan: plan, excluded: sizes, check: outcome)
  }
}
