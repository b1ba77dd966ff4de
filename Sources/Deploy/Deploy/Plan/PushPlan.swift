// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import ApifyAPI
package import SourcePackage

/// What a push is about to do; made before it changes anything.
package struct PushPlan: Sendable {
  /// What happens to the version.
  package enum Action: String, Sendable {
    /// The Actor and the version are created.
    case createActor = "create-actor"
    /// The version is created.
    case createVersion = "create-version"
    /// The version is changed.
    case update
    /// The version is up to date.
    case none
  }

  /// The settings of the push.
  package let settings: PushSettings
  /// The owner of the token.
  package let user: Account
  /// The Actor; nil where it is created.
  package let actor: ApifyActor?
  /// The Actor's name, `user/name` where the user is known.
  package let actorName: String
  /// What happens, and why it must not happen unasked.
  package let decision: PushDecision
  /// What is pushed.
  package let package: PreparedPackage
  /// The version on the platform; nil where it is created.
  package let remote: RemoteVersion?
  /// What becomes of its environment variables.
  package let variables: VariableDifference
  /// Where the package comes from, as it says itself; found out when it is sent.
  package internal(set) var provenance: Provenance?
  /// The memory of the last push from this machine: of what builds were made.
  let remembered: RememberedVersion?
  /// The same where that was from this directory: from what changes are counted.
  let own: RememberedVersion?
  /// What the last push from anywhere left in the Actor's store; nil where that was not asked for, or is not
  /// there.
  var record: VariableRecord?
  /// The names of the declared secrets that the version has, and that it was given as they are here.
  var confirmed: Set<String> = []
  /// Why it could not be asked for.
  package internal(set) var variablesUnshared: DeployError?

  /// Whether the version has a secret that is not given from here, and stays.
  var hasSecretsOfOthers: Bool {
    remote?.variables?.contains { variable in
      variable.isSecret == true
        && settings.variables.values?.contains { $0.name == variable.name && $0.isSecret } != true
    } == true
  }

  /// What becomes of the files; nil where it is unknown what the platform's version holds.
  package var difference: ManifestDifference? {
    guard let remote else { return ManifestDifference(from: .empty, to: package.manifest) }
    return remote.manifest.map { ManifestDifference(from: $0, to: package.manifest) }
  }

  /// What happens to the version.
  package var action: Action { decision.action }

  /// Why it must not happen unasked; nil where nothing would be lost.
  package var conflict: Conflict? { decision.conflict }

  /// What of others is overwritten, as the push was told to; empty where nothing is lost.
  package var overwritten: [Conflict] { decision.overwritten }

  /// Whether the files are sent; otherwise only the settings beside them.
  package var sendsSource: Bool { decision.sendsSource }

  /// How the version's build tag changes; nil where it stays.
  package var tagChange: (before: String?, after: String)? {
    guard let remote, let tag = settings.tagName, remote.buildTag != tag else { return nil }
    return (remote.buildTag, tag)
  }
}
