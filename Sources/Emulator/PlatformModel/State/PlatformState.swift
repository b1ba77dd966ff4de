// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// All state of the platform, and its operations: each takes values and returns an outcome or throws the
/// platform's refusal.
///
/// This target has the platform's rules as values, without network, disk or clock: times and ids are passed
/// in. `State` has the records and operations, `Input` decodes and checks what requests say, `Rules` has the
/// limits and the forms of names, `Views` what answers show, `Builds` the steps of a build.
/// `PlatformEmulator` puts it behind HTTP; `EmulatorTesting` has it in memory.
///
/// The rules (names, limits, validation, signatures) are written apart from those of the client (`ApifyAPI`,
/// `Deploy`) on purpose: a judge that shared the defendant's code would share its mistakes. Nothing here
/// imports the client. Utilities are not rules and are shared.
package struct PlatformState: Sendable {
  /// The accounts.
  package private(set) var users: [User]
  /// The Actors, by id.
  package internal(set) var actors: [String: ActorRecord]
  /// The key-value stores, by id.
  package internal(set) var stores: [String: StoreRecord] = [:]
  /// The builds, by id.
  package internal(set) var builds: [String: BuildRecord] = [:]
  /// The runs, by id.
  package internal(set) var runs: [String: RunRecord] = [:]
  /// What was changed since the changes were last taken.
  var changes = Changes()

  package init(
    users: [User] = [], actors: [ActorRecord] = [], stores: [StoreRecord] = [], builds: [BuildRecord] = [],
    runs: [RunRecord] = []
  ) {
    self.users = users
    self.stores = Dictionary(stores.map { ($0.id, $0) }) { _, last in last }
    self.runs = Dictionary(runs.map { ($0.id, $0) }) { _, last in last }
    self.builds = Dictionary(builds.map { ($0.id, $0) }) { _, last in last }
    self.actors = Dictionary(actors.map { ($0.id, $0) }) { _, last in last }
  }

  /// Adds `user`, or gives the one of that name the new token and rights: its id, and with it its Actors,
  /// stay.
  package mutating func adopt(_ user: User) {
    if let index = users.firstIndex(where: { $0.username == user.username }) {
      users[index].token = user.token
      users[index].isReadOnly = user.isReadOnly
    } else {
      users.append(user)
    }
  }

  /// The owner of `token`.
  package func user(withToken token: String?) throws(PlatformError) -> User {
    guard let token else { throw .tokenNotProvided }
    guard let user = users.first(where: { $0.token.utf8.elementsEqual(token.utf8) }) else {
      throw .unknownToken
    }
    return user
  }

  /// What a request does with an Actor.
  package enum Access {
    case read, write
  }

  /// The Actor that `reference` names for `user`, who may do with it what `access` says.
  ///
  /// Another user's Actor looks as if it did not exist, unless it is public: then it can be read and not
  /// changed.
  package func actor(
    _ reference: ActorReference?, for user: User, access: Access
  ) throws(PlatformError) -> ActorRecord {
    if access == .write { try requireWritable(user) }
    guard let reference, let actor = find(reference, for: user) else { throw .notFound("Actor") }
    if actor.userId == user.id { return actor }
    guard actor.isPublic else { throw .notFoundForToken("Actor") }
    guard access == .read else { throw .insufficientPermissions }
    return actor
  }

  /// The name of the user with this id.
  package func username(of userId: String) -> String {
    users.first { $0.id == userId }?.username ?? ""
  }

  package func requireWritable(_ user: User) throws(PlatformError) {
    if user.isReadOnly { throw .insufficientPermissions }
  }

  /// Replaces an Actor and notes that it must be written down.
  mutating func store(_ actor: ActorRecord) {
    actors[actor.id] = actor
    changes.actors.insert(actor.id)
  }

  private func find(_ reference: ActorReference, for user: User) -> ActorRecord? {
    switch reference {
    case .id(let id):
      return actors[id]
    case .name(let username, let name):
      let owner = username.map { username in users.first { $0.username == username } } ?? user
      guard let owner else { return nil }
      return actors.values.first { $0.userId == owner.id && $0.name == name }
    }
  }
}
