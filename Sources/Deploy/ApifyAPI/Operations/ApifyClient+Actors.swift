// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

extension ApifyClient {
  /// The Actor that `reference` names: `GET actors/{id}`.
  ///
  /// - Returns: nil where there is none, or none that this token may see.
  package func actor(_ reference: ActorReference) async throws -> ApifyActor? {
    try await nilIfNotFound {
      try await run(.get("actors", reference.pathSegment), decode: Envelope<ApifyActor>.decode)
    }
  }

  /// Makes an Actor of the token's owner: `POST actors`.
  ///
  /// Where an answer is lost it looks for an Actor of that name with the versions asked for before it asks again, so there
  /// is one Actor in the end and its maker gets it.
  package func createActor(_ new: NewActor) async throws -> ApifyActor {
    let wanted = new.versions.map(\.versionNumber)
    return try await run(.create(.json(new), in: "actors"), decode: Envelope<ApifyActor>.decode) {
      guard let found = try await actor(.own(name: new.name)) else { return nil }
      let versions = found.versions.map(\.versionNumber)
      return versions.sorted() == wanted.sorted() && (new.title == nil || new.title == found.title)
        ? found : nil
    }
  }
}
