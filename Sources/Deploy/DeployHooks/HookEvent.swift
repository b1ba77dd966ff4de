// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import Deploy

/// What the hook reports. All of it is said; nothing of it stops the push.
package enum HookEvent: Sendable {
  /// The push is a dry run.
  case dryRun
  /// A reference is deleted.
  case deleted(reference: String)
  /// A reference is not a branch.
  case notABranch(reference: String)
  /// The pushed commit has no map.
  case noMap(branch: String)
  /// No map mentions the branch.
  case unmapped(branch: String, remote: String)
  /// The file of what the clone has agreed to is damaged: it counts as nothing.
  case consentDamaged([UInt8])
  /// A target is not deployed, for this reason; nil where no target is known yet.
  case notDeployed(DeployJob.Target?, HookError)
  /// There was no time to look through the package.
  case notExamined(seconds: Int)
  /// A target will be deployed once the push has arrived.
  case scheduled(DeployJob.Target)
  /// A target has not arrived yet, and no process of git is known that pushes it.
  case awaitingPush(DeployJob.Target)
  /// Another deploy of the same version is waited for.
  case waiting(DeployJob.Target)
  /// A target has been deployed, or has not.
  case ended(DeployJob.Target, DeployResult.Target)
  /// The time of the hook ended before a target was deployed.
  case timeElapsed(DeployJob.Target)
  /// The push of a target goes on.
  case deploy(DeployEvent)
}

/// Receives what the hook reports; called from any thread.
package typealias HookEvents = @Sendable (HookEvent) -> Void
