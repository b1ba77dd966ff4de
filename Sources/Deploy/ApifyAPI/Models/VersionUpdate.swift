// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// A change of a version, or a new one. What is nil is not sent, and the platform leaves it as it is.
package struct VersionUpdate: Encodable, Sendable {
  /// The number of a new version.
  package var versionNumber: String?
  package var sourceType: SourceType?
  /// The inline source; a large one is sent as a `RequestBody` instead.
  package var sourceFiles: [SourceFile]?
  package var gitRepoUrl: String?
  /// The address of a zip.
  package var tarballUrl: String?
  package var gitHubGistUrl: String?
  /// All variables; others are removed.
  package var envVars: [EnvironmentVariable]?
  /// Whether builds get the variables as well.
  package var applyEnvVarsToBuild: Bool?
  /// The tag of its builds.
  package var buildTag: String?
  /// Whether its builds get no tag from now on.
  package var removesBuildTag = false

  /// An update that changes nothing.
  package init(versionNumber: String? = nil) { self.versionNumber = versionNumber }

  private enum CodingKeys: CodingKey {
    case versionNumber, sourceType, sourceFiles, gitRepoUrl, tarballUrl, gitHubGistUrl, envVars
    case applyEnvVarsToBuild, buildTag
  }

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
