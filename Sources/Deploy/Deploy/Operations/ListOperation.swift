// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import SourcePackage
package import SourceTree

/// Finds what is in the package, or what is not and why. Blocks.
package struct ListOperation: Sendable {
  /// What is wanted of each entry.
  package enum Detail: Sendable {
    /// Its name; no file is opened.
    case names
    /// Its format and size, too, and whether a secret stands in it: each file is read.
    case formats
    /// The entries that are left out, each with its rule; no file is opened.
    case excluded
  }

  /// What there is.
  package struct Outcome: Sendable {
    /// The plan that the package would be made of.
    package let plan: Plan
    /// The secrets in its files.
    package let secrets: [SecretFinder.Find]
  }

  private let project: Project

  /// The entries of the files at `location`.
  package init(_ location: ProjectLocation, _ context: OperationContext) throws(DeployError) {
    project = try Project(location, context)
  }

  /// Finds the entries.
  package func run(_ detail: Detail, events: DeployEvents) throws(DeployError) -> Outcome {
    let plan = try project.plan(
      detail: detail == .formats ? .formats : .names, recordsExcluded: detail == .excluded,
      opensFiles: detail == .formats, events: events)
    return Outcome(plan: plan, secrets: detail == .formats ? try secrets(in: plan) : [])
  }

  private func secrets(in plan: Plan) throws(DeployError) -> [SecretFinder.Find] {
    guard let search = SecretSearch(project.context) else { return [] }
    let finder = SecretFinder(search)
    do throws(PackageError) {
      _ = try PackageWriter.examine(
        plan, isZip: true,
        settings: PackageWriter.Settings(cancellation: project.context.cancellation, finder: finder))
    } catch {
      throw DeployError(error, output: "memory")
    }
    return try finder.found(in: plan)
  }
}
