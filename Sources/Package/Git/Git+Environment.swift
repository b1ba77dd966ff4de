// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// What every git that is started gets, whatever the caller and the repository say.
extension Git {
  /// Variables that say which repository git works in, and how, for one call (`git rev-parse
  /// --local-env-vars`). git sets them for its hooks, and they would mislead a git that is started for
  /// anything else.
  ///
  /// `GIT_CONFIG_COUNT` is not among them: CI systems pass settings by it that are meant for every git, such
  /// as `safe.directory`.
  package static let localVariables: Set<String> = [
    "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_CONFIG", "GIT_CONFIG_PARAMETERS", "GIT_OBJECT_DIRECTORY",
    "GIT_DIR",
    "GIT_WORK_TREE", "GIT_IMPLICIT_WORK_TREE", "GIT_GRAFT_FILE", "GIT_INDEX_FILE", "GIT_NO_REPLACE_OBJECTS",
    "GIT_REPLACE_REF_BASE", "GIT_PREFIX", "GIT_INTERNAL_SUPER_PREFIX", "GIT_SHALLOW_FILE", "GIT_COMMON_DIR",
    "GIT_QUARANTINE_PATH",
  ]

  /// Variables that git, and what it may start, has no use for.
  private static let secrets: Set<String> = ["APIFY_TOKEN"]

  /// Settings for every call: git must not start the commands that a repository names to watch its work tree,
  /// or to verify the signatures of the commits that are listed. As arguments they win over every file,
  /// `GIT_CONFIG_COUNT` and `GIT_CONFIG_PARAMETERS`.
  static let settings = ["-c", "core.fsmonitor=false", "-c", "log.showSignature=false"].map { Array($0.utf8) }

  /// `variables` as git gets them.
  static func environment(_ variables: [String: String], _ network: Network) -> [String: String] {
    var environment = variables.filter { !secrets.contains($0.key) }
    // A replaced object (git-replace(1)) is not what is pushed.
    environment["GIT_NO_REPLACE_OBJECTS"] = "1"
    // No index is rewritten for a mere question.
    environment["GIT_OPTIONAL_LOCKS"] = "0"
    environment["GIT_TERMINAL_PROMPT"] = "0"
    environment["LC_ALL"] = "C"
    switch network {
    case .denied:
      environment["GIT_NO_LAZY_FETCH"] = "1"
      // The empty list. It wins over protocol.<name>.allow, and holds for versions that do not know the
      // variable above.
      environment["GIT_ALLOW_PROTOCOL"] = ""
    case .objects(let protocols):
      if environment["GIT_ALLOW_PROTOCOL"] == nil { environment["GIT_ALLOW_PROTOCOL"] = protocols }
    case .allowed: break
    }
    return environment
  }
}
