// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import SourcePackage
package import SourceTree
package import SystemIO

/// What a directory's package would hold, with the contents of its files.
package struct LocalContents: Sendable {
  private let plan: Plan
  /// What there is.
  package let manifest: Manifest

  /// Reads the files of `plan` for their digests. Blocks: not for the cooperative pool's threads.
  ///
  /// - Parameter isZip: whether it is compared with a zip, which knows what is executable.
  package init(_ plan: Plan, isZip: Bool, cancellation: CancellationFlag) throws(DeployError) {
    do throws(PackageError) {
      manifest = try PackageWriter.examine(
        plan, isZip: isZip, settings: PackageWriter.Settings(cancellation: cancellation)
      ).manifest
    } catch {
      throw DeployError(error, output: "memory")
    }
    self.plan = plan
  }

  /// The contents of those of the files `names` that are not longer than `limit`, by their names.
  package func bytes(of names: Set<[UInt8]>, limit: Int) throws(DeployError) -> [[UInt8]: [UInt8]] {
    var contents: [[UInt8]: [UInt8]] = [:]
    do throws(SourceTreeError) {
      var reader = try PlanReader(plan)
      var path: [UInt8] = []
      for index in plan.entries.indices where plan.entries[index].kind != .directory {
        plan.path(of: index, into: &path)
        guard names.contains(path) else { continue }
        let file = try reader.open(index)
        if file.status.byteCount > limit { continue }
        contents[path] = try file.contents()
      }
    } catch {
      throw DeployError(error)
    }
    return contents
  }
}
