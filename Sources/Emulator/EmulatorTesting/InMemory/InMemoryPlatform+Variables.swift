// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import ApifyAPI
internal import PlatformEmulator
internal import PlatformModel

extension InMemoryPlatform {
  package func setVariable(
    _ variable: ApifyAPI.EnvironmentVariable, isNew: Bool, actor: ApifyAPI.ActorReference, number: String,
    isSet: ((ApifyAPI.EnvironmentVariable) throws -> Bool)?
  ) async throws {
    let change = EnvironmentVariableChange(
      name: variable.name, value: variable.value, isSecret: variable.isSecret)
    let path = ["actors", actor.pathSegment, "versions", number, "env-vars"].joined(separator: "/")
    let request =
      isNew
      ? Call.create(try .json(variable), in: path)
      : Call.put(try .json(variable), to: path, variable.name.percentEncodedSegment)
    // As over HTTP: after a lost answer of the POST, the PUT finds the variable.
    try await carryOut(.setVariable, request, orLook: { isNew ? () : nil }) {
      let user = try user
      try store.update { state throws(PlatformError) in
        do throws(PlatformError) {
          try state.updateVariable(
            change.name, of: number, actor.inModel, with: change, for: user, at: now)
        } catch {
          guard error.status == 404 else { throw error }
          try state.createVariable(change, of: number, actor.inModel, for: user, at: now)
        }
      }
    }
  }

  package func removeVariable(
    _ name: String, actor: ApifyAPI.ActorReference, number: String,
    check: ((ApifyAPI.EnvironmentVariable) throws -> Void)?
  ) async throws {
    let request = Call.delete(
      "actors", actor.pathSegment, "versions", number, "env-vars", name.percentEncodedSegment)
    _ = try await find(.removeVariable, request) {
      let user = try user
      try store.update { state throws(PlatformError) in
        try state.deleteVariable(name, of: number, actor.inModel, for: user, at: now)
      }
    }
  }
}
