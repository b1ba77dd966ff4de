// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import ApifyAPI
internal import PlatformEmulator
internal import PlatformModel

extension InMemoryPlatform {
  /// It repeats nothing.
  package func hide(_ secrets: [String]) {}

  package func currentUser() async throws -> ApifyAPI.User {
    try await carryOut(.currentUser, .get("users", "me")) { try model(from: UserView(try user)) }
  }

  package func actor(_ reference: ApifyAPI.ActorReference) async throws -> ApifyActor? {
    try await find(.actor, .get("actors", reference.pathSegment)) { try look(for: reference) }
  }

  package func createActor(_ new: NewActor) async throws -> ApifyActor {
    let body = try RequestBody.json(new)
    return try await carryOut(
      .createActor, .create(body, in: "actors"), orLook: { try look(for: .own(name: new.name)) }
    ) {
      let change = try await input(ActorChange.self, from: body)
      let user = try user
      let actor = try store.update { state throws(PlatformError) in
        try state.createActor(change, for: user, id: Identifier.make(), at: now)
      }
      return try model(from: state.view(of: actor))
    }
  }

  package func version(actor: ApifyAPI.ActorReference, number: String) async throws -> ActorVersion? {
    try await find(.version, .get("actors", actor.pathSegment, "versions", number)) {
      try look(for: number, of: actor)
    }
  }

  package func createVersion(
    actor: ApifyAPI.ActorReference, number: String, body: RequestBody, isOurs: (ActorVersion) -> Bool
  ) async throws -> ActorVersion {
    let look = {
      let found = try self.look(for: number, of: actor)
      return isOurs(found) ? found : nil
    }
    let request = Call.create(body, in: "actors", actor.pathSegment, "versions")
    return try await carryOut(.createVersion, request, orLook: look) {
      let user = try user
      let change = try await input(VersionChange.self, from: body)
      let version = try store.update { state throws(PlatformError) in
        try state.createVersion(change, of: actor.inModel, for: user, at: now)
      }
      return try model(from: VersionView(version, includingFiles: true))
    }
  }

  @discardableResult
  package func updateVersion(
    actor: ApifyAPI.ActorReference, number: String, body: RequestBody,
    isUpdated: ((ActorVersion) throws -> Bool)?
  ) async throws -> ActorVersion {
    let look = {
      let found = try self.look(for: number, of: actor)
      return try isUpdated?(found) == true ? found : nil
    }
    let request = Call.put(body, to: "actors", actor.pathSegment, "versions", number)
    return try await carryOut(.updateVersion, request, orLook: look) {
      let user = try user
      let change = try await input(VersionChange.self, from: body)
      let version = try store.update { state throws(PlatformError) in
        try state.updateVersion(number, of: actor.inModel, with: change, for: user, at: now)
      }
      return try model(from: VersionView(version, includingFiles: true))
    }
  }

  @discardableResult
  package func setTag(
    _ tag: String, to id: String, actor: ApifyAPI.ActorReference, isSet: ((ApifyActor) throws -> Bool)?
  ) async throws -> ApifyActor {
    let body = try RequestBody.json(["taggedBuilds": [tag: ["buildId": id]]])
    let look = {
      let found = try self.look(for: actor)
      return try isSet?(found) == true ? found : nil
    }
    return try await carryOut(.setTag, .put(body, to: "actors", actor.pathSegment), orLook: look) {
      let user = try user
      let change = try await input(ActorChange.self, from: body)
      let actor = try store.update { state throws(PlatformError) in
        try state.updateActor(actor.inModel, with: change, for: user, at: now)
      }
      return try model(from: state.view(of: actor))
    }
  }

  private func look(for reference: ApifyAPI.ActorReference) throws -> ApifyActor {
    let user = try user
    return try model(
      from: try store.read { state throws(PlatformError) in
        state.view(of: try state.actor(reference.inModel, for: user, access: .read))
      })
  }

  private func look(for number: String, of actor: ApifyAPI.ActorReference) throws -> ActorVersion {
    let user = try user
    let version = try store.read { state throws(PlatformError) in
      try state.version(number, of: actor.inModel, for: user)
    }
    return try model(from: VersionView(version, includingFiles: true))
  }
}
