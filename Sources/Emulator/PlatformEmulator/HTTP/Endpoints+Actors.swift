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
        try request.page(of: own) { actor in store.read { $0.summary(of: actor) } })
    }

    actors.post { request, context in
      let user = try user(of: request)
      let change = try await request.decodeJSON(ActorChange.self, context: context)
      let actor = try store.update { state throws(PlatformError) in
        try state.createActor(change, for: user, id: Identifier.make(), at: clock())
      }
      return try Answer.data(view(actor), status: .created)
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
      let actor = try store.update { state throws(PlatformError) in
        try state.updateActor(context.actorReference, with: change, for: user, at: clock())
      }
      return try Answer.data(view(actor))
    }
  }

  private func view(_ actor: ActorRecord) -> ActorView {
    store.read { $0.view(of: actor) }
  }
}
