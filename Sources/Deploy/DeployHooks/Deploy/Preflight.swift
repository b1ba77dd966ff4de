// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
package import Deploy
internal import SourceTree

/// Looks whether a target can be deployed, as far as this machine can tell: makes its package and searches it
/// for secrets. Blocks.
package struct Preflight: Sendable {
  /// The push of the target.
  package let push: PushOperation
  private let context: OperationContext

  /// Reads the target's actor.json and its secrets.
  package init(
    _ target: DeployJob.Target, follows: Bool, tool: String, _ context: OperationContext, _ events: HookEvents
  ) throws(DeployError) {
    self.context = context
    push = try PushOperation(PushRequest(target, follows: follows, tool: tool), context) {
      events(.deploy($0))
    }
  }

  /// Makes the package.
  ///
  /// - Throws: what the user has to mend, a secret in the package among it.
  package func run(_ events: @escaping HookEvents) throws(DeployError) -> PreparedPackage {
    try push.makePackage(without: SecretScan(context)) { events(.deploy($0)) }
  }
}
