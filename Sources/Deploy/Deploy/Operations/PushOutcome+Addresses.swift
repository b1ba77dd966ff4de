// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import ApifyAPI

extension PushOutcome {
  /// Where the Actor can be looked at; nil while its id is unknown.
  package func actorURL(_ root: APIRoot) -> String? {
    pages(root)?.actor
  }

  /// Where the build can be looked at; nil where there is none.
  package func buildURL(_ root: APIRoot) -> String? {
    build.flatMap { pages(root)?.build($0) }
  }

  /// The pages of the Actor; nil while its id is unknown.
  package func pages(_ root: APIRoot) -> PlatformPages? {
    actorID.map { PlatformPages(root, actorID: $0, organizationID: plan?.organizationID) }
  }
}

extension PushPlan {
  /// The organisation that the Actor belongs to; nil where it is a user's own.
  package var organizationID: String? {
    guard user.isOrganization, actor?.userID == nil || actor?.userID == user.id else { return nil }
    return user.id
  }
}
