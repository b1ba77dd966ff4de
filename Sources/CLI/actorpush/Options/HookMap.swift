// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import Deploy
internal import DeployHooks
internal import Git
internal import SystemIO

/// A map of the user's, as the command line names it and as the hook gets it.
struct HookMap: Sendable {
  /// The path from the top of the work tree, where the file lies in it, and else from the root: git runs the
  /// hook at the top.
  let path: String

  /// The map at `given`, a path from the current directory; nil where none is given.
  ///
  /// - Throws: that it cannot be read, or is no map.
  init?(_ given: String?, _ found: HookLocationOptions.Found) throws(Failure) {
    guard let given else { return nil }
    func failure(_ reason: String) -> Failure {
      Failure(DeployError.project(ProjectError(.invalidDeployMap, file: given, reason: reason)))
    }
    let resolved: [UInt8]
    do throws(SystemError) { resolved = try Paths.resolved(Array(given.utf8)) } catch {
      throw failure(error.message)
    }
    guard let text = Paths.contentsOfRegularFile(resolved) else {
      throw failure(Paths.status(resolved)?.isDirectory == true ? "is a directory" : "cannot be read")
    }
    do throws(ProjectError) { _ = try DeployMap(text, file: given) } catch {
      throw Failure(DeployError.project(error))
    }
    let top = found.repository.worktree ?? found.repository.directory
    let path = (try? Paths.resolved(top)).flatMap { Paths.relative(resolved, to: $0) } ?? resolved
    guard let path = String(validating: path, as: UTF8.self) else { throw failure("its path is not UTF-8") }
    self.path = path
  }
}
