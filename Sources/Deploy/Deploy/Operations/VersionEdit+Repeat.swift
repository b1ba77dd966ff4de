// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import ApifyAPI
internal import SystemIO

/// What is judged before a request of an edit is sent again.
extension VersionEdit {
  /// Requires that a variable is what it was, or what the request for `wanted` makes of it.
  func check(
    _ now: EnvironmentVariable, is before: EnvironmentVariable?, becoming wanted: EnvironmentVariable? = nil,
    _ number: String
  ) throws(DeployError) {
    guard now.mayBe(before, orAlready: wanted) else { throw .changedMeanwhile(number) }
  }

  /// Whether `version` is what the update makes of it.
  func isMade(_ version: ActorVersion) -> Bool {
    let hasSource =
      switch source {
      case nil: true
      case .gitRepository(let url): version.sourceType == .gitRepository && version.gitRepoUrl == url
      case .tarball(let url): version.sourceType == .tarball && version.tarballUrl == url
      case .gist(let url): version.sourceType == .gist && version.gitHubGistUrl == url
      }
    let hasTag =
      switch buildTag {
      case nil: true
      case .set(let tag)?: version.buildTag == tag.description
      case .some(.none): version.buildTag == nil
      }
    return hasSource && hasTag
      && appliesVariablesToBuild.map { $0 == version.applyEnvVarsToBuild ?? false } ?? true
  }

  /// Whether what the update changes of a version is the same in `version` and `other`.
  func hasSameSettings(_ version: ActorVersion, as other: ActorVersion) -> Bool {
    let hasSource =
      source == nil
      || version.sourceType == other.sourceType && version.gitRepoUrl == other.gitRepoUrl
        && version.tarballUrl == other.tarballUrl && version.gitHubGistUrl == other.gitHubGistUrl
        && version.sourceFiles == other.sourceFiles
    return hasSource && (buildTag == nil || version.buildTag == other.buildTag)
      && (appliesVariablesToBuild == nil || version.applyEnvVarsToBuild == other.applyEnvVarsToBuild)
  }
}
