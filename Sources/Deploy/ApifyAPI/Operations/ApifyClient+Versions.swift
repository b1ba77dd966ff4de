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
  ///
  /// Where the answer is lost, or the request refused for now, it looks at the version before it repeats the
  /// request, and returns one that `isUpdated`.
  ///
  /// - Parameter isUpdated: tells a version that this call has changed from one that is as it was before, and
  ///   throws where others have changed it; nil repeats the request without a look.
  /// - Throws: `APIError`, `CancellationError`, and what `isUpdated` throws.
  @discardableResult
  package func updateVersion(
    actor: ActorReference, number: String, body: RequestBody, isUpdated: ((ActorVersion) throws -> Bool)?
  ) async throws -> ActorVersion {
    let call = Call.put(body, to: "actors", actor.pathSegment, "versions", number.percentEncodedSegment)
    guard let isUpdated else { return try await run(call, decode: Envelope<ActorVersion>.decode) }
    return try await run(call.lookingEachTime(), decode: Envelope<ActorVersion>.decode) {
      let found = try await version(actor: actor, number: number)
      return try found.flatMap { try isUpdated($0) ? $0 : nil }
    }
  }
}
