// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import ApifyAPI
package import Checks
package import SourcePackage
package import SourceTree
package import SystemIO

/// What an operation reports while it runs.
package enum DeployEvent: Sendable {
  /// The package is not what its owner may think.
  case treeWarning(WalkWarning)
  /// So much of a Docker context that lies above the Actor's directory is packaged.
  case context(ContextExtent)
  /// A secret stands in a file of a package that is not sent now.
  case secretFound(SecretFinder.Find)
  /// The variable is left out, because its secret is missing.
  case secretMissing(variable: String)
  /// The package is sent, and this may go wrong then.
  case found(Finding)
  /// So many files of `total` have been packaged, and so many bytes of them.
  case packaging(files: Int, bytes: Int, total: Int)
  /// Packaging has ended, well or not.
  case packaged
  /// The plan is made; nothing has been changed yet.
  case planned(PushPlan, isDryRun: Bool)
  /// The version of the plan needs no change; this is done about its build.
  ///
  /// `isTried`: its build is that of a candidate, which is tried now, and gets the version's tag.
  case buildDecided(BuildDecision, PushPlan, isDryRun: Bool, isTried: Bool)
  /// So many bytes of the payload, of about `total`, have been handed to the connection.
  case sending(bytes: Int, total: Int)
  /// Sending has ended, well or not.
  case sent
  /// The version is what the plan says.
  case updated(PushPlan, actorID: String, after: Duration)
  /// The version is updated, but the common base of later pushes could not be kept.
  case notRemembered(directory: [UInt8], SystemError)
  /// The same, for there is no place for it.
  case memoryMissing
  /// What was pushed before cannot be read, in the state directory `directory`: what of the version is of
  /// others, and what was pushed from here, is not known.
  case memoryUnreadable(directory: [UInt8], SystemError)
  /// What pushes from elsewhere need to know of the variables could not be read or kept in the Actor's store.
  case variablesNotShared(DeployError)
  /// A secret is set, and pushes from elsewhere cannot be told by the Actor's store.
  case secretsNotTold(DeployError)
  /// Something about a pull is worth a warning, whatever becomes of it.
  case pullNoted(PullOutcome.Note)
  /// All is done, but whether another push came in between could not be asked, for this reason.
  case notVerified(DeployError)
  /// The repository is there, and does not tell its history.
  case historyUnknown(SourceTreeError)
  /// The push still goes on, and ends when this limit is over.
  case timeLimit(Duration)
  /// Zips that nothing needs any longer were removed: their keys.
  case archivesRemoved([String])
  /// Zips that nothing needs any longer could not be removed, for this reason.
  case archivesKept(DeployError)
  /// The build goes on.
  case build(BuildFollower.Event)
  /// A candidate was to be run, and there is no new build: this one is what the version was built to.
  case notRun(Build?)
  /// The run of a candidate goes on.
  case run(RunFollower.Event)
  /// The run has ended, or is not waited for any longer.
  case runEnded(RunEnding, after: Duration)
  /// A tag was moved, from the build of this number if it had one.
  case tagMoved(String, from: String?, to: Build)
  /// The build has ended, or is not waited for any longer.
  case buildEnded(BuildEnding, after: Duration)
}
