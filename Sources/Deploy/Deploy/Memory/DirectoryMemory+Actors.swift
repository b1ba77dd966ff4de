// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import SystemIO

/// Which Actors the directory was pushed to or pulled from, by the names that it gave them: an Actor that was
/// renamed since is found by its id.
extension DirectoryMemory {
  private struct Actors: Codable {
    static let format = 1
    var format = Self.format
    /// The ids, by API root and name.
    var ids: [String: [String: String]]
  }

  private static let actorsName = "actors"

  private var actors: Actors {
    guard let actors = record(Self.actorsName, as: Actors.self), actors.format == Actors.format else {
      return Actors(ids: [:])
    }
    return actors
  }

  /// The id of the Actor that was met as `reference`; nil where none was.
  func actorID(of reference: ActorReference, root: APIRoot) -> String? {
    actors.ids[root.description]?[reference.description]
  }

  /// Keeps that the Actor `id` was met as `reference`; a failure costs no more than the check.
  func keepActor(_ id: String, of reference: ActorReference, root: APIRoot) {
    var actors = actors
    if actors.ids[root.description]?[reference.description] == id { return }
    actors.ids[root.description, default: [:]][reference.description] = id
    try? keep(actors, as: Self.actorsName)
  }
}

extension PushSettings {
  /// The Actor on `platform`.
  ///
  /// - Throws: `actorRenamed` where the directory's Actor has another name now, else `noSuchActor` where
  ///   there is none; and what the platform says.
  func actor(on platform: any Platform) async throws(DeployError) -> ApifyActor {
    if let actor = try await platform.ask({ try await platform.actor(reference) }) { return actor }
    guard directory != nil else { throw .noSuchActor(reference) }
    throw try await absence(
      for: Account(try await platform.ask { try await platform.currentUser() }), platform)
  }

  /// Why there is no Actor of the name that is wanted, for `user`, the token's owner.
  func absence(for user: Account, _ platform: any Platform) async throws(DeployError) -> DeployError {
    let own = ownName(user)
    let (name, isOwn) = (own ?? reference.description, own != nil)
    let names = isOwn ? [reference, .own(name: name), .named(owner: user.username, name: name)] : [reference]
    guard let id = names.lazy.compactMap({ directory?.actorID(of: $0, root: platform.root) }).first,
      let actor = try await platform.ask({ try await platform.actor(.id(id)) }),
      // A bare name is another's with another's token.
      !isOwn || actor.userID == user.id
    else { return .noSuchActor(reference) }
    let newName = isOwn ? actor.name : actor.qualifiedName
    return newName == name ? .noSuchActor(reference) : .actorRenamed(name, to: newName, isOwn: isOwn)
  }
}
