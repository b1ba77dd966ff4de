// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

extension ApifyClient {
  /// The Actor that `reference` names: `GET actors/{id}`.
  ///
  /// - Returns: nil where it does not exist, or the token may not see it.
  package func actor(_ reference: ActorReference) async throws -> ApifyActor? {
    try await nilIfNotFound {
      try await run(.get("actors", reference.pathSegment), decode: Envelope<ApifyActor>.decode)
    }
  }

  /// Creates an Actor of the token's owner: `POST actors`.
  ///
  /// Where the answer is lost it looks for an Actor of that name with these versions before it repeats the
  /// request, so that one Actor is created, and returned.
  package func createActor(_ new: NewActor) async throws -> ApifyActor {
    let wanted = new.versions.map(\.versionNumber)
    return try await run(.create(.json(new), in: "actors"), decode: Envelope<ApifyActor>.decode) {
      guard let found = try await actor(.own(name: new.name)) else { return nil }
      let versions = found.versions.map(\.versionNumber)
      return versions.sorted() == wanted.sorted() && (new.title == nil || new.title == found.title)
        ? found : nil
    }
  }

  /// The Actors of the token's owner: `GET actors?my=1`.
  package func ownActors(limit: Int) async throws -> [ActorSummary] {
    try await run(
      .get("actors", query: [("my", "1"), ("limit", "\(limit)")]),
      decode: Envelope<Page<ActorSummary>>.decode
    ).items
  }
}
