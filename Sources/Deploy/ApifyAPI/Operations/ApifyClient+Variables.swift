// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

extension ApifyClient {
  /// Sets one variable of a version, and leaves the others alone: `PUT
  /// actors/{id}/versions/{number}/env-vars/{name}`, or `POST …/env-vars` where there is none of the name.
  ///
  /// A lost answer, and a variable that comes or goes meanwhile, end in the same state: the `PUT` may be
  /// repeated, and stands in for the look that a `POST` needs.
  ///
  /// - Parameters:
  ///   - isNew: whether the version had no such variable when it was looked at.
  ///   - isSet: tells, before a request is repeated, a variable that this call has set from one that is as it
  ///     was before, and throws where others have changed it; nil repeats the request without a look.
  /// - Throws: `APIError`, `CancellationError`, and what `isSet` throws.
  package func setVariable(
    _ variable: EnvironmentVariable, isNew: Bool, actor: ActorReference, number: String,
    isSet: ((EnvironmentVariable) throws -> Bool)?
  ) async throws {
    if !isNew, try await putVariable(variable, actor, number, isSet) { return }
    do {
      try await createVariable(variable, actor, number, isSet)
    } catch let error as APIError where error.saysItExists || error.status == 400 {
      // Another has created it since. What else is wrong with the request, the PUT says as well.
      guard try await putVariable(variable, actor, number, isSet) else { throw error }
    }
  }

  /// Removes one variable of a version: `DELETE actors/{id}/versions/{number}/env-vars/{name}`. One that is
  /// gone already is no error.
  ///
  /// - Parameter check: throws, before the request is repeated, where others have changed the variable.
  package func removeVariable(
    _ name: String, actor: ActorReference, number: String, check: ((EnvironmentVariable) throws -> Void)?
  ) async throws {
    let call = Call.delete(
      "actors", actor.pathSegment, "versions", number.percentEncodedSegment, "env-vars",
      name.percentEncodedSegment)
    _ = try await nilIfNotFound {
      guard let check else { return try await run(call, decode: { _ in }) }
      try await run(call.lookingEachTime(), decode: { _ in }) {
        guard let found = try await variable(name, actor, number) else { return () }
        try check(found)
        return nil
      }
    }
  }

  /// A variable; nil where there is none of the name, or no such version.
  private func variable(
    _ name: String, _ actor: ActorReference, _ number: String
  ) async throws -> EnvironmentVariable? {
    try await nilIfNotFound {
      try await run(
        .get(
          "actors", actor.pathSegment, "versions", number.percentEncodedSegment, "env-vars",
          name.percentEncodedSegment), decode: Envelope<EnvironmentVariable>.decode)
    }
  }

  /// Changes a variable; false where there is none of the name, or no such version.
  private func putVariable(
    _ variable: EnvironmentVariable, _ actor: ActorReference, _ number: String,
    _ isSet: ((EnvironmentVariable) throws -> Bool)?
  ) async throws -> Bool {
    let call = Call.put(
      try .json(variable), to: "actors", actor.pathSegment, "versions", number.percentEncodedSegment,
      "env-vars", variable.name.percentEncodedSegment)
    return try await nilIfNotFound {
      guard let isSet else { return try await run(call, decode: { _ in }) }
      try await run(call.lookingEachTime(), decode: { _ in }) {
        let found = try await self.variable(variable.name, actor, number)
        return try found.flatMap { try isSet($0) ? () : nil }
      }
    } != nil
  }

  private func createVariable(
    _ variable: EnvironmentVariable, _ actor: ActorReference, _ number: String,
    _ isSet: ((EnvironmentVariable) throws -> Bool)?
  ) async throws {
    try await run(
      .create(
        .json(variable), in: "actors", actor.pathSegment, "versions", number.percentEncodedSegment,
        "env-vars"), decode: { _ in }
    ) {
      if let isSet, let found = try await self.variable(variable.name, actor, number), try isSet(found) {
        return ()
      }
      return try await putVariable(variable, actor, number, isSet) ? () : nil
    }
  }
}
