// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

extension GitConfig {
  /// The same settings as git finds them. Starts git.
  ///
  /// - Throws: why git gives no answer. With a configuration that it can't read git does nothing at all.
  package func settled() throws(Git.Failure) -> GitConfig {
    guard let repository, undecided != nil else { return self }
    let git = Git(
      repository: repository.git, worktree: repository.worktree, variables: environment.variables,
      keeping: ["GIT_CONFIG_PARAMETERS"]
    ).answering()
    // A format that git does not know, or a setting that it refuses.
    _ = try git.output(["rev-parse", "--git-dir"])
    let listed = try git.output(["config", "--includes", "-z", "--list"])
    var settled = GitConfig(listed: listed, environment: environment, repository: repository)
    (settled.worktree, settled.objectFormat) = (worktree, objectFormat)
    settled.hasWorktreeConfig = hasWorktreeConfig
    if settled.undecided != nil {
      // A value that is no boolean is refused by git, in words.
      for key in GitConfig.booleans {
        _ = try git.output(["config", "--includes", "--type=bool", "--default=false", "--get", key])
      }
      // `~user`, or a directory of git's own.
      let paths = try git.output(["config", "--includes", "-z", "--type=path", "--get", "core.excludesFile"])
      settled.set(excludesFile: Array(paths.prefix { $0 != 0 }))
    }
    return settled
  }
}
