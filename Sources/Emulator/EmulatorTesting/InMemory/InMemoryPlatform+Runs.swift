// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import ApifyAPI
internal import PlatformEmulator
internal import PlatformModel

extension InMemoryPlatform {
  package func startRun(
    actor: ApifyAPI.ActorReference, build: Build, input: RequestBody?, limit: Duration?
  ) async throws -> Run {
    var started: RunRecord?
    let request = Call.create(
      input ?? RequestBody([]), in: "actors", actor.pathSegment, "runs",
      query: [("build", build.buildNumber ?? "")])
    return try await carryOut(
      .startRun, request, orLook: { try started.map { try model(from: RunView($0)) } }
    ) {
      let user = try user
      var new = NewRun(build: build.buildNumber)
      new.timeoutSecs = limit.map { Int($0.components.seconds) }
      new.input = try await keep(input)
      let chosen = new
      let run = try store.update { state throws(PlatformError) in
        try state.createRun(
          chosen, of: actor.inModel, for: user, id: Identifier.make(),
          storages: RunRecord.Storages(
            keyValueStore: Identifier.make(), dataset: Identifier.make(), requestQueue: Identifier.make()),
          secret: Identifier.makeSecret(), at: now)
      }
      started = run
      runner.start(run)
      return try model(from: RunView(run))
    }
  }

  /// The input of a run, kept as a record; nil where it is empty.
  private func keep(_ input: RequestBody?) async throws -> StoreRecord.Record? {
    guard let input else { return nil }
    let encoding = try ContentEncoding(header: input.encoding.rawValue)
    let bytes = try encoding.decoded(try await bytes(of: input), limit: Limits.requestBytes)
    if input.contentType.hasPrefix("application/json") { try JSONInput.checkRunInput(bytes) }
    let name = Identifier.make()
    contents[name] = bytes
    return StoreRecord.Record(contentType: input.contentType, byteCount: bytes.count, contents: name)
  }

  package func run(id: String) async throws -> Run? {
    try await find(.run, .get("actor-runs", id)) { try model(from: RunView(try visibleRun(id))) }
  }

  package func runs(of actor: ApifyAPI.ActorReference, limit: Int) async throws -> [Run] {
    let query = [("desc", "1"), ("limit", "\(limit)")]
    return try await carryOut(.runs, .get("actors", actor.pathSegment, "runs", query: query)) {
      let user = try user
      let runs = try store.read { state throws(PlatformError) in
        state.runs(of: try state.actor(actor.inModel, for: user, access: .read).id, for: user)
      }
      return try runs.reversed().prefix(limit).map { try model(from: RunView($0, isListed: true)) }
    }
  }

  @discardableResult
  package func abortRun(id: String) async throws -> Run {
    try await carryOut(.abortRun, .post(RequestBody([]), to: "actor-runs", id, "abort")) {
      let run = try visibleRun(id)
      let user = try user
      try store.read { state throws(PlatformError) in try state.requireWritable(user) }
      return try model(from: RunView(runner.abortRun(id) ?? run))
    }
  }

  private func visibleRun(_ id: String) throws -> RunRecord {
    let user = try user
    return try store.read { state throws(PlatformError) in try state.run(id, for: user) }
  }
}
