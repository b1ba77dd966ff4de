// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// A version of an Actor, with its inline source.
package struct ActorVersion: Decodable, Sendable {
  /// `0.1`.
  package let versionNumber: String
  /// Where its source is; nil where the API doesn't say.
  package let sourceType: SourceType?
  /// The inline source; nil where there is no such field.
  package let sourceFiles: [SourceFile]?
  /// For a git repository.
  package let gitRepoUrl: String?
  /// For a zip.
  package let tarballUrl: String?
  /// For a gist.
  package let gitHubGistUrl: String?
  /// Its variables; nil where there is no such field.
  package let envVars: [EnvironmentVariable]?
  /// Whether builds get the variables, too.
  package let applyEnvVarsToBuild: Bool?
  /// The tag that its builds get.
  package let buildTag: String?
}
