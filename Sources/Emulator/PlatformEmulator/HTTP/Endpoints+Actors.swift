// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Hummingbird
internal import PlatformModel

extension Endpoints {
  func registerActors(on actors: RouterGroup<EmulatorContext>) {
    actors.get { request, _ in
      let user = try user(of: request)
      let own = store.read { $0.actors(of: user) }
      return try Answer.data(
        PageView(
          own.map { ActorSummaryView($0, username: user.username) },
          offset: try request.number("offset") ?? 0, limit: try request.number("limit") ?? 1000))
    }

    actors.post { request, context in
      let user = try user(of: request)
      return try create(try await request.decodeJSON(ActorChange.self, context: context), for: user)
    }

    actors.get("{ref}") { request, context in
      let user = try user(of: request)
      let actor = try store.read { state throws(PlatformError) in
        try state.actor(context.actorReference, for: user, access: .read)
      }
      return try Answer.data(view(actor))
    }

    actors.put("{ref}") { request, context in
      let user = try user(of: request)
      let change = try await request.decodeJSON(ActorChange.self, context: context)
      return try update(context.actorReference, with: change, for: user)
    }
  }

  // Apart from the handlers: the optimiser of Swift 6.3 crashes on a typed throw in their coroutines.

  private func create(_ change: ActorChange, for user: User) throws -> Response {
    let actor = try store.update { state throws(PlatformError) in
      try state.createActor(change, for: user, id: Identifier.make(), at: clock())
    }
    return try Answer.data(view(actor), status: .created)
  }

  private func update(
    _ reference: ActorReference?, with change: ActorChange, for user: User
  ) throws -> Response {
    let actor = try store.update { state throws(PlatformError) in
      try state.updateActor(reference, with: change, for: user, at: clock())
    }
    return try Answer.data(view(actor))
  }

  private func view(_ actor: ActorRecord) -> ActorView {
    store.read { $0.view(of: actor) }
  }
}
