// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Hummingbird
internal import PlatformModel
internal import SystemIO

/// Pages to look at what was pushed. They need no token: they are read-only, and on this machine's loopback
/// interface only.
extension Endpoints {
  func registerPages(on router: Router<EmulatorContext>) {
    router.get("/") { request, _ in
      await page(for: request) { state, source in
        OverviewPage(state: state, source: source).page
      }
    }

    router.get("/builds/{build}") { request, context in
      let id = context.parameters.get("build") ?? ""
      return await page(for: request) { state, source in
        guard let build = state.builds[id], let actor = state.actors[build.actorId] else { return nil }
        return DetailPages.build(build, of: actor, in: state, from: source)
      }
    }

    router.get("/runs/{run}") { request, context in
      let id = context.parameters.get("run") ?? ""
      return await page(for: request) { state, _ in
        guard let run = state.runs[id], let actor = state.actors[run.actorId] else { return nil }
        return DetailPages.run(run, of: actor)
      }
    }

    router.get("/actors/{actor}") { request, context in
      let id = context.parameters.get("actor") ?? ""
      return await page(for: request) { state, source in
        state.actors[id].map { DetailPages.actor($0, in: state, from: source) }
      }
    }

    let version = router.group("/actors/{actor}/versions/{version}")
    version.get { request, context in
      let (id, number) = (context.parameters.get("actor") ?? "", context.versionNumber)
      return await page(for: request) { state, source in
        guard let (actor, version) = Self.find(number, of: id, in: state) else { return nil }
        return DetailPages.version(version, of: actor, from: source)
      }
    }

    version.get("file") { request, context in
      let (id, number) = (context.parameters.get("actor") ?? "", context.versionNumber)
      let name = request.uri.queryParameters["name"].map { Array(String($0).utf8) } ?? []
      return await page(for: request) { state, source in
        guard let (actor, version) = Self.find(number, of: id, in: state),
          let bytes = SourceListing.bytes(of: name, in: version, from: source)
        else { return nil }
        return DetailPages.file(name, bytes, of: version, of: actor)
      }
    }
  }

  private static func find(
    _ number: String, of id: String, in state: PlatformState
  ) -> (ActorRecord, VersionRecord)? {
    guard let actor = state.actors[id], let number = VersionNumber(number),
      let index = actor.index(of: number)
    else { return nil }
    return (actor, actor.versions[index])
  }

  /// The page that `make` makes; nil where there is nothing of that name. Reading a zip may take a while.
  private func page(
    for request: Request, _ make: @escaping @Sendable (PlatformState, BuildSource) -> Page?
  ) async -> Response {
    let address = source.address.current?.baseURL ?? ""
    // Refuses the pages of a foreign site whose name resolves to this machine (DNS rebinding): there is no
    // token to do it.
    let host = request.head.authority?.prefix { $0 != ":" }.lowercased()
    guard host == "127.0.0.1" || host == "localhost" else {
      return Page.error(.forbidden, "This page is at \(address)").response(address: address)
    }
    let state = store.read { $0 }
    let page = await Threads.run { [source] in make(state, source) }
    return (page ?? .error(.notFound, "There is nothing here")).response(address: address)
  }
}
