// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import PlatformEmulator
package import PlatformModel

/// A platform that tests look into and change behind its client's back, with the platform's own operations:
/// what a user does in the Console, as the first user.
package protocol EditablePlatform {
  /// The state behind a lock.
  var store: PlatformStore { get }
  /// The accounts.
  var users: [PlatformModel.User] { get }
  /// The time that edits are made at.
  var now: Timestamp { get }
}

extension PlatformEmulator: EditablePlatform {
  package var now: Timestamp { configuration.clock() }
}

extension EditablePlatform {
  /// The state as it is now.
  package var state: PlatformState { store.read { $0 } }

  /// Changes the state.
  @discardableResult
  package func edit<Outcome: Sendable>(
    _ body: (inout PlatformState) throws(PlatformError) -> Outcome
  ) throws(PlatformError) -> Outcome {
    try store.update(body)
  }

  /// Waits until `look` finds something in the state, looking after each change. Returns nil if the task is
  /// cancelled.
  ///
  /// ```swift
  /// let build = await emulator.until { $0.builds.values.first { $0.status == .running } }
  /// ```
  package func until<Outcome>(_ look: (PlatformState) throws -> Outcome?) async rethrows -> Outcome? {
    try await store.signal.wait(for: { try look(state) })
  }

  /// The user that edits are made by.
  package func console() throws(PlatformError) -> PlatformModel.User {
    guard let user = users.first else { throw .insufficientPermissions }
    return user
  }

  /// Creates an Actor without versions.
  @discardableResult
  package func makeActor(named name: String) throws(PlatformError) -> ActorRecord {
    let user = try console()
    return try edit { state throws(PlatformError) in
      try state.createActor(ActorChange(name: name), for: user, id: Identifier.make(), at: now)
    }
  }

  /// The Actor that `reference` names: an id, `username~name` or `~name`.
  package func actor(_ reference: String) throws(PlatformError) -> ActorRecord {
    try state.actor(PlatformModel.ActorReference(reference), for: try console(), access: .read)
  }

  /// The version `number` of an Actor, with its files and its secrets.
  package func version(_ number: String, of reference: String) throws(PlatformError) -> VersionRecord {
    try state.version(number, of: PlatformModel.ActorReference(reference), for: try console())
  }

  /// Changes the version `number` of an Actor, or adds it.
  @discardableResult
  package func setVersion(
    _ number: String, of reference: String, _ change: VersionChange
  ) throws(PlatformError) -> VersionRecord {
    let user = try console()
    let name = PlatformModel.ActorReference(reference)
    return try edit { state throws(PlatformError) in
      let actor = try state.actor(name, for: user, access: .write)
      if let wanted = VersionNumber(number), actor.index(of: wanted) == nil {
        var change = change
        change.versionNumber = wanted
        return try state.createVersion(change, of: name, for: user, at: now)
      }
      return try state.updateVersion(number, of: name, with: change, for: user, at: now)
    }
  }

  /// Replaces the files of the version `number`, or adds it with these files.
  @discardableResult
  package func setFiles(
    _ files: [PlatformModel.SourceFile], of number: String, _ reference: String
  ) throws(PlatformError) -> VersionRecord {
    var change = VersionChange()
    change.sourceType = .sourceFiles
    change.sourceFiles = .value(files)
    return try setVersion(number, of: reference, change)
  }

  /// The builds of an Actor, the oldest first.
  package func builds(of reference: String) throws(PlatformError) -> [BuildRecord] {
    state.builds(of: try actor(reference).id)
  }

  /// The build that `tag` of an Actor means; nil if there is none.
  package func build(tagged tag: String, of reference: String) throws(PlatformError) -> BuildRecord? {
    try actor(reference).taggedBuilds?[tag].flatMap { state.builds[$0] }
  }
}

extension VersionRecord {
  /// The files, where the source is files.
  package var files: [PlatformModel.SourceFile]? {
    if case .files(let files) = source { files } else { nil }
  }
}
