// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Hummingbird
internal import NIOCore

extension Endpoints {
  func registerBuilds(on router: Router<EmulatorContext>) {
    for family in ["actors", "acts"] {
      let builds = router.group("/v2/\(family)/{ref}/builds")

      builds.post { request, context in
        let user = try user(of: request)
        guard let number = request.uri.queryParameters["version"] else {
          throw PlatformError.invalidInput("version is required")
        }
        let tag = request.uri.queryParameters["tag"].map { String($0) }
        let build = try store.update { state throws(PlatformError) in
          try state.createBuild(
            of: String(number), context.actorReference, tag: tag, for: user, at: clock())
        }
        runner.start(build)
        try await wait(for: build.id, atMost: try request.number("waitForFinish") ?? 0)
        return try Answer.data(view(build.id, isWhole: false), status: .created)
      }

      builds.get { request, context in
        let user = try user(of: request)
        let actor = try store.read { state throws(PlatformError) in
          try state.actor(context.actorReference, for: user, access: .read)
        }
        var builds = store.read { $0.builds(of: actor.id) }
        if request.uri.queryParameters["desc"] == "1" || request.uri.queryParameters["desc"] == "true" {
          builds.reverse()
        }
        return try Answer.data(
          PageView(
            builds.map { BuildView(build: $0, isWhole: false) },
            offset: try request.number("offset") ?? 0, limit: try request.number("limit") ?? 1000))
      }
    }

    router.get("/v2/actor-builds/{build}") { request, context in
      let id = try buildID(request, context)
      guard runner.isVisible(id) else { throw PlatformError.notFound("Build") }
      try await wait(for: id, atMost: try request.number("waitForFinish") ?? 0)
      return try Answer.data(view(id, isWhole: true))
    }

    router.post("/v2/actor-builds/{build}/abort") { request, context in
      let id = try buildID(request, context)
      runner.abort(id)
      return try Answer.data(view(id, isWhole: true))
    }

    for path in ["/v2/logs/{build}", "/v2/actor-builds/{build}/log"] {
      router.get("\(path)") { request, context in
        let id = try buildID(request, context)
        let isStreamed = ["1", "true"].contains(request.uri.queryParameters["stream"] ?? "")
        return Response(
          status: .ok, headers: [.contentType: "text/plain; charset=utf-8"],
          body: ResponseBody { writer in
            try await write(logOf: id, isStreamed: isStreamed, to: &writer)
            try await writer.finish(nil)
          })
      }
    }
  }

  private func buildID(_ request: Request, _ context: EmulatorContext) throws -> String {
    let user = try user(of: request)
    let id = context.parameters.get("build").flatMap(PercentEncoding.decoded) ?? ""
    _ = try store.read { state throws(PlatformError) in try state.build(id, for: user) }
    return id
  }

  private func record(_ id: String) throws -> BuildRecord {
    guard let build = store.read({ $0.builds[id] }) else { throw PlatformError.notFound("Build") }
    return build
  }

  private func view(_ id: String, isWhole: Bool) throws -> BuildView {
    BuildView(build: try record(id), isWhole: isWhole)
  }

  /// Waits for the end of a build, at most so many seconds, and at most a minute.
  private func wait(for id: String, atMost seconds: Int) async throws {
    let end = ContinuousClock.now + .seconds(Swift.min(seconds, 60))
    while ContinuousClock.now < end, try !record(id).status.isFinal {
      try await Task.sleep(for: .milliseconds(5))
    }
  }

  /// Writes a log, and as long as it grows, if asked to.
  private func write(logOf id: String, isStreamed: Bool, to writer: inout any ResponseBodyWriter) async throws
  {
    let end = runner.script(of: id).logEnd
    var count = 0
    while true {
      let build = try record(id)
      let lines = build.log.dropFirst(count)
      if !lines.isEmpty {
        try await writer.write(ByteBuffer(string: lines.map { $0 + "\n" }.joined()))
        count += lines.count
      }
      if !isStreamed || (build.status.isFinal && end != .never) || (count > 0 && end == .early) { return }
      try await Task.sleep(for: .milliseconds(5))
    }
  }
}

/// A build, in short or with the version that was built.
struct BuildView: Encodable {
  let build: BuildRecord
  let isWhole: Bool

  private enum CodingKeys: CodingKey {
    case id, actId, userId, status, buildNumber, startedAt, finishedAt, actVersion, meta
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(build.id, forKey: .id)
    try container.encode(build.actorId, forKey: .actId)
    try container.encode(build.userId, forKey: .userId)
    try container.encode(build.status, forKey: .status)
    try container.encode(build.buildNumber, forKey: .buildNumber)
    try container.encode(build.startedAt.iso8601, forKey: .startedAt)
    try container.encodeIfPresent(build.finishedAt?.iso8601, forKey: .finishedAt)
    try container.encode(["origin": "API"], forKey: .meta)
    if isWhole {
      try container.encode(VersionView(version: build.version, includingFiles: true), forKey: .actVersion)
    }
  }
}
