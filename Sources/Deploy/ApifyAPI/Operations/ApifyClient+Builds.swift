// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import NIOCore

extension ApifyClient {
  /// Starts a build of a version: `POST actors/{id}/builds`.
  ///
  /// Never twice: where an answer is lost it looks among the newest builds for one of the version that began after this call
  /// did, by the platform's own clock, and takes that for the answer before it asks again.
  ///
  /// - Parameter tag: the tag that the build gets; nil for none but the version's own.
  package func startBuild(actor: ActorReference, version: String, tag: String?) async throws -> Build {
    var query = [("version", version), ("useCache", "1")]
    if let tag { query.append(("tag", tag)) }
    let began = serverTime.now(configuration.clock.now())
    return try await run(
      .create(RequestBody([]), in: "actors", actor.pathSegment, "builds", query: query),
      decode: Envelope<Build>.decode
    ) {
      // The platform's clock is read to the second.
      guard let began else { return nil }
      return try await builds(of: actor, limit: 10).first { build in
        guard build.buildNumber?.hasPrefix(version + ".") == true else { return false }
        return build.startedAt.flatMap(ISOTime.nanoseconds).map { $0 >= began - 2_000_000_000 } ?? false
      }
    }
  }

  /// A build with what was built: `GET actor-builds/{id}`.
  ///
  /// - Returns: nil where there is none (yet: one just started takes a moment to be seen everywhere).
  package func build(id: String) async throws -> Build? {
    try await nilIfNotFound {
      try await run(.get("actor-builds", id.percentEncodedSegment), decode: Envelope<Build>.decode)
    }
  }

  /// The newest builds of an Actor, the newest first, in short: `GET actors/{id}/builds`.
  package func builds(of actor: ActorReference, limit: Int) async throws -> [Build] {
    try await run(
      .get("actors", actor.pathSegment, "builds", query: [("desc", "1"), ("limit", "\(limit)")]),
      decode: Envelope<Page<Build>>.decode
    ).items
  }

  /// Ends a build before its time: `POST actor-builds/{id}/abort`.
  @discardableResult
  package func abortBuild(id: String) async throws -> Build {
    try await run(
      .post(RequestBody([]), to: "actor-builds", id.percentEncodedSegment, "abort"),
      decode: Envelope<Build>.decode)
  }

  /// Has `tag` of an Actor mean the build `id`: `PUT actors/{id}`.
  @discardableResult
  package func setTag(_ tag: String, to id: String, actor: ActorReference) async throws -> ApifyActor {
    struct Change: Encodable, Sendable {
      struct Target: Encodable, Sendable { let buildId: String }
      let taggedBuilds: [String: Target]
    }
    return try await run(
      .put(.json(Change(taggedBuilds: [tag: .init(buildId: id)])), to: "actors", actor.pathSegment),
      decode: Envelope<ApifyActor>.decode)
  }

  /// Calls `onLine` with each line of a build's log, as long as it grows: `GET logs/{id}?stream=1`. The end of the log is not that
  /// of the build: it may come early, or never.
  ///
  /// - Parameter skipping: how many lines at its beginning are known already.
  package func followLog(
    build id: String, skipping known: Int = 0, onLine: (String) async -> Void
  ) async throws {
    let call = Call.get("logs", id.percentEncodedSegment, query: [("stream", "1")]).acceptingAnything()
    try await stream(call) { reply in
      var lines = LineSplitter()
      var count = 0
      for try await chunk in reply.chunks {
        for line in lines.add(chunk.readableBytesView) {
          count += 1
          if count > known { await onLine(line) }
        }
      }
      if let last = lines.finish(), count >= known { await onLine(last) }
    }
  }
}
