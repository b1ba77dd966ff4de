// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// A version of an Actor as the platform keeps it.
package struct VersionRecord: Codable, Equatable, Sendable {
  package let versionNumber: VersionNumber
  /// Where its source is: a version has exactly one.
  package var source: VersionSource
  /// The tag that a build of it gets.
  package var buildTag: String?
  /// Its environment variables, secret values included.
  package var envVars: [EnvironmentVariable]
  /// Whether a build sees them too.
  package var applyEnvVarsToBuild: Bool
}

/// Where the source of a version is.
package enum VersionSource: Equatable, Sendable {
  case files([SourceFile])
  case gitRepository(String)
  case tarball(String)
  case gist(String)

  /// The name of the kind in the API.
  package var type: SourceType {
    switch self {
    case .files: .sourceFiles
    case .gitRepository: .gitRepo
    case .tarball: .tarball
    case .gist: .gitHubGist
    }
  }
}

/// The kinds of source. The platform's legacy `SOURCE_CODE` is not taken.
package enum SourceType: String, Codable, CaseIterable, Sendable {
  case sourceFiles = "SOURCE_FILES"
  case gitRepo = "GIT_REPO"
  case tarball = "TARBALL"
  case gitHubGist = "GITHUB_GIST"
}

/// Flat, as in the API: `sourceType` and the property that goes with it.
extension VersionSource: Codable {
  private enum CodingKeys: CodingKey {
    case sourceType, sourceFiles, gitRepoUrl, tarballUrl, gitHubGistUrl
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    switch try container.decode(SourceType.self, forKey: .sourceType) {
    case .sourceFiles: self = .files(try container.decode([SourceFile].self, forKey: .sourceFiles))
    case .gitRepo: self = .gitRepository(try container.decode(String.self, forKey: .gitRepoUrl))
    case .tarball: self = .tarball(try container.decode(String.self, forKey: .tarballUrl))
    case .gitHubGist: self = .gist(try container.decode(String.self, forKey: .gitHubGistUrl))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    try encode(to: encoder, includingFiles: true)
  }

  /// The same without the files themselves, for answers that only name a version.
  func encode(to encoder: any Encoder, includingFiles: Bool) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(type, forKey: .sourceType)
    switch self {
    case .files(let files): if includingFiles { try container.encode(files, forKey: .sourceFiles) }
    case .gitRepository(let address): try container.encode(address, forKey: .gitRepoUrl)
    case .tarball(let address): try container.encode(address, forKey: .tarballUrl)
    case .gist(let address): try container.encode(address, forKey: .gitHubGistUrl)
    }
  }
}
