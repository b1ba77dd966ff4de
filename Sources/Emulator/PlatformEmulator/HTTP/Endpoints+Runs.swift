// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Hummingbird
internal import NIOCore
internal import PlatformModel

extension Endpoints {
  func registerRuns(on router: Router<EmulatorContext>) {
    // The older addresses are the same handlers.
    for family in ["actors", "acts"] { registerRuns(of: router.group("/v2/\(family)/{ref}/runs")) }
    router.get("/v2/actor-runs") { request, _ in
      let user = try user(of: request)
      let runs = store.read { $0.runs(of: nil, for: user) }
      return try Answer.data(try request.page(of: runs) { RunView($0, isListed: true) })
    }
    let run = router.group("/v2/actor-runs/{run}")

    run.get { request, context in
      let id = try runID(request, context)
      await wait(for: id, atMost: try request.number("waitForFinish") ?? 0)
      return try Answer.data(RunView(try self.run(id)))
    }

    run.post("abort") { request, context in
      let id = try runID(request, context)
      try requireWritable(request)
      return try Answer.data(RunView(try runner.abortRun(id) ?? self.run(id)))
    }

    run.get("log") { request, context in try log(request, context, of: try runID(request, context)) }
  }

  private func registerRuns(of runs: RouterGroup<EmulatorContext>) {
    runs.post { request, context in
      let seconds = try request.number("waitForFinish") ?? 0
      let made = try await start(request, context)
      await wait(for: made.id, atMost: seconds)
      return try Answer.data(RunView(try run(made.id)), status: .created)
    }

    runs.get { request, context in
      let user = try user(of: request)
      let status = request.uri.queryParameters["status"].map { String($0) }
      let runs = try store.read { state throws(PlatformError) in
        let actor = try state.actor(context.actorReference, for: user, access: .read)
        return state.runs(of: actor.id, for: user)
      }
      let wanted = runs.filter { status == nil || $0.status.rawValue == status }
      return try Answer.data(try request.page(of: wanted) { RunView($0, isListed: true) })
    }

    runs.get("last") { request, context in
      let user = try user(of: request)
      let status = request.uri.queryParameters["status"].map { String($0) }
      let run = try store.read { state throws(PlatformError) in
        let actor = try state.actor(context.actorReference, for: user, access: .read)
        return state.runs(of: actor.id, for: user).last { status == nil || $0.status.rawValue == status }
      }
      guard let run else { throw PlatformError.notFound("Actor run") }
      return try Answer.data(RunView(run))
    }
  }

  private func start(_ request: Request, _ context: EmulatorContext) async throws -> RunRecord {
    let user = try user(of: request)
    let query = request.uri.queryParameters
    var new = NewRun(build: query["build"].map { String($0) })
    new.timeoutSecs = try request.number("timeout")
    new.memoryMbytes = try request.number("memory")
    new.origin = request.origin
    new.userAgent = request.headers[.userAgent]
    // Before the body is read.
    try store.read { state throws(PlatformError) in
      try state.requireWritable(user)
      _ = try state.actor(context.actorReference, for: user, access: .read)
    }
    new.input = try await input(request, context)
    do {
      let (chosen, storages) = (
        new,
        RunRecord.Storages(
          keyValueStore: Identifier.make(), dataset: Identifier.make(), requestQueue: Identifier.make())
      )
      let made = try store.update { state throws(PlatformError) in
        try state.createRun(
          chosen, of: context.actorReference, for: user, id: Identifier.make(), storages: storages,
          secret: Identifier.makeSecret(), at: clock())
      }
      runner.start(made)
      return made
    } catch {
      if let input = new.input { contents.remove(input.contents) }
      throw error
    }
  }

  /// The input of a run: the body as it is. One that says it is JSON must be.
  @inline(never)  // As `decodeJSON`.
  private func input(
    _ request: Request, _ context: EmulatorContext
  ) async throws -> StoreRecord.Record? {
    let encoding = try ContentEncoding(header: request.headers[.contentEncoding])
    let wire = try await request.wireBytes(encoding: encoding, context: context)
    let bytes = try encoding.decoded(wire, limit: Limits.requestBytes)
    context.exchange.note { $0.payloadBytes = bytes.count }
    if bytes.isEmpty { return nil }
    let type = request.headers[.contentType] ?? "application/octet-stream"
    if type.hasPrefix("application/json") { try JSONInput.checkRunInput(bytes) }
    let (parts, part) = AsyncStream.makeStream(of: ByteBuffer.self)
    part.yield(ByteBuffer(bytes: bytes))
    part.finish()
    let kept = try await contents.keep(parts, encoding: .identity) { _ in }
    return StoreRecord.Record(contentType: type, byteCount: kept.byteCount, contents: kept.name)
  }

  private func runID(_ request: Request, _ context: EmulatorContext) throws -> String {
    let user = try user(of: request)
    return try store.read { state throws(PlatformError) in
      try state.run(context.parameter("run"), for: user).id
    }
  }

  private func run(_ id: String) throws(PlatformError) -> RunRecord {
    guard let run = store.read({ $0.runs[id] }) else { throw .notFound("Actor run") }
    return run
  }
}
