// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Hummingbird
internal import PlatformModel
internal import SystemIO

extension Endpoints {
  func registerBuilds(on router: Router<EmulatorContext>) {
    // The older addresses are the same handlers.
    for family in ["actors", "acts"] { registerBuilds(of: router.group("/v2/\(family)/{ref}/builds")) }
    let builds = router.group("/v2/actor-builds/{build}")

    builds.get { request, context in
      let id = try buildID(request, context)
      guard seam.interceptor?.isVisible(id) ?? true else { throw PlatformError.notFound("Build") }
      await wait(for: id, atMost: try request.number("waitForFinish") ?? 0)
      return try Answer.data(BuildView(try build(id), isWhole: true))
    }

    builds.post("abort") { request, context in
      let id = try buildID(request, context)
      try requireWritable(request)
      return try Answer.data(BuildView(try runner.abort(id) ?? build(id), isWhole: true))
    }

    builds.get("log") { request, context in try log(request, context) }
    router.get("/v2/logs/{build}") { request, context in try log(request, context) }
  }

  private func registerBuilds(of builds: RouterGroup<EmulatorContext>) {
    builds.post { request, context in
      let user = try user(of: request)
      guard let number = request.uri.queryParameters["version"] else {
        throw PlatformError.invalidInput("version is required")
      }
      let tag = request.uri.queryParameters["tag"].map { String($0) }
      let seconds = try request.number("waitForFinish") ?? 0
      let origin = request.headers[.requestOrigin] ?? "API"
      let made = try store.update { state throws(PlatformError) in
        try state.createBuild(
          of: String(number), context.actorReference, tag: tag, origin: origin, for: user,
          id: Identifier.make(), at: clock())
      }
      runner.start(made)
      if seconds == 0 { return try Answer.data(BuildView(made), status: .created) }
      await wait(for: made.id, atMost: seconds)
      return try Answer.data(BuildView(try build(made.id)), status: .created)
    }

    builds.get { request, context in
      let user = try user(of: request)
      let isNewestFirst = request.isSet("desc")
      let builds = try store.read { state throws(PlatformError) in
        state.builds(of: try state.actor(context.actorReference, for: user, access: .read).id)
      }
      let views = (isNewestFirst ? builds.reversed() : builds).map { BuildView($0) }
      return try Answer.data(
        PageView(
          views, offset: try request.number("offset") ?? 0, limit: try request.number("limit") ?? 1000,
          isDescending: isNewestFirst))
    }
  }

  private func requireWritable(_ request: Request) throws {
    let user = try user(of: request)
    try store.read { state throws(PlatformError) in try state.requireWritable(user) }
  }

  private func buildID(_ request: Request, _ context: EmulatorContext) throws -> String {
    let user = try user(of: request)
    let id = context.parameters.get("build").flatMap { PercentEncoding.decode($0) } ?? ""
    return try store.read { state throws(PlatformError) in try state.build(id, for: user).id }
  }

  private func build(_ id: String) throws(PlatformError) -> BuildRecord {
    guard let build = store.read({ $0.builds[id] }) else { throw .notFound("Build") }
    return build
  }

  private func log(_ request: Request, _ context: EmulatorContext) throws -> Response {
    let id = try buildID(request, context)
    let log = BuildLog(
      store: store, id: id, isStreamed: request.isSet("stream"),
      end: seam.interceptor?.logEnd(of: id) ?? .withBuild, channel: context.channel)
    return Response(
      status: .ok, headers: [.contentType: "text/plain; charset=utf-8"],
      body: ResponseBody { writer in try await log.write(to: &writer) })
  }

  /// Waits for the end of a build, at most so many seconds, and at most a minute.
  private func wait(for id: String, atMost seconds: Int) async {
    guard seconds > 0 else { return }
    await withTaskGroup { group in
      group.addTask {
        _ = await store.signal.wait(for: { store.read { $0.builds[id]?.status.isFinal == true ? true : nil } }
        )
      }
      group.addTask { try? await sleep(.seconds(Swift.min(seconds, 60))) }
      await group.next()
      group.cancelAll()
    }
  }
}

extension HTTPFields.Element.Name {
  /// Which program asks; not every name can be one, so it is an optional for the compiler only.
  fileprivate static let requestOrigin = Self("X-Apify-Request-Origin") ?? .userAgent
}

extension Request {
  /// Whether the query says yes to `name`.
  fileprivate func isSet(_ name: String) -> Bool {
    ["1", "true"].contains(uri.queryParameters[name[...]].map { String($0) } ?? "")
  }
}
