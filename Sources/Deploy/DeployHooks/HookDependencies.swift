// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import ApifyAPI
package import Deploy

/// What the hook's operations are given beside their context.
///
/// `DeployHooks` turns a `git push` into deploys that outlive it. The way of a push:
///
/// 1. git runs the hook script (`Install/HookScript`), and that `actorpush hook pre-push`:
///    ``PrePushOperation`` reads the pushed references (`Push/PushedRef`), and ``TargetFinder`` finds in the
///    pushed commits which Actors are meant.
/// 2. ``Preflight`` looks at each package, as far as the time allows while git waits.
/// 3. ``JobStore`` keeps a ``DeployJob``, and a detached process takes it up: ``JobOperation`` waits until
///    the push has ended (`Push/PushProcess`), asks the remote whether it has the commit
///    (`Push/RemoteCheck`), and deploys.
/// 4. ``HookDeploy`` takes the lock of the version (``DeployLock``: a newer push replaces an older one that
///    waits) and runs a `PushOperation`, with values, as the command line does.
/// 5. The result lies beside the job, for `actorpush hook status`.
package struct HookDependencies: Sendable {
  /// The root of the API; part of the name of a version's lock.
  package let root: APIRoot
  /// The name and version of the program, for the provenance.
  package let tool: String
  /// Connects to the platform, with the user's token.
  package let connect: PlatformConnector
  /// Milliseconds since 1970.
  package let now: @Sendable () -> Int

  /// These dependencies.
  package init(
    root: APIRoot, tool: String, connect: @escaping PlatformConnector,
    now: @escaping @Sendable () -> Int
  ) {
    self.root = root
    self.tool = tool
    self.connect = connect
    self.now = now
  }
}
