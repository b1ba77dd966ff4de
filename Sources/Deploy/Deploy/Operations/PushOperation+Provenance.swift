// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import ApifyAPI
internal import SourcePackage
internal import SourceTree

extension PushOperation {
  /// How packages of `project` find out where they come from; nil where they do not say. Blocks.
  ///
  /// What the history tells is asked for when a package is sent: most are not.
  ///
  /// - Throws: that there is no commit to name, where there must be one.
  static func provenance(
    of project: Project, _ request: PushRequest, _ history: HistoryReader,
    _ search: SecretSearch?
  ) throws(DeployError) -> (@Sendable (PreparedPackage) -> Provenance)? {
    switch request.provenance {
    case .never: return nil
    case .always:
      do throws(SourceTreeError) { _ = try history.read() } catch { throw .init(error) }
    case .byProject:
      do throws(ProjectError) {
        let map = try project.contents(DeployMap.path).map { text throws(ProjectError) in try DeployMap(text)
        }
        if map?.provenance == false { return nil }
      } catch {
        throw .project(error)
      }
    }
    return { package in
      let digest = package.manifest.digest
      guard let history = try? history.read() else {
        return Provenance(commit: nil, branch: nil, isDirty: false, digest: digest, tool: request.tool)
      }
      var found = history.provenance(
        digest: digest, isZip: package.sourceType == .tarball, tool: request.tool)
      // All that a package says of itself others can read.
      if let branch = found.branch, search?.finds(in: branch) == true {
        found.branch = nil
      }
      return found
    }
  }
}
