// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
package import Deploy
internal import SourceTree

/// Looks whether a target can be deployed, as far as this machine can tell. Blocks.
package struct Preflight: Sendable {
  /// The push of the target.
  package let push: PushOperation
  /// Reads the target's actor.json and its secrets.
  package init(
    _ target: DeployJob.Target, follows: Bool, tool: String, _ context: OperationContext, _ events: HookEvents
  ) throws(DeployError) {
    push = try PushOperation(PushRequest(target, follows: follows, tool: tool), context) {
      events(.deploy($0))
    }
  }

  /// Makes the package.
  ///
  /// - Throws: what the user has to mend, a secret in the package among it.
  package func makePackage(_ events: @escaping HookEvents) throws(DeployError) -> PreparedPackage {
    try push.makePackage { events(.deploy($0)) }
  }

  /// Finds out whether the package can be made, without making it.
  ///
  /// - Throws: as ``makePackage(_:)``, as far as that is known.
  package func examine(_ events: @escaping HookEvents) throws(DeployError) {
    try push.examinePackage { events(.deploy($0)) }
  }
}
