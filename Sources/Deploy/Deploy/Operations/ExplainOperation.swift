// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import SourcePackage
package import SourceTree
internal import SystemIO

/// Says of paths whether they are in the package, by which rules, and what they take of its limits. Reads the
/// paths and the directories on the way to them, and nothing else. Blocks.
package struct ExplainOperation: Sendable {
  private let project: Project

  /// Explains paths in `directory`.
  package init(_ location: ProjectLocation, _ context: OperationContext) throws(DeployError) {
    project = try Project(location, context)
  }

  /// The verdict on each of `paths`, which are the system's, as a shell completes them. They need not exist.
  package func run(_ paths: [[UInt8]], events: DeployEvents) throws(DeployError) -> [Explanation] {
    let context = try project.contextSource()?.context
    var options = project.walkOptions
    options.scope = context?.scope
    let directory = context?.root ?? project.location.directory
    var walk = try Self.tree { [options] () throws(SourceTreeError) in
      try PathWalk(directory, options: options)
    }
    var explanations: [Explanation] = []
    for path in paths {
      let name = try ProjectPath.relative(path, to: walk.root)
      do throws(SourceTreeError) {
        let verdict = try walk.verdict(on: name, isDirectory: path.last == UInt8(ascii: "/"))
        explanations.append(try Explanation(verdict, in: context))
      } catch {
        throw DeployError(error)
      }
    }
    let warnings = try Self.tree { () throws(SourceTreeError) in try walk.warnings() }
    for warning in warnings { events(.treeWarning(warning)) }
    return explanations
  }

  private static func tree<Result>(
    _ body: () throws(SourceTreeError) -> Result
  ) throws(DeployError) -> Result {
    do throws(SourceTreeError) { return try body() } catch { throw DeployError(error) }
  }
}

/// The verdict on one path, and what it takes of the limits.
package struct Explanation: Sendable {
  package let verdict: PathVerdict
  /// What it is called in the package.
  package let name: [UInt8]
  /// What the bytes of the file say; nil for what is no file of the package.
  package let contents: ContentFacts?
  /// Nil for what is out, and for what does not exist.
  package let share: PayloadShare?

  /// - Parameter context: what is sent, where that is more than the project's directory.
  init(_ verdict: PathVerdict, in context: PackageContext?) throws(SourceTreeError) {
    self.verdict = verdict
    name = context?.packagePath(of: verdict.path) ?? verdict.path
    let onDisk = try verdict.contents()
    contents = onDisk == nil ? nil : context?.replacements[name].map { ContentFacts(of: $0) } ?? onDisk
    if let contents {
      share = PayloadShare(ofFile: name, contents)
    } else if verdict.kind == .directory, verdict.isIncluded, !name.isEmpty {
      share = PayloadShare(ofFolder: name)
    } else {
      share = nil
    }
  }
}
