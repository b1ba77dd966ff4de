// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import ApifyAPI
internal import PlatformEmulator
internal import PlatformModel

extension InMemoryPlatform {
  package func startBuild(
    actor: ApifyAPI.ActorReference, version: String, tag: String?, after last: String?
  ) async throws -> Build {
    var query = [("version", version), ("useCache", "1")]
    if let tag { query.append(("tag", tag)) }
    var started: BuildRecord?
    let request = Call.create(
      RequestBody([]), in: "actors", actor.pathSegment, "builds", query: query)
    return try await carryOut(
      .startBuild, request, orLook: { try started.map { try model(from: BuildView($0, .started)) } }
    ) {
      let user = try user
      let build = try store.update { state throws(PlatformError) in
        try state.createBuild(
          of: version, actor.inModel, tag: tag, for: user, id: Identifier.make(), at: now)
      }
      started = build
      runner.start(build)
      return try model(from: BuildView(build, .started))
    }
  }

  package func build(id: String) async throws -> Build? {
    try await find(.build, .get("actor-builds", id)) {
      let build = try visibleBuild(id)
      guard scripts.isVisible(id) else { throw PlatformError.notFound("Build") }
      return try model(from: BuildView(build, .whole))
    }
  }

  package func builds(of actor: ApifyAPI.ActorReference, limit: Int) async throws -> [Build] {
    let query = [("desc", "1"), ("limit", "\(limit)")]
    return try await carryOut(.builds, .get("actors", actor.pathSegment, "builds", query: query)) {
      let user = try user
      let builds = try store.read { state throws(PlatformError) in
        state.builds(of: try state.actor(actor.inModel, for: user, access: .read).id)
      }
      return try builds.reversed().prefix(limit).map { try model(from: BuildView($0, .listed)) }
    }
  }

  @discardableResult
  package func abortBuild(id: String) async throws -> Build {
    try await carryOut(.abortBuild, .post(RequestBody([]), to: "actor-builds", id, "abort")) {
      let build = try visibleBuild(id)
      let user = try user
      try store.read { state throws(PlatformError) in try state.requireWritable(user) }
      return try model(from: BuildView(runner.abort(id) ?? build, .whole))
    }
  }

  package func followLog(
    build id: String, skipping known: Int, onLine: (String) async -> Void
  ) async throws {
    try await carryOut(.followLog, .get("logs", id, query: [("stream", "1")])) {
      try requireVisible(id)
      let end = scripts.script(of: id)?.logEnd ?? .withBuild
      var count = 0
      while let lines = await newLines(of: id, after: count, isEndless: end == .never) {
        for (index, line) in lines.enumerated() where count + index >= known { await onLine(line) }
        count += lines.count
        if end == .early { return }
      }
      try Task.checkCancellation()
    }
  }

  /// The lines after the first `count`, as soon as there are some; nil if none will come.
  private func newLines(of id: String, after count: Int, isEndless: Bool) async -> [String]? {
    let lines = await until { state -> [String]? in
      guard let log = state.log(of: id) else { return [] }
      let lines = Array(log.dropFirst(count))
      return lines.isEmpty && (isEndless || state.hasEnded(id) == false) ? nil : lines
    }
    return lines?.isEmpty == false ? lines : nil
  }

  package func readLog(of id: String, onLine: (String) async -> Void) async throws {
    try await carryOut(.readLog, .get("logs", id)) {
      try requireVisible(id)
      for line in state.log(of: id) ?? [] { await onLine(line) }
    }
  }

  private func requireVisible(_ id: String) throws {
    let user = try user
    try store.read { state throws(PlatformError) in try state.requireVisible(id, for: user) }
  }

  private func visibleBuild(_ id: String) throws -> BuildRecord {
    let user = try user
    return try store.read { state throws(PlatformError) in try state.build(id, for: user) }
  }
}
