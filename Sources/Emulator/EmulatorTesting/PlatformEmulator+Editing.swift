// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// What somebody does in the Console: the platform's own operations, as the first user and without HTTP. They are not in the log.
extension PlatformEmulator {
  /// The user that these operations are done as.
  package func console() throws(PlatformError) -> User {
    guard let user = users.first else { throw .insufficientPermissions }
    return user
  }

  /// Makes an Actor without versions.
  @discardableResult
  package func makeActor(named name: String) throws(PlatformError) -> ActorRecord {
    let user = try console()
    return try edit { state throws(PlatformError) in
      try state.createActor(
        ActorChange(name: name), for: user, id: Identifier.make(), at: configuration.clock())
    }
  }

  /// The Actor that `reference` names: an id, `username~name` or `~name`.
  package func actor(_ reference: String) throws(PlatformError) -> ActorRecord {
    try state.actor(ActorReference(reference), for: try console(), access: .read)
  }

  /// The version `number` of an Actor, with its files and its secrets.
  package func version(_ number: String, of reference: String) throws(PlatformError) -> VersionRecord {
    try state.version(number, of: ActorReference(reference), for: try console())
  }

  /// Changes the version `number` of an Actor, or adds it.
  @discardableResult
  package func setVersion(
    _ number: String, of reference: String, _ change: VersionChange
  ) throws(PlatformError) -> VersionRecord {
    let user = try console()
    let name = ActorReference(reference)
    return try edit { state throws(PlatformError) in
      let actor = try state.actor(name, for: user, access: .write)
      if let wanted = VersionNumber(number), actor.index(of: wanted) == nil {
        var change = change
        change.versionNumber = wanted
        return try state.createVersion(change, of: name, for: user, at: configuration.clock())
      }
      return try state.updateVersion(number, of: name, with: change, for: user, at: configuration.clock())
    }
  }

  /// Aborts all builds that are under way.
  package func abortBuilds() {
    for build in state.builds.values where !build.status.isFinal { runner.abort(build.id) }
  }

  /// Replaces the files of the version `number`, or adds it with these files.
  @discardableResult
  package func setFiles(
    _ files: [SourceFile], of number: String, _ reference: String
  ) throws(PlatformError) -> VersionRecord {
    var change = VersionChange()
    change.sourceType = .sourceFiles
    change.sourceFiles = .value(files)
    return try setVersion(number, of: reference, change)
  }
}

extension VersionRecord {
  /// The files, where the source is files.
  package var files: [SourceFile]? {
    if case .files(let files) = source { files } else { nil }
  }
}
