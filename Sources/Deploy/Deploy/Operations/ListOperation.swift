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

  /// A larger file is no configuration: secrets are typed or pasted into small ones. A push searches all.
  private static let longestSearched = 8 << 20

  private let project: Project

  /// The entries of the files at `location`.
  package init(_ location: ProjectLocation, _ context: OperationContext) throws(DeployError) {
    project = try Project(location, context)
  }

  /// Finds the entries.
  package func run(_ detail: Detail, events: DeployEvents) throws(DeployError) -> Outcome {
    let search = detail == .formats ? try SecretSearch(project.context) : nil
    var screen: ContentScreen?
    if let search { screen = { search.finds(in: $0) } }
    let plan = try project.plan(
      detail: detail == .formats ? .formats : .names, recordsExcluded: detail == .excluded,
      opensFiles: detail == .formats, screen: screen, events: events)
    guard let search else { return Outcome(plan: plan, secrets: []) }
    return Outcome(plan: plan, secrets: try secrets(search, in: plan))
  }

  /// Looks closer at what the walk has flagged.
  private func secrets(
    _ search: SecretSearch, in plan: Plan
  ) throws(DeployError) -> [SecretFinder.Find] {
    let finder = SecretFinder(search)
    let flagged = plan.entries.indices.filter {
      plan.entries[$0].isFlagged && plan.entries[$0].byteCount <= Self.longestSearched
    }
    do throws(SourceTreeError) { try finder.inspect(flagged, of: plan) } catch { throw DeployError(error) }
    return try finder.found(in: plan)
  }
}
