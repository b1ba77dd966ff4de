// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import ActorProject
package import ApifyAPI
package import POSIX
package import SourcePackage

/// Why a push did not happen, or not to its end.
package enum DeploymentError: Error, Sendable {
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
  /// The version's source lies elsewhere (GIT_REPO, GITHUB_GIST, …): replacing it must be asked for.
  case foreignSource(version: String, sourceType: String)
  /// The platform, or the way to it.
  case platform(APIError)
  /// Somebody has stopped it.
  case interrupted
}

extension DeploymentError {
  /// Why a package was not made.
  init(_ error: PackageError) {
    self = error == .interrupted ? .interrupted : .package(error)
  }
}
