// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// A version of an Actor, with its inline source.
package struct ActorVersion: Decodable, Sendable {
  package let versionNumber: String
  /// Nil where the API does not tell.
  package let sourceType: SourceType?
  /// The inline source; nil where the field is missing.
  package let sourceFiles: [SourceFile]?
  package let gitRepoUrl: String?
  /// The address of the zip.
  package let tarballUrl: String?
  package let gitHubGistUrl: String?
  /// The variables; nil where the field is missing.
  package let envVars: [EnvironmentVariable]?
  /// Whether builds get the variables as well.
  package let applyEnvVarsToBuild: Bool?
  /// The tag of its builds.
  package let buildTag: String?
}
