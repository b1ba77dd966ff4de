// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

@testable import ApifyAPI

extension ActorVersion {
  /// Version 0.1 with inline files of these texts.
  static func files(
    _ files: [String: String], tag: String? = "latest", variables: [EnvironmentVariable]? = []
  ) -> ActorVersion {
    ActorVersion(
      versionNumber: "0.1", sourceType: .sourceFiles,
      sourceFiles: files.sorted { $0.key < $1.key }.map {
        SourceFile(name: $0.key, format: .text, content: $0.value)
      }, gitRepoUrl: nil, tarballUrl: nil, gitHubGistUrl: nil, envVars: variables, applyEnvVarsToBuild: nil,
      buildTag: tag)
  }
}
