// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import ApifyAPI
package import SourcePackage

/// What a push does to a version, decided from values alone: no socket, no clock, no disk.
///
/// Everything that could destroy the work of others is decided here, for files with the help of
/// ``SourceComparison``, for variables with that of ``VariableDifference``. `PushDecisionTests` enumerates
/// it.
package struct PushDecision: Sendable {
  /// What is known when the decision is made.
  package struct Facts: Sendable {
    /// The package, as far as it is compared.
    package var local: PackageFacts
    /// The version on the platform; nil where there is none.
    package var remote: RemoteVersion?
    /// Whether the Actor exists.
    package var hasActor: Bool
    /// From what the changes of both sides are counted.
    package var base: SourceComparison.Base
    /// What becomes of the environment variables.
    package var variables: VariableDifference
    /// The tag that builds get; nil leaves the platform's.
    package var buildTag: String?
    /// The tag that the last push gave, from here or as the version says; nil where none is known.
    package var givenTag: String?
    /// Whether the push was told to overwrite whatever there is.
    package var isForced: Bool

    /// These facts.
    package init(
      local: PackageFacts, remote: RemoteVersion?, hasActor: Bool,
      base: SourceComparison.Base, variables: VariableDifference, buildTag: String?, isForced: Bool
    ) {
      self.local = local
      self.remote = remote
      self.hasActor = hasActor
      self.base = base
      self.variables = variables
      self.buildTag = buildTag
      self.isForced = isForced
    }
  }

  /// What happens to the version.
  package let action: PushPlan.Action
  /// Why it must not happen unasked; nil where nothing would be lost.
  package let conflict: Conflict?
  /// What of others it overwrites, as it was told to; empty where nothing is lost.
  package let overwritten: [Conflict]
  /// Whether the files are sent; otherwise only the settings beside them.
  package let sendsSource: Bool

  /// Decides by `facts`.
  package init(_ facts: Facts) {
    guard facts.hasActor else {
      (action, conflict, overwritten, sendsSource) = (.createActor, nil, [], true)
      return
    }
    guard let remote = facts.remote else {
      (action, conflict, overwritten, sendsSource) = (.createVersion, nil, [], true)
      return
    }
    let comparison = SourceComparison(
      local: facts.local, remote: remote, base: facts.base)
    let isTagged = facts.buildTag.map { $0 == remote.buildTag } ?? true
    let isSame = comparison.isSame && facts.variables.isEmpty && isTagged
    action = isSame && !facts.isForced ? .none : .update
    let conflicts = [comparison.conflict].compactMap { $0 } + Self.contested(facts)
    conflict = facts.isForced ? nil : conflicts.first
    overwritten = facts.isForced ? conflicts : []
    sendsSource = facts.isForced || !comparison.isSame
  }

  /// The settings of others that would be lost; the files do not conflict.
  private static func contested(_ facts: Facts) -> [Conflict] {
    var reasons: [Conflict.Reason] = []
    if !facts.variables.contested.isEmpty {
      reasons.append(.variables(facts.variables.contested, facts.variables.gap))
    }
    if let wanted = facts.buildTag, let given = facts.givenTag, let remote = facts.remote,
      remote.buildTag != wanted, remote.buildTag ?? RememberedVersion.noTag != given
    {
      reasons.append(.buildTag(remote.buildTag))
    }
    return reasons.map { Conflict($0, remote: nil, local: facts.local.manifest, base: nil) }
  }
}

/// A package, as far as it is compared with a version.
package struct PackageFacts: Sendable {
  /// What it holds.
  package let manifest: Manifest
  /// The form that it is sent in.
  package let sourceType: SourceType

  /// These facts.
  package init(manifest: Manifest, sourceType: SourceType) {
    self.manifest = manifest
    self.sourceType = sourceType
  }
}
