// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import SourceTree
internal import SystemIO

/// Says of paths whether they are in the package, by which rule, and how they would be sent. Blocks.
package struct ExplainOperation: Sendable {
  private let project: Project

  /// Explains paths in `directory`.
  package init(_ location: ProjectLocation, _ context: OperationContext) throws(DeployError) {
    project = try Project(location, context)
  }

  /// The verdict on each of `paths`, which are the system's, as a shell completes them.
  package func run(_ paths: [[UInt8]], events: DeployEvents) throws(DeployError) -> [Explanation] {
    let plan = try project.plan(detail: .names, recordsExcluded: true, events: events)
    var index: [[UInt8]: Int] = [:]
    for entry in plan.entries.indices { index[plan.path(of: entry)] = entry }
    var explanations: [Explanation] = []
    for path in paths { explanations.append(try explain(path, plan, index)) }
    return explanations
  }

  private func explain(
    _ path: [UInt8], _ plan: Plan, _ index: [[UInt8]: Int]
  ) throws(DeployError) -> Explanation {
    let name = try Self.relative(path, to: plan.root)
    if name.isEmpty { return Explanation(path: name, verdict: .root) }
    if let place = index[name] {
      let entry = plan.entries[place]
      let found: (format: Entry.Format, byteCount: Int)?
      do throws(SourceTreeError) { found = entry.isDirectory ? nil : try plan.format(of: place) } catch {
        throw .tree(error)
      }
      return Explanation(
        path: name, verdict: .included(plan.rule(of: place)), format: found?.format,
        byteCount: found?.byteCount)
    }
    // Itself, or a directory above it.
    let excluded = plan.excluded.first { $0.covers(name) }
    guard let excluded else { throw .noSuchPath(path, .absent) }
    return Explanation(
      path: name, verdict: .excluded(excluded.rule, above: excluded.path == name ? nil : excluded.path))
  }

  /// `path` relative to `root`, as the plan names it. Its last component may be a link, which is an entry of
  /// its own.
  private static func relative(_ path: [UInt8], to root: [UInt8]) throws(DeployError) -> [UInt8] {
    var bytes = path
    while bytes.count > 1, bytes.last == UInt8(ascii: "/") { bytes.removeLast() }
    let last = bytes.split(separator: UInt8(ascii: "/")).last.map { Array($0) } ?? []
    let isSpecial = last.isEmpty || last == [UInt8(ascii: ".")] || last == Array("..".utf8)
    let whole: [UInt8]
    do throws(SystemError) {
      whole =
        isSpecial
        ? try Paths.resolved(bytes)
        : Paths.join(try Paths.resolved(Paths.parent(bytes) ?? Array(".".utf8)), last)
    } catch {
      throw .noSuchPath(path, .system(error))
    }
    guard Paths.isInside(whole, root) else { throw .noSuchPath(path, .outside(root)) }
    return Array(whole.dropFirst(root.count + (root.last == UInt8(ascii: "/") ? 0 : 1)))
  }
}

/// The verdict on one path.
package struct Explanation: Sendable {
  /// Whether it is in the package, and why.
  package enum Verdict: Sendable {
    /// It is the project's directory itself.
    case root
    /// It is in, by this rule; nil where no rule matches.
    case included(Rule?)
    /// It is out, by this rule; `above` is the directory that the rule leaves out, where it is not the path
    /// itself.
    case excluded(Rule, above: [UInt8]?)
  }

  /// The path, relative to the project's directory; empty for the directory itself.
  package let path: [UInt8]
  /// The verdict.
  package let verdict: Verdict
  /// How it would be sent; nil for a directory, and for what is out.
  package var format: Entry.Format?
  /// Its size in bytes.
  package var byteCount: Int?
}
