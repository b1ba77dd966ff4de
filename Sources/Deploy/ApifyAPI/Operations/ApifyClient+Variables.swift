// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

extension ApifyClient {
  /// Sets one variable of a version, and leaves the others alone: `PUT
  /// actors/{id}/versions/{number}/env-vars/{name}`, or `POST …/env-vars` where there is none of the name.
  ///
  /// A lost answer, and a variable that comes or goes meanwhile, end in the same state: the `PUT` may be
  /// repeated, and stands in for the look that a `POST` needs.
  ///
  /// - Parameter isNew: whether the version had no such variable when it was looked at.
  package func setVariable(
    _ variable: EnvironmentVariable, isNew: Bool, actor: ActorReference, number: String
  ) async throws {
    if !isNew, try await putVariable(variable, actor, number) { return }
    do {
      try await createVariable(variable, actor, number)
    } catch let error as APIError where error.saysItExists || error.status == 400 {
      // Another has created it since. What else is wrong with the request, the PUT says as well.
      guard try await putVariable(variable, actor, number) else { throw error }
    }
  }

  /// Removes one variable of a version: `DELETE actors/{id}/versions/{number}/env-vars/{name}`. One that is
  /// gone already is no error.
  package func removeVariable(_ name: String, actor: ActorReference, number: String) async throws {
    _ = try await nilIfNotFound {
      try await run(
        .delete(
          "actors", actor.pathSegment, "versions", number.percentEncodedSegment, "env-vars",
          name.percentEncodedSegment), decode: { _ in })
    }
  }

  /// Changes a variable; false where there is none of the name, or no such version.
  private func putVariable(
    _ variable: EnvironmentVariable, _ actor: ActorReference, _ number: String
  ) async throws -> Bool {
    try await nilIfNotFound {
      try await run(
        .put(
          .json(variable), to: "actors", actor.pathSegment, "versions", number.percentEncodedSegment,
          "env-vars", variable.name.percentEncodedSegment), decode: { _ in })
    } != nil
  }

  private func createVariable(
    _ variable: EnvironmentVariable, _ actor: ActorReference, _ number: String
  ) async throws {
    try await run(
      .create(
        .json(variable), in: "actors", actor.pathSegment, "versions", number.percentEncodedSegment,
        "env-vars"), decode: { _ in }
    ) {
      try await putVariable(variable, actor, number) ? () : nil
    }
  }
}
