// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import Git
internal import SystemIO

extension OperationContext {
  /// The same context without the variables by which git tells a hook its repository, and with a flag of its
  /// own that this one's cancels, too.
  ///
  /// Of `repository`, where it is not found from its own work tree, they are named anew: it lies elsewhere.
  package func outsideOfHook(of repository: RepositoryLocation) -> OperationContext {
    var variables = variables.filter { !Git.localVariables.contains($0.key) }
    if let top = repository.worktree, !Self.isFound(repository.directory, from: top),
      let directory = String(validating: repository.directory, as: UTF8.self),
      let worktree = String(validating: top, as: UTF8.self)
    {
      variables["GIT_DIR"] = directory
      variables["GIT_WORK_TREE"] = worktree
    }
    return OperationContext(
      variables: variables, home: home, stateDirectory: stateDirectory, spoolDirectories: spoolDirectories,
      cancellation: CancellationFlag(after: cancellation), meter: meter)
  }

  private static func isFound(_ repository: [UInt8], from top: [UInt8]) -> Bool {
    guard let path = try? Paths.resolved(top), let found = try? GitDirectories.containing(path),
      let directory = try? Paths.resolved(found.git)
    else { return false }
    return directory == (try? Paths.resolved(repository))
  }
}
