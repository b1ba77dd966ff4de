// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import Deploy
internal import SourcePackage
internal import SystemIO

/// A version in JSON.
struct VersionReport: ReportContent {
  struct Variable: Encodable, Sendable {
    let name: String
    /// Nil for a secret's.
    let value: String?
    let secret: Bool
  }

  let actor: ActorReport
  let version: String
  let tag: String?
  /// The build that the tag points at.
  let taggedBuild: BuildReport?
  let sourceType: String
  /// Where the source lies, where that is not on the platform.
  let sourceURL: String?
  let files: Int?
  let digest: String?
  let provenance: ProvenanceReport?
  let environmentVariables: [Variable]
  let applyEnvVarsToBuild: Bool

  private enum CodingKeys: String, CodingKey {
    case actor, version, tag, taggedBuild, sourceType, files, digest, provenance
    case environmentVariables, applyEnvVarsToBuild
    case sourceURL = "sourceUrl"
  }

  init(_ found: VersionReader.Found) {
    let (remote, version) = (found.remote, found.version)
    actor = ActorReport(found.actor, name: found.actorName)
    self.version = version.versionNumber
    tag = version.buildTag
    taggedBuild = version.buildTag.flatMap { found.actor.taggedBuilds[$0] }.map {
      BuildReport(id: $0.buildId, number: $0.buildNumber)
    }
    sourceType = remote.sourceType.rawValue
    sourceURL =
      switch remote.source {
      case .files: nil
      case .zip(let url, _): AddressText.withoutSecrets(url)
      case .elsewhere(_, let url): url.map(AddressText.withoutSecrets)
      }
    files = remote.manifest?.fileCount
    digest = remote.manifest?.digest
    provenance = remote.provenance.map(ProvenanceReport.init)
    environmentVariables = (version.envVars ?? []).map { variable in
      let isSecret = variable.isSecret == true
      return Variable(name: variable.name, value: isSecret ? nil : variable.value, secret: isSecret)
    }
    applyEnvVarsToBuild = version.applyEnvVarsToBuild == true
  }
}
