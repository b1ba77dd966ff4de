// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import SourceTree

/// Finds what is in the package, or what is not and why. Blocks.
package struct ListOperation: Sendable {
  /// What is wanted of each entry.
  package enum Detail: Sendable {
    /// Its name; no file is opened.
    case names
    /// Its format and size, too: each file is read.
    case formats
    /// The entries that are left out, each with its rule; no file is opened.
    case excluded
  }

  private let project: Project

  /// The entries of the files at `location`.
  package init(_ location: ProjectLocation, _ context: OperationContext) throws(DeployError) {
    project = try Project(location, context)
  }

  /// The plan that the package would be made of.
  package func run(_ detail: Detail, events: DeployEvents) throws(DeployError) -> Plan {
    try project.plan(
      detail: detail == .formats ? .formats : .names, recordsExcluded: detail == .excluded,
      opensFiles: detail == .formats, events: events)
  }
}
