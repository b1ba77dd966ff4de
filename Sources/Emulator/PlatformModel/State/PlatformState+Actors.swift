// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

extension PlatformState {
  /// The Actors of `user`, oldest first.
  package func actors(of user: User) -> [ActorRecord] {
    actors.values.filter { $0.userId == user.id }
      .sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
  }

  /// Creates an Actor of `user`, with the id `id`.
  @discardableResult
  package mutating func createActor(
    _ change: ActorChange, for user: User, id: String, at now: Timestamp
  ) throws(PlatformError) -> ActorRecord {
    try requireWritable(user)
    guard let name = change.name else { throw .invalidInput("name is required") }
    try requireFree(name, for: user)
    var actor = ActorRecord(
      id: id, userId: user.id, name: name, isPublic: false, defaultRunOptions: DefaultRunOptions(),
      otherProperties: [:], versions: [], createdAt: now, modifiedAt: now)
    try change.apply(to: &actor)
    try applied(change.taggedBuilds, to: &actor)
    store(actor)
    return actor
  }

  /// Changes the properties of an Actor that `change` names.
  @discardableResult
  package mutating func updateActor(
    _ reference: ActorReference?, with change: ActorChange, for user: User, at now: Timestamp
  ) throws(PlatformError) -> ActorRecord {
    var actor = try actor(reference, for: user, access: .write)
    if let name = change.name, name != actor.name { try requireFree(name, for: user) }
    try change.apply(to: &actor)
    try applied(change.taggedBuilds, to: &actor)
    actor.modifiedAt = actor.modifiedAt.advanced(to: now)
    store(actor)
    return actor
  }

  private func requireFree(_ name: String, for user: User) throws(PlatformError) {
    if actors.values.contains(where: { $0.userId == user.id && $0.name == name }) {
      throw .actorNameNotUnique(name)
    }
  }
}
