// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import ActorProject
package import ApifyAPI
package import Checks
package import SourcePackage
package import SourceTree
package import SystemIO

/// Why an operation did not do what it was asked to, or cannot know whether it did.
package indirect enum DeployError: Error, Sendable {
  /// A file of the project, or a value of the command line.
  case project(ProjectError)
  /// The tree.
  case tree(SourceTreeError)
  /// The package grew beyond the limit that was given.
  case overPackageLimit
  /// The output, named in words, cannot be written.
  case output(String, SystemError)
  /// What is remembered of a directory, named in words, cannot be written.
  case memory(String, SystemError)
  /// The temporary file of a zip cannot be written.
  case spool(SystemError)
  /// The package has no file.
  case nothingToPush
  /// The content is more than the platform takes inline.
  case overInlineLimit(PackageSummary)
  /// The request would be longer than the platform takes.
  case overRequestLimit(PackageSummary)
  /// Secrets stand in files of the package: at least one.
  case secretInPackage([SecretFinder.Find])
  /// A strict push, and its package has these findings: at least one.
  case checksFailed([Finding])
  /// The path of `explain` does not lie in the project, or the system does not say where.
  case noSuchPath([UInt8], PathProblem)
  /// The directory's Actor belongs to the first account, and the token to the second.
  case otherAccount(Account, token: Account, actor: String)
  /// The Actor that this directory was pushed to by the name, or pulled from, was given another one since;
  /// a push may create another where it is the token's owner's own.
  case actorRenamed(String, to: String, isOwn: Bool)
  /// The Actor does not exist, and a push may not create it.
  case noSuchActor(ActorReference)
  /// The Actor has no such version, but these.
  case noSuchVersion(String, actor: String, others: [String])
  /// The version's source is not files that could be compared.
  case sourceElsewhere(SourceType, url: String?)
  /// The version's content cannot be read.
  case unreadableVersion(String)
  /// No build can be meant: why, and what could be.
  case noSuchBuild(String, help: String?)
  /// A pull did not do what it was asked to, or stands in the way of a push.
  case pull(PullError)
  /// The push would destroy what the version holds.
  case conflict(Conflict, PushPlan)
  /// Others have moved the tag, to the build of this number, while this build was tried: it stays there.
  case tagMoved(String, to: String?, Build)
  /// Others have changed a version of this number while it was changed from here.
  case changedMeanwhile(String)
  /// Another push came in between.
  case overtaken(Push.Overtaking, PushPlan)
  /// The error came when some variables of the version had been changed already.
  case partlyUpdated(VariableProgress, DeployError)
  /// A call to the platform at this root failed.
  case platform(APIError, APIRoot)
  /// The platform started this build and does not know it any longer.
  case buildVanished(Build)
  /// Cancelled while this build was running; it was aborted, unless its status says otherwise.
  case buildAborted(Build)
  /// The platform started this run and does not know it any longer.
  case runVanished(Run)
  /// The error came while this run of a build was followed; it may go on.
  case followingRun(Run, Build, DeployError)
  /// Cancelled while this run of a build was going on; it was aborted.
  case runAborted(Run, Build)
  /// Cancelled.
  case interrupted
  /// Cancelled when it was not known whether this had been done.
  case interruptedDuring(Change)
  /// The push took longer than this, and was ended.
  case timedOut(Duration)
  /// An error that nothing here expects: a fault of the program.
  case unexpected(any Error)

  /// What an operation changes by one request.
  package enum Change: Sendable {
    /// A build is started.
    case buildStart
    /// This build is aborted.
    case buildAbort(Build)
    /// The tag is pointed at this build.
    case tag(String, Build)
  }

  /// Why `explain` cannot find a path.
  package enum PathProblem: Sendable {
    /// The system refuses it.
    case system(SystemError)
    /// It does not lie in the project, whose directory this is.
    case outside([UInt8])
  }
}

extension DeployError {
  init(_ error: SourceTreeError) { self = error.code == .interrupted ? .interrupted : .tree(error) }

  /// Why a package was not written to `output`.
  init(_ error: PackageError, output: String) {
    self =
      switch error {
      case .source(let error): DeployError(error)
      case .output(let error): .output(output, error)
      case .overLimit: .overPackageLimit
      case .fileOverLimit(let path, let count):
        .overInlineLimit(PackageSummary(ofFile: path, byteCount: count))
      case .interrupted: .interrupted
      }
  }
}

extension DeployError {
  /// The error, where it came during `change`: an answer of the platform says itself what may have been
  /// done.
  func during(_ change: Change) -> DeployError {
    if case .interrupted = self { .interruptedDuring(change) } else { self }
  }
}

extension Platform {
  /// Runs `request`, and tells its errors apart: those of the platform, a cancellation, and what nothing
  /// expects.
  func ask<Answer>(_ request: () async throws -> Answer) async throws(DeployError) -> Answer {
    do {
      return try await request()
    } catch let error as APIError {
      throw .platform(error, root)
    } catch let error as DeployError {
      throw error
    } catch let error as SystemError {
      // The body of the request, or the answer, is in a file.
      throw .spool(error)
    } catch is CancellationError {
      throw .interrupted
    } catch {
      throw .unexpected(error)
    }
  }

  /// The same, for requests that run side by side: an `async let` that is not awaited must not throw.
  func result<Answer: Sendable>(
    _ request: () async throws -> Answer
  ) async -> Result<Answer, DeployError> {
    do throws(DeployError) { return .success(try await ask(request)) } catch { return .failure(error) }
  }
}
