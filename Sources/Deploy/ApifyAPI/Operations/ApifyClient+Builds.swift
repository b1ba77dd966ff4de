// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import NIOCore

extension ApifyClient {
  /// Starts a build of a version: `POST actors/{id}/builds`.
  ///
  /// Never two: where the answer is lost it looks among the newest builds for one of the version that began
  /// after this call, by the platform's clock, and returns that; otherwise it repeats the request.
  ///
  /// - Parameters:
  ///   - tag: the tag that the build gets; nil for the version's own.
  ///   - last: the newest build that there was before, where it is known.
  package func startBuild(
    actor: ActorReference, version: String, tag: String?, after last: String?
  ) async throws -> Build {
    var query = [("version", version), ("useCache", "1")]
    if let tag { query.append(("tag", tag)) }
    let began = serverTime.now(configuration.clock.now())
    return try await run(
      .create(RequestBody([]), in: "actors", actor.pathSegment, "builds", query: query),
      decode: Envelope<Build>.decode
    ) {
      // The platform's clock is read to the second.
      guard let began else { return nil }
      return try await builds(of: actor, limit: 10).prefix { $0.id != last }.first { build in
        guard build.buildNumber?.hasPrefix(version + ".") == true else { return false }
        return build.startedAt.flatMap(ISOTime.nanoseconds).map { $0 >= began - 2_000_000_000 } ?? false
      }
    }
  }

  /// A build, with the version that it was made of: `GET actor-builds/{id}`.
  ///
  /// - Returns: nil where it does not exist. A build that has just started may not be visible for a moment.
  package func build(id: String) async throws -> Build? {
    try await nilIfNotFound {
      try await run(.get("actor-builds", id.percentEncodedSegment), decode: Envelope<Build>.decode)
    }
  }

  /// The most that the platform lists at once.
  private static var pageLength: Int { 1000 }

  /// The newest builds of an Actor, the newest first, without their versions: `GET actors/{id}/builds`, page
  /// by page.
  package func builds(of actor: ActorReference, limit: Int) async throws -> [Build] {
    var builds: [Build] = []
    while builds.count < limit {
      let count = min(limit - builds.count, Self.pageLength)
      var query = [(name: "desc", value: "1"), ("limit", "\(count)")]
      if !builds.isEmpty { query.append(("offset", "\(builds.count)")) }
      let page = try await run(
        .get("actors", actor.pathSegment, "builds", query: query), decode: Envelope<Page<Build>>.decode
      ).items
      // A build that was started meanwhile has pushed others to the next page.
      let known = Set(builds.suffix(Self.pageLength).map(\.id))
      let new = page.filter { !known.contains($0.id) }
      builds += new
      if page.count < count || new.isEmpty { break }
    }
    return builds
  }

  /// Aborts a build: `POST actor-builds/{id}/abort`.
  @discardableResult
  package func abortBuild(id: String) async throws -> Build {
    try await run(
      .post(RequestBody([]), to: "actor-builds", id.percentEncodedSegment, "abort"),
      decode: Envelope<Build>.decode)
  }

  /// Points `tag` of an Actor at the build `id`: `PUT actors/{id}`.
  ///
  /// - Parameter isSet: tells, before the request is repeated, a tag that this call has moved from one that
  ///   is where it was, and throws where others have moved it; nil repeats the request without a look.
  @discardableResult
  package func setTag(
    _ tag: String, to id: String, actor reference: ActorReference, isSet: ((ApifyActor) throws -> Bool)?
  ) async throws -> ApifyActor {
    struct Change: Encodable, Sendable {
      struct Target: Encodable, Sendable { let buildId: String }
      let taggedBuilds: [String: Target]
    }
    let call = Call.put(
      try .json(Change(taggedBuilds: [tag: .init(buildId: id)])), to: "actors", reference.pathSegment)
    guard let isSet else { return try await run(call, decode: Envelope<ApifyActor>.decode) }
    return try await run(call.lookingEachTime(), decode: Envelope<ApifyActor>.decode) {
      let found = try await actor(reference)
      return try found.flatMap { try isSet($0) ? $0 : nil }
    }
  }

  /// Calls `onLine` with each line of the log of a build or run while it grows: `GET logs/{id}?stream=1`. The
  /// log may end before the build does, or never. Where the connection breaks, the log is read again, and
  /// goes on with the first line that is new.
  ///
  /// - Parameter skipping: the number of lines at its beginning that are left out.
  /// - Throws: `APIError`, `CancellationError`.
  package func followLog(
    build id: String, skipping known: Int = 0, onLine: (String) async -> Void
  ) async throws {
    // A build may be silent for long; so may a connection that is gone, which only another one can tell.
    let limit = configuration.timeouts.silence
    try await streamLog(of: id, query: [("stream", "1")], skipping: known, readLimit: limit, onLine)
  }

  /// Calls `onLine` with each line of the log of a build or run, as far as it has come: `GET logs/{id}`.
  package func readLog(of id: String, onLine: (String) async -> Void) async throws {
    try await streamLog(of: id, query: [], skipping: 0, readLimit: configuration.timeouts.read, onLine)
  }

  private func streamLog(
    of id: String, query: [(name: String, value: String)], skipping known: Int, readLimit: Duration?,
    _ onLine: (String) async -> Void
  ) async throws {
    // What has been told is not told again where a connection breaks and the log begins anew.
    var told = known
    func tell(_ line: String) async {
      told += 1
      await onLine(line)
    }
    let call = Call.get("logs", id.percentEncodedSegment, query: query).acceptingAnything()
    try await stream(call, readLimit: readLimit) { body in
      var lines = LineSplitter()
      var count = 0
      while let chunk = try await body.next() {
        for line in lines.add(chunk.readableBytesView) {
          count += 1
          if count > told { await tell(line) }
        }
      }
      if let last = lines.finish(), count >= told { await tell(last) }
    }
  }
}
