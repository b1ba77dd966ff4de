// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// What to change of a version, or what a new one is. What is nil isn't sent, and the platform leaves it as it is.
package struct VersionUpdate: Encodable, Sendable {
  /// For a new version: its number.
  package var versionNumber: String?
  /// Where the source is.
  package var sourceType: SourceType?
  /// The inline source. What is large comes as a `RequestBody` instead.
  package var sourceFiles: [SourceFile]?
  /// For a git repository.
  package var gitRepoUrl: String?
  /// For a zip.
  package var tarballUrl: String?
  /// For a gist.
  package var gitHubGistUrl: String?
  /// All variables: those that aren't in it go.
  package var envVars: [EnvironmentVariable]?
  /// Whether builds get the variables, too.
  package var applyEnvVarsToBuild: Bool?
  /// The tag that its builds get.
  package var buildTag: String?
  /// Whether its builds get no tag any more.
  package var removesBuildTag = false

  /// An update that changes nothing yet.
  package init(versionNumber: String? = nil) { self.versionNumber = versionNumber }

  private enum CodingKeys: CodingKey {
    case versionNumber, sourceType, sourceFiles, gitRepoUrl, tarballUrl, gitHubGistUrl, envVars
    case applyEnvVarsToBuild, buildTag
  }

  /// Writes what is not nil.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encodeIfPresent(versionNumber, forKey: .versionNumber)
    try container.encodeIfPresent(sourceType, forKey: .sourceType)
    try container.encodeIfPresent(sourceFiles, forKey: .sourceFiles)
    try container.encodeIfPresent(gitRepoUrl, forKey: .gitRepoUrl)
    try container.encodeIfPresent(tarballUrl, forKey: .tarballUrl)
    try container.encodeIfPresent(gitHubGistUrl, forKey: .gitHubGistUrl)
    try container.encodeIfPresent(envVars, forKey: .envVars)
    try container.encodeIfPresent(applyEnvVarsToBuild, forKey: .applyEnvVarsToBuild)
    if removesBuildTag {
      try container.encodeNil(forKey: .buildTag)
    } else {
      try container.encodeIfPresent(buildTag, forKey: .buildTag)
    }
  }
}
