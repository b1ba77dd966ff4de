// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import ApifyAPI

/// Where an Actor, its builds and its runs can be looked at: in Apify Console, or on the pages of a platform
/// on this machine. Another platform has no pages that are known; then it is the address in its API.
package struct PlatformPages: Sendable {
  private enum Kind {
    case console, local, other
  }

  private let root: APIRoot
  private let actorID: String
  private let organizationID: String?

  /// The pages of the Actor `actorID`.
  ///
  /// - Parameter organizationID: the organisation that the Actor belongs to, if that is known.
  package init(_ root: APIRoot, actorID: String, organizationID: String? = nil) {
    self.root = root
    self.actorID = actorID
    self.organizationID = organizationID
  }

  private var kind: Kind { root == .apify ? .console : root.origin.isLoopback ? .local : .other }

  /// The Actor's page.
  package var actor: String {
    switch kind {
    case .console: ConsoleAddress.actor(actorID, organizationID: organizationID)
    case .local: "\(root)/actors/\(actorID)"
    case .other: "\(root)/v2/actors/\(actorID)"
    }
  }

  /// The page of a build.
  package func build(_ build: Build) -> String {
    switch kind {
    case .console:
      ConsoleAddress.actor(actorID, build: build.buildNumber, organizationID: organizationID)
    case .local: "\(root)/builds/\(build.id)"
    case .other: "\(root)/v2/actor-builds/\(build.id)"
    }
  }

  /// The page of a run.
  package func run(_ run: Run) -> String {
    switch kind {
    case .console: ConsoleAddress.run(run.id, ofActor: actorID, organizationID: organizationID)
    case .local: "\(root)/runs/\(run.id)"
    case .other: "\(root)/v2/actor-runs/\(run.id)"
    }
  }
}
