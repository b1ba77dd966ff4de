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

  /// An update that changes nothing yet.
  package init(versionNumber: String? = nil) { self.versionNumber = versionNumber }
}
