// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import Deploy

/// An Actor in JSON.
struct ActorReport: Encodable, Sendable {
  var id: String?
  /// Its name, with that of its owner where that is known.
  var name: String?
  /// Where it can be looked at.
  var url: String?
}

extension ActorReport {
  init(_ actor: ApifyActor, name: String, _ pages: PlatformPages? = nil) {
    self.init(id: actor.id, name: name, url: pages?.actor)
  }
}
