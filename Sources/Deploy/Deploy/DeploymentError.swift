// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import ActorProject
package import ApifyAPI
package import SourcePackage
package import SystemIO

/// Why a push did not happen, or not to its end.
package enum DeployError: Error, Sendable {
  /// Something in the project's own files.
  case project(ProjectError)
  /// Something in the tree.
  case package(PackageError)
  /// The zip can't be kept until it is sent.
  case spool(SystemError)
  /// There is no file to push.
  case nothingToPush
  /// The content is more than the platform takes inline.
  case overInlineLimit(PackageSummary)
  /// The request would be longer than the platform takes.
  case overRequestLimit(PackageSummary)
  /// There is no such Actor, and it is not ours to create.
  case noSuchActor(ActorReference)
  /// The Actor has no such version.
  case noSuchVersion(String, String)
  /// The version's source is no files that could be compared.
  case sourceElsewhere(SourceType, url: String?)
  /// What the version holds can't be read.
  case unreadableVersion(String)
  /// What whoever runs the operation came upon on the way.
  case local(any Error)
  /// There is no build that could be meant.
  case noSuchBuild(String)
  /// The platform's version holds what the push would destroy.
  case conflict(Conflict, PushPlan)
  /// The platform, or the way to it.
  case platform(APIError)
  /// The platform has started a build and does not know it.
  case buildVanished(Build)
  /// Somebody has stopped it while this build was under way; it was asked to end.
  case buildAborted(Build)
  /// Somebody has stopped it.
  case interrupted
}

extension DeployError {
  /// Why a package was not made.
  init(_ error: PackageError) {
    self = error == .interrupted ? .interrupted : .package(error)
  }
}
