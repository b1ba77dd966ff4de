// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

extension PlatformState {
  /// The version `number` of an Actor that `user` may read. A text that is no number names no version.
  package func version(
    _ number: String, of reference: ActorReference?, for user: User
  ) throws(PlatformError) -> VersionRecord {
    let actor = try actor(reference, for: user, access: .read)
    return actor.versions[try index(of: number, in: actor)]
  }

  /// Adds a version that the Actor does not have.
  @discardableResult
  package mutating func createVersion(
    _ change: VersionChange, of reference: ActorReference?, for user: User, at now: Timestamp
  ) throws(PlatformError) -> VersionRecord {
    var actor = try actor(reference, for: user, access: .write)
    guard let number = change.versionNumber else { throw .invalidInput("versionNumber is required") }
    guard actor.index(of: number) == nil else { throw .versionAlreadyExists(number) }
    let version = try change.applied(to: nil, number: number)
    actor.insert(version)
    keep(&actor, changedAt: now)
    return version
  }

  /// Changes the properties of a version that `change` names.
  @discardableResult
  package mutating func updateVersion(
    _ number: String, of reference: ActorReference?, with change: VersionChange, for user: User,
    at now: Timestamp
  ) throws(PlatformError) -> VersionRecord {
    var actor = try actor(reference, for: user, access: .write)
    let index = try index(of: number, in: actor)
    let existing = actor.versions[index]
    if let wanted = change.versionNumber, wanted != existing.versionNumber {
      throw .invalidInput(
        "versionNumber is \(wanted), but the address names version \(existing.versionNumber)")
    }
    let version = try change.applied(to: existing, number: existing.versionNumber)
    actor.versions[index] = version
    keep(&actor, changedAt: now)
    return version
  }

  /// Removes a version.
  package mutating func deleteVersion(
    _ number: String, of reference: ActorReference?, for user: User, at now: Timestamp
  ) throws(PlatformError) {
    var actor = try actor(reference, for: user, access: .write)
    actor.versions.remove(at: try index(of: number, in: actor))
    keep(&actor, changedAt: now)
  }

  mutating func keep(_ actor: inout ActorRecord, changedAt now: Timestamp) {
    actor.modifiedAt = actor.modifiedAt.advanced(to: now)
    store(actor)
  }

  func index(of number: String, in actor: ActorRecord) throws(PlatformError) -> Int {
    guard let number = VersionNumber(number), let index = actor.index(of: number) else {
      throw .notFound("Version")
    }
    return index
  }
}
