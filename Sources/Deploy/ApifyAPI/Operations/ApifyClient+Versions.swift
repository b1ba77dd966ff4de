// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

extension ApifyClient {
  /// A version with its source: `GET actors/{id}/versions/{number}`.
  ///
  /// - Returns: nil where there is none.
  package func version(actor: ActorReference, number: String) async throws -> ActorVersion? {
    try await nilIfNotFound {
      try await run(
        .get("actors", actor.pathSegment, "versions", number.percentEncodedSegment),
        decode: Envelope<ActorVersion>.decode)
    }
  }

  /// Makes a version: `POST actors/{id}/versions`.
  ///
  /// Where an answer is lost it looks for the version before it asks again, and takes one that `isOurs` for the answer.
  ///
  /// - Parameters:
  ///   - number: the version number that is in `body`.
  ///   - isOurs: tells a version that this call has made from one that somebody else made in the same moment.
  /// - Throws: `APIError`; a 409 or `version-already-exists` where there is another one.
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

  /// Changes what `body` has of a version: `PUT actors/{id}/versions/{number}`.
  @discardableResult
  package func updateVersion(
    actor: ActorReference, number: String, body: RequestBody
  ) async throws -> ActorVersion {
    try await run(
      .put(body, to: "actors", actor.pathSegment, "versions", number.percentEncodedSegment),
      decode: Envelope<ActorVersion>.decode)
  }
}
