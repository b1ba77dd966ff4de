// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

extension ApifyClient {
  /// Starts a run of a build: `POST actors/{id}/runs?build=&timeout=`, after a look at those that there are.
  ///
  /// Never two: where the answer is lost it looks among the newest runs for another one of the build, which
  /// began after this call, by the platform's clock, and returns that; otherwise it repeats the request.
  package func startRun(
    actor: ActorReference, build: Build, input: RequestBody?, limit: Duration?
  ) async throws -> Run {
    var query = [("build", build.buildNumber ?? build.id)]
    if let limit { query.append(("timeout", "\(max(1, limit.components.seconds))")) }
    // Those that were there before, of whatever input, are none that this call starts.
    let before = Set(try await runs(of: actor, limit: 10).map(\.id))
    let began = serverTime.now(configuration.clock.now())
    return try await run(
      .create(
        input ?? RequestBody([]), in: "actors", actor.pathSegment, "runs",
        query: query),
      decode: Envelope<Run>.decode
    ) {
      // The platform's clock is read to the second.
      guard let began else { return nil }
      return try await runs(of: actor, limit: 10).first { run in
        guard run.buildID == build.id, !before.contains(run.id) else { return false }
        return run.startedAt.flatMap(ISOTime.nanoseconds).map { $0 >= began - 2_000_000_000 } ?? false
      }
    }
  }

  /// A run: `GET actor-runs/{id}`.
  ///
  /// - Returns: nil where it does not exist.
  package func run(id: String) async throws -> Run? {
    try await nilIfNotFound {
      try await run(.get("actor-runs", id.percentEncodedSegment), decode: Envelope<Run>.decode)
    }
  }

  /// Aborts a run: `POST actor-runs/{id}/abort`.
  @discardableResult
  package func abortRun(id: String) async throws -> Run {
    try await run(
      .post(RequestBody([]), to: "actor-runs", id.percentEncodedSegment, "abort"),
      decode: Envelope<Run>.decode)
  }

  /// The newest runs of an Actor, the newest first: `GET actors/{id}/runs`.
  package func runs(of actor: ActorReference, limit: Int) async throws -> [Run] {
    try await run(
      .get("actors", actor.pathSegment, "runs", query: [("desc", "1"), ("limit", "\(limit)")]),
      decode: Envelope<Page<Run>>.decode
    ).items
  }
}
