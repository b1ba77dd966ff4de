// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import ApifyAPI
package import SourcePackage

/// What a push is about to do, found out before it does anything.
package struct PushPlan: Sendable {
  /// What happens to the version.
  package enum Action: String, Sendable {
    /// Neither the Actor nor the version is there.
    case createActor = "create-actor"
    /// The Actor is there, the version is not.
    case createVersion = "create-version"
    /// Both are there.
    case update
    /// The version is as it shall be.
    case none
  }

  /// By what the push goes.
  package let settings: PushSettings
  /// Who the token belongs to; nil where that was not asked, because there is nothing to do.
  package let user: Account?
  /// The Actor, if it is there.
  package let actor: ApifyActor?
  /// What it is called, there or not yet.
  package let actorName: String
  /// What happens.
  package let action: Action
  /// What is pushed.
  package let package: PreparedPackage
  /// The version as the platform has it, if it does.
  package let remote: RemoteVersion?
  /// What becomes different about its environment variables.
  package let variables: VariableDifference
  /// Why it must not be done unasked.
  package let conflict: Conflict?
  /// What was remembered of the version.
  let remembered: RememberedVersion?

  /// What becomes different about the files; nil where nobody knows what the platform's version holds.
  package var difference: ManifestDifference? {
    guard let remote else { return ManifestDifference(from: .empty, to: package.manifest) }
    return remote.manifest.map { ManifestDifference(from: $0, to: package.manifest) }
  }

  /// The tag that the platform has now, where it becomes another one.
  package var replacedTag: String?? {
    guard let remote, let tag = settings.buildTag, remote.buildTag != tag else { return nil }
    return .some(remote.buildTag)
  }

  /// Whether the files have to be sent: otherwise only what stands beside them.
  package var sendsSource: Bool {
    guard let remote, !settings.isForced else { return true }
    return remote.sourceType != package.sourceType || remote.manifest?.records != package.manifest.records
  }
}
