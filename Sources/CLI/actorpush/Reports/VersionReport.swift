// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import Deploy
internal import SourcePackage
internal import SystemIO

/// A version in JSON.
struct VersionReport: Report {
  struct Variable: Encodable, Sendable {
    let name: String
    /// Nil for a secret's.
    let value: String?
    let isSecret: Bool
  }

  struct Version: Encodable, Sendable {
    let number: String
    let sourceType: String
    let url: String?
    let files: Int?
    let digest: String?
    let buildTag: String?
    let taggedBuild: String?
    let environmentVariables: [Variable]
    let applyEnvVarsToBuild: Bool
  }

  let ok = true
  let operation: String
  let actor: PushReport.ActorReport
  let version: Version
  let provenance: ProvenanceReport?

  init(_ found: VersionReader.Found, operation: String) {
    self.operation = operation
    actor = .init(id: found.actor.id, name: found.actorName)
    let (remote, version) = (found.remote, found.version)
    provenance = found.remote.provenance.map(ProvenanceReport.init)
    let url =
      switch remote.source {
      case .files: String?.none
      case .zip(let url, _): AddressText.withoutSecrets(url)
      case .elsewhere(_, let url): url.map(AddressText.withoutSecrets)
      }
    self.version = Version(
      number: version.versionNumber, sourceType: remote.sourceType.rawValue, url: url,
      files: remote.manifest?.fileCount, digest: remote.manifest?.digest, buildTag: version.buildTag,
      taggedBuild: version.buildTag.flatMap { found.actor.taggedBuilds[$0]?.buildNumber },
      environmentVariables: (version.envVars ?? []).map { variable in
        let isSecret = variable.isSecret == true
        return Variable(name: variable.name, value: isSecret ? nil : variable.value, isSecret: isSecret)
      }, applyEnvVarsToBuild: version.applyEnvVarsToBuild == true)
  }
}
