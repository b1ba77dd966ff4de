// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// A change of a version: what a request names. What it does not name stays. Each property has been checked
/// on its own.
package struct VersionChange: Sendable {
  package var versionNumber: VersionNumber?
  package var sourceType: SourceType?
  package var sourceFiles: Patch<[SourceFile]> = .absent
  package var gitRepoUrl: Patch<String> = .absent
  package var tarballUrl: Patch<String> = .absent
  package var gitHubGistUrl: Patch<String> = .absent
  package var buildTag: Patch<String> = .absent
  package var envVars: [EnvironmentVariableChange]?
  package var applyEnvVarsToBuild: Bool?

  package init() {}
}

/// An environment variable as a request names it.
package struct EnvironmentVariableChange: Decodable, Sendable {
  package let name: String
  package let value: String?
  package let isSecret: Bool?

  package init(name: String, value: String?, isSecret: Bool? = nil) {
    self.name = name
    self.value = value
    self.isSecret = isSecret
  }
}

extension VersionChange: Decodable {
  private enum CodingKeys: CodingKey {
    case versionNumber, sourceType, sourceFiles, gitRepoUrl, tarballUrl, gitHubGistUrl
    case buildTag, envVars, applyEnvVarsToBuild
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let path = FieldPath(decoder.codingPath)
    versionNumber = try container.valueIfNamed(String.self, forKey: .versionNumber)
      .map { text throws(PlatformError) in try TextRules.versionNumber(text, at: path["versionNumber"]) }
    sourceType = try container.valueIfNamed(String.self, forKey: .sourceType)
      .map { text throws(PlatformError) in try TextRules.sourceType(text, at: path["sourceType"]) }
    sourceFiles =
      switch try container.patch([SourceFileInput].self, forKey: .sourceFiles) {
      case .absent: .absent
      case .null: .null
      case .value(let inputs): .value(try SourceFileRules.checked(inputs, at: path["sourceFiles"]))
      }
    gitRepoUrl = try container.patch(String.self, forKey: .gitRepoUrl)
    tarballUrl = try container.patch(String.self, forKey: .tarballUrl)
    gitHubGistUrl = try container.patch(String.self, forKey: .gitHubGistUrl)
    buildTag = try container.patch(String.self, forKey: .buildTag)
    envVars = try container.valueIfNamed([EnvironmentVariableChange].self, forKey: .envVars)
    applyEnvVarsToBuild = try container.valueIfNamed(Bool.self, forKey: .applyEnvVarsToBuild)
    try TextRules.checkAddress(gitRepoUrl, schemes: nil, at: path["gitRepoUrl"])
    try TextRules.checkAddress(tarballUrl, schemes: ["http://", "https://"], at: path["tarballUrl"])
    try TextRules.checkAddress(gitHubGistUrl, schemes: ["http://", "https://"], at: path["gitHubGistUrl"])
    try TextRules.checkBuildTag(buildTag, at: path["buildTag"])
    try TextRules.check(envVars ?? [], at: path["envVars"])
  }
}
