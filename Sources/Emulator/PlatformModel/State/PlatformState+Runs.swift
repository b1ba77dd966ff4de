// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// What a request says about a new run; what is nil is the Actor's default.
package struct NewRun: Sendable {
  /// The tag or number of the build.
  package var build: String?
  package var timeoutSecs: Int?
  package var memoryMbytes: Int?
  /// The input.
  package var input: StoreRecord.Record?
  package var origin = "API"
  package var userAgent: String?

  package init(build: String? = nil) { self.build = build }
}

extension PlatformState {
  /// Creates a run of a build that has succeeded, with the id `id`, and the store that has its input.
  ///
  /// - Parameter secret: what addresses of the store's records are signed with.
  package mutating func createRun(
    _ new: NewRun, of reference: ActorReference?, for user: User, id: String,
    storages: RunRecord.Storages, secret: String, at now: Timestamp
  ) throws(PlatformError) -> RunRecord {
    try requireWritable(user)
    let actor = try actor(reference, for: user, access: .read)
    let defaults = actor.defaultRunOptions
    let options = RunRecord.Options(
      build: new.build ?? defaults.build, timeoutSecs: new.timeoutSecs ?? defaults.timeoutSecs,
      memoryMbytes: new.memoryMbytes ?? defaults.memoryMbytes)
    guard options.memoryMbytes >= 128, options.memoryMbytes.nonzeroBitCount == 1 else {
      throw .invalidInput("memory must be a power of 2 from 128 on")
    }
    guard let build = build(called: options.build, of: actor) else { throw .unknownBuild(options.build) }
    let run = RunRecord(
      id: id, actorId: actor.id, userId: user.id, buildId: build.id, buildNumber: build.buildNumber,
      options: options, storages: storages, inputByteCount: new.input?.byteCount, startedAt: now,
      origin: new.origin, userAgent: new.userAgent)
    var store = StoreRecord(
      id: storages.keyValueStore, userId: user.id, name: nil, urlSigningSecretKey: secret, createdAt: now)
    if let input = new.input { store.records["INPUT"] = input }
    keep(store)
    keep(run)
    return run
  }

  /// The build that `name`, a tag or a number, means for a run.
  private func build(called name: String, of actor: ActorRecord) -> BuildRecord? {
    if let id = actor.taggedBuilds?[name] { return builds[id] }
    return builds.values.first {
      $0.actorId == actor.id && $0.buildNumber == name && $0.status == .succeeded
    }
  }

  /// The run `id`, for the user who has started it or owns the Actor.
  package func run(_ id: String, for user: User) throws(PlatformError) -> RunRecord {
    guard let run = runs[id] else { throw .notFound("Actor run") }
    guard run.userId == user.id || actors[run.actorId]?.userId == user.id else {
      throw .notFoundForToken("Actor run")
    }
    return run
  }

  /// The runs of an Actor that `user` may see, or all of the user's own; the oldest first.
  package func runs(of actorId: String?, for user: User) -> [RunRecord] {
    runs.values.filter { run in
      guard let actorId else { return run.userId == user.id }
      return run.actorId == actorId
        && (run.userId == user.id || actors[actorId]?.userId == user.id)
    }
    .sorted { ($0.startedAt, $0.id) < ($1.startedAt, $1.id) }
  }

  /// Carries out a step of the run `id` that goes to a status. Returns nil where it cannot go there from
  /// where it is.
  package mutating func advanceRun(_ id: String, by step: BuildStep, at now: Timestamp) -> RunRecord? {
    guard case .advance(let status, let lines, _) = step, var run = runs[id],
      run.status.canBecome(status)
    else { return nil }
    run.status = status
    run.log += lines.map { "\(now.iso8601) \($0)" }
    if status.isFinal { run.finishedAt = now }
    keep(run)
    return run
  }

  private mutating func keep(_ run: RunRecord) {
    runs[run.id] = run
    changes.runs.insert(run.id)
  }
}

/// A build or a run, whichever has an id: both have a log, and both go on by steps.
extension PlatformState {
  /// Whether the build or run `id` has ended; nil where there is none.
  package func hasEnded(_ id: String) -> Bool? { (builds[id]?.status ?? runs[id]?.status)?.isFinal }

  /// The log of the build or run `id`; nil where there is none.
  package func log(of id: String) -> [String]? { builds[id]?.log ?? runs[id]?.log }

  /// Adds to the log of a build or run; it is written down with its next step.
  package mutating func addToLog(of id: String, _ lines: [String]) {
    builds[id]?.log += lines
    runs[id]?.log += lines
  }

  /// Carries out a step of the build or run `id` that goes to a status. Returns whether it could.
  package mutating func advance(_ id: String, by step: BuildStep, at now: Timestamp) -> Bool {
    if builds[id] != nil { return advanceBuild(id, by: step, at: now) != nil }
    return advanceRun(id, by: step, at: now) != nil
  }

  /// Requires that `user` may see the build or run `id`.
  package func requireVisible(_ id: String, for user: User) throws(PlatformError) {
    if runs[id] != nil { _ = try run(id, for: user) } else { _ = try build(id, for: user) }
  }
}
