// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import ApifyAPI

extension PushOutcome {
  /// Where the Actor can be looked at; nil while its id is unknown.
  package func actorURL(_ root: APIRoot) -> String? {
    actorID.map { id in
      root == .apify
        ? ConsoleAddress.actor(id, organizationID: plan?.organizationID) : "\(root)/v2/actors/\(id)"
    }
  }

  /// Where the build can be looked at; nil where there is none.
  package func buildURL(_ root: APIRoot) -> String? {
    guard let build, let actorID else { return nil }
    return root == .apify
      ? ConsoleAddress.actor(actorID, build: build.buildNumber, organizationID: plan?.organizationID)
      : "\(root)/v2/actor-builds/\(build.id)"
  }
}

extension PushPlan {
  /// The organisation that the Actor belongs to; nil where it is a user's own.
  package var organizationID: String? {
    guard user.isOrganization, actor?.userID == nil || actor?.userID == user.id else { return nil }
    return user.id
  }
}
