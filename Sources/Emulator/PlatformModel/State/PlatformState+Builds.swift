// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

extension PlatformState {
  /// Creates a build of a version, with the id `id`.
  package mutating func createBuild(
    of number: String, _ reference: ActorReference?, tag: String?, origin: String = "API",
    userAgent: String? = nil, for user: User, id: String, at now: Timestamp
  ) throws(PlatformError) -> BuildRecord {
    let actor = try actor(reference, for: user, access: .write)
    if let tag { try TextRules.checkBuildTag(.value(tag), at: FieldPath([])["tag"]) }
    let version = try version(number, of: reference, for: user)
    let before = builds.values.filter { build in
      build.actorId == actor.id && build.version.versionNumber == version.versionNumber
    }
    let build = BuildRecord(
      id: id, actorId: actor.id, userId: user.id, version: version,
      number: (before.map(\.number).max() ?? 0) + 1, tag: tag ?? version.buildTag, startedAt: now,
      origin: origin, userAgent: userAgent)
    store(build)
    return build
  }

  /// The build `id`, for a user who may read its Actor.
  package func build(_ id: String, for user: User) throws(PlatformError) -> BuildRecord {
    guard let build = builds[id] else { throw .notFound("Build") }
    _ = try actor(.id(build.actorId), for: user, access: .read)
    return build
  }

  /// The builds of an Actor, the oldest first.
  package func builds(of actorId: String) -> [BuildRecord] {
    builds.values.filter { $0.actorId == actorId }
      .sorted { ($0.startedAt, $0.number, $0.id) < ($1.startedAt, $1.number, $1.id) }
  }

  /// All builds that `user` has started, the oldest first.
  package func builds(startedBy user: User) -> [BuildRecord] {
    builds.values.filter { $0.userId == user.id }
      .sorted { ($0.startedAt, $0.number, $0.id) < ($1.startedAt, $1.number, $1.id) }
  }

  /// The build that runs of an Actor use unless they say otherwise.
  package func defaultBuild(
    of reference: ActorReference?, for user: User
  ) throws(PlatformError) -> BuildRecord {
    let actor = try actor(reference, for: user, access: .read)
    guard let build = defaultBuild(of: actor) else { throw .unknownBuild(actor.defaultRunOptions.build) }
    return build
  }

  private func defaultBuild(of actor: ActorRecord) -> BuildRecord? {
    let name = actor.defaultRunOptions.build
    if let id = actor.taggedBuilds?[name] { return builds[id] }
    return builds.values.first { $0.actorId == actor.id && $0.buildNumber == name }
  }

  /// Removes a build that has ended and is not the default one of its Actor; its tags go with it.
  package mutating func deleteBuild(_ id: String, for user: User) throws(PlatformError) {
    let build = try build(id, for: user)
    var actor = try actor(.id(build.actorId), for: user, access: .write)
    guard build.status.isFinal else { throw .deletingUnfinishedBuild }
    guard defaultBuild(of: actor)?.id != id else { throw .deletingDefaultBuild }
    builds[id] = nil
    changes.builds.insert(id)
    guard let tags = actor.taggedBuilds, tags.values.contains(id) else { return }
    actor.taggedBuilds = tags.filter { $0.value != id }
    store(actor)
  }

  /// Takes the build `id` to `status`; nil where it can't go there from where it is.
  mutating func advanceBuild(
    _ id: String, to status: BuildRecord.Status, at now: Timestamp, saying lines: [String]
  ) -> BuildRecord? {
    guard var build = builds[id], build.status.canBecome(status) else { return nil }
    build.status = status
    build.log += lines
    if status.isFinal { build.finishedAt = now }
    store(build)
    return build
  }

  /// Carries out a step of the build `id` that goes to a status. Returns nil where it cannot go there from
  /// where it is.
  package mutating func advanceBuild(_ id: String, by step: BuildStep, at now: Timestamp) -> BuildRecord? {
    guard case .advance(let status, let lines, let movesTag) = step else { return nil }
    let stamped = lines.map { "\(now.iso8601) \($0)" }
    let build = advanceBuild(id, to: status, at: now, saying: stamped)
    if build != nil, movesTag { moveTag(ofBuild: id, at: now) }
    return build
  }

  /// Points the tag of the build `id` at it.
  package mutating func moveTag(ofBuild id: String, at now: Timestamp) {
    guard let build = builds[id], let tag = build.tag, var actor = actors[build.actorId] else { return }
    actor.taggedBuilds = (actor.taggedBuilds ?? [:]).merging([tag: id]) { $1 }
    actor.modifiedAt = actor.modifiedAt.advanced(to: now)
    store(actor)
  }

  /// Applies a change of an Actor's tags. Only a build of the Actor that has succeeded can have one.
  func applied(_ tags: [String: String?], to actor: inout ActorRecord) throws(PlatformError) {
    for (tag, id) in tags.sorted(by: { $0.key < $1.key }) {
      guard let id else {
        actor.taggedBuilds?[tag] = nil
        continue
      }
      guard let build = builds[id], build.actorId == actor.id else {
        throw .invalidValue("taggedBuilds.\(tag): there is no such build")
      }
      guard build.status == .succeeded else {
        throw .invalidValue("taggedBuilds.\(tag): the build has not succeeded")
      }
      actor.taggedBuilds = (actor.taggedBuilds ?? [:]).merging([tag: id]) { $1 }
    }
  }

  private mutating func store(_ build: BuildRecord) {
    builds[build.id] = build
    changes.builds.insert(build.id)
  }
}
