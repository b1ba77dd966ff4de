// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import ApifyAPI

/// Receives what an operation reports while it runs; called from any thread, in order.
///
/// `Deploy` makes a version on the platform what the project says, never over the work of others. Its parts,
/// from the top:
///
/// - `Operations`: what a command line, a hook or a test calls. An operation is made from values (it reads
///   the project then, and blocks), runs on a ``Platform``, reports ``DeployEvent``s and returns an outcome.
///   A failed build is an outcome; an error means that the operation could not do, or could not know, what it
///   was asked to.
/// - `Project`: which files, which Actor, which version: the command line's values over those of actor.json.
/// - `Plan`: decisions as values. ``PushDecision`` takes the remote version, the local package, their common
///   base, the variables and the tag, and says what a push does and whether it would destroy anything. Tables
///   in the tests enumerate it.
/// - `Push`: carries a plan out, with one more look before the change; `Build` follows the build.
/// - `Package`, `Memory`, `Provenance`: the package that is sent, and the two ways to know the common base.
/// - `Diagnosis`: each error as one line, a type for scripts and an exit status.
///
/// Nothing here prints, exits or reads the environment: ``OperationContext`` carries what an operation may
/// know of its process.
package typealias DeployEvents = @Sendable (DeployEvent) -> Void

/// Connects to the platform, with the user's token.
package typealias PlatformConnector = @Sendable () throws(DeployError) -> any Platform
