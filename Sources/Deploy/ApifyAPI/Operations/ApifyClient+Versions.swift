// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

extension ApifyClient {
  /// A version with its source: `GET actors/{id}/versions/{number}`.
  ///
  /// - Returns: nil where it does not exist.
  package func version(actor: ActorReference, number: String) async throws -> ActorVersion? {
    try await nilIfNotFound {
      try await run(
        .get("actors", actor.pathSegment, "versions", number.percentEncodedSegment),
        decode: Envelope<ActorVersion>.decode)
    }
  }

  /// Creates a version: `POST actors/{id}/versions`.
  ///
  /// Where the answer is lost it looks for the version before it repeats the request, and returns one that
  /// `isOurs`.
  ///
  /// - Parameters:
  ///   - number: the version number in `body`.
  ///   - isOurs: tells a version that this call created from one created elsewhere at the same time.
  /// - Throws: `APIError`; a 409 or `version-already-exists` where another one exists.
  package func createVersion(
    actor: ActorReference, number: String, body: RequestBody,
    isOurs: (ActorVersion) -> Bool = { _ in true }
  ) async throws -> ActorVersion {
    try await run(
      .create(body, in: "actors", actor.pathSegment, "versions"), decode: Envelope<ActorVersion>.decode
    ) {
      let found = try await version(actor: actor, number: number)
      return found.flatMap { isOurs($0) ? $0 : nil }
    }
  }

  /// Changes the properties of a version that `body` has: `PUT actors/{id}/versions/{number}`.
  @discardableResult
  package func updateVersion(
    actor: ActorReference, number: String, body: RequestBody
  ) async throws -> ActorVersion {
    try await run(
      .put(body, to: "actors", actor.pathSegment, "versions", number.percentEncodedSegment),
      decode: Envelope<ActorVersion>.decode)
  }
}
