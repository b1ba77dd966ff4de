// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Hummingbird
internal import PlatformModel
internal import SystemIO

extension Endpoints {
  func registerBuilds(on router: Router<EmulatorContext>) {
    // The older addresses are the same handlers.
    for family in ["actors", "acts"] {
      let builds = router.group("/v2/\(family)/{ref}/builds")
      registerBuilds(of: builds)
      registerBuild(on: builds.group("{build}"))
    }
    router.get("/v2/actor-builds") { request, _ in
      let user = try user(of: request)
      let builds = store.read { $0.builds(startedBy: user) }
      return try Answer.data(try request.page(of: builds) { BuildView($0, .listed) })
    }
    registerBuild(on: router.group("/v2/actor-builds/{build}"))
    router.get("/v2/logs/{job}") { request, context in
      try log(request, context, of: context.parameter("job"))
    }
  }

  private func registerBuild(on build: RouterGroup<EmulatorContext>) {
    build.get { request, context in
      let id = try buildID(request, context)
      guard seam.interceptor?.isVisible(id) ?? true else { throw PlatformError.notFound("Build") }
      await wait(for: id, atMost: try request.number("waitForFinish") ?? 0)
      return try Answer.data(BuildView(try self.build(id), .whole))
    }

    build.delete { request, context in
      let user = try user(of: request)
      let id = try buildID(request, context)
      try store.update { state throws(PlatformError) in try state.deleteBuild(id, for: user) }
      return Answer.noContent
    }

    build.post("abort") { request, context in
      let id = try buildID(request, context)
      try requireWritable(request)
      return try Answer.data(BuildView(try runner.abort(id) ?? self.build(id), .whole))
    }

    build.get("log") { request, context in
      try log(request, context, of: try buildID(request, context))
    }
  }

  private func registerBuilds(of builds: RouterGroup<EmulatorContext>) {
    builds.post { request, context in
      let user = try user(of: request)
      guard let number = request.uri.queryParameters["version"] else {
        throw PlatformError.invalidInput("version is required")
      }
      let tag = request.uri.queryParameters["tag"].map { String($0) }
      let seconds = try request.number("waitForFinish") ?? 0
      let made = try store.update { state throws(PlatformError) in
        try state.createBuild(
          of: String(number), context.actorReference, tag: tag, origin: request.origin,
          userAgent: request.headers[.userAgent], for: user, id: Identifier.make(), at: clock())
      }
      runner.start(made)
      if seconds == 0 { return try Answer.data(BuildView(made, .started), status: .created) }
      await wait(for: made.id, atMost: seconds)
      return try Answer.data(BuildView(try build(made.id), .started), status: .created)
    }

    builds.get { request, context in
      let user = try user(of: request)
      let builds = try store.read { state throws(PlatformError) in
        state.builds(of: try state.actor(context.actorReference, for: user, access: .read).id)
      }
      return try Answer.data(try request.page(of: builds) { BuildView($0, .listed) })
    }

    builds.get("default") { request, context in
      let user = try user(of: request)
      let id = try store.read { state throws(PlatformError) in
        try state.defaultBuild(of: context.actorReference, for: user).id
      }
      await wait(for: id, atMost: try request.number("waitForFinish") ?? 0)
      return try Answer.data(BuildView(try build(id), .whole))
    }
  }

  func requireWritable(_ request: Request) throws {
    let user = try user(of: request)
    try store.read { state throws(PlatformError) in try state.requireWritable(user) }
  }

  /// The build that the address names; where it names an Actor, too, the build must be of that one.
  private func buildID(_ request: Request, _ context: EmulatorContext) throws -> String {
    let user = try user(of: request)
    let id = context.parameter("build")
    return try store.read { state throws(PlatformError) in
      let build = try state.build(id, for: user)
      guard context.parameters.get("ref") != nil else { return build.id }
      let actor = try state.actor(context.actorReference, for: user, access: .read)
      guard actor.id == build.actorId else { throw PlatformError.notFound("Build") }
      return build.id
    }
  }

  private func build(_ id: String) throws(PlatformError) -> BuildRecord {
    guard let build = store.read({ $0.builds[id] }) else { throw .notFound("Build") }
    return build
  }

  /// The log of the build or run `id`.
  func log(_ request: Request, _ context: EmulatorContext, of id: String) throws -> Response {
    let user = try user(of: request)
    try store.read { state throws(PlatformError) in try state.requireVisible(id, for: user) }
    let log = BuildLog(
      store: store, id: id, isStreamed: request.isSet("stream"),
      end: seam.interceptor?.logEnd(of: id) ?? .withBuild, channel: context.channel)
    return Response(
      status: .ok, headers: [.contentType: "text/plain; charset=utf-8"],
      body: ResponseBody { writer in try await log.write(to: &writer) })
  }

  /// Waits for the end of the build or run `id`, at most so many seconds, and at most a minute.
  func wait(for id: String, atMost seconds: Int) async {
    guard seconds > 0 else { return }
    await withTaskGroup { group in
      group.addTask {
        _ = await store.signal.wait(for: { store.read { $0.hasEnded(id) == true ? true : nil } })
      }
      group.addTask { try? await sleep(.seconds(Swift.min(seconds, 60))) }
      await group.next()
      group.cancelAll()
    }
  }
}
