// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import ActorProject
package import ApifyAPI

/// Which version of which Actor, as far as the caller says; the rest comes from actor.json.
package struct VersionTarget: Sendable {
  /// The Actor.
  package var actor: ActorReference?
  /// The version.
  package var version: VersionNumber?
  /// The tag of its builds.
  package var tag: BuildTag?
  /// Whether a map gives the tag, which says as little of a single push as actor.json does.
  package var hasConfiguredTag = false

  /// The version that actor.json means, but for what is given.
  package init(actor: ActorReference? = nil, version: VersionNumber? = nil, tag: BuildTag? = nil) {
    self.actor = actor
    self.version = version
    self.tag = tag
  }
}
