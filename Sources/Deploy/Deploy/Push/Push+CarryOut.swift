// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import ApifyAPI
internal import SourcePackage
package import SystemIO

extension Push {
  /// What a push has made of a version.
  package struct Outcome: Sendable {
    /// The Actor's id.
    package let actorID: String
    /// Whether it was remembered what was pushed; else why not.
    package let memoryFailure: SystemError?
    /// The newest build before the version was changed.
    var lastBuild: String?
    /// The commit that was pushed, where the package says so.
    var commit: String?
    /// The salt of the record of the variables that is left for others; nil for none.
    var record: String?
  }

  /// Does what `planned` says. From the last look at the version until it is changed, no other push of this
  /// machine is let in.
  ///
  /// - Parameter onUpload: told how many bytes of the payload have been sent.
  /// - Throws: `conflict` where the version has become another one since `planned` was made.
  package func carryOut(
    _ planned: PushPlan, onUpload: @escaping @Sendable (_ bytes: Int) -> Void
  ) async throws(DeployError) -> Outcome {
    if let conflict = planned.conflict { throw .conflict(conflict, planned) }
    var plan = planned
    let id: String
    var last: String?
    let record = leavesRecord(plan) ? VariableRecord.newSalt() : nil
    switch plan.action {
    case .none: id = plan.actor?.id ?? ""
    case .createActor:
      plan.provenance = await provenance(plan)
      id = try await createActor(plan)
      try await create(id, plan, last: nil, record: nil, onUpload)
    case .createVersion:
      id = plan.actor?.id ?? ""
      // A version of this number that was deleted has left its builds.
      async let askedBuild = newestBuild()
      plan.provenance = await provenance(plan)
      last = try await askedBuild.get()?.id
      let lock = try await lock(id)
      try await create(id, plan, last: last, record: record, onUpload)
      lock?.release()
    case .update:
      id = plan.actor?.id ?? ""
      let lock = try await lock(id)
      let zip = try await storeZip(id, &plan, onUpload)
      let told = plan.provenance
      async let askedBuild = newestBuild()
      async let found = zip == nil ? provenance(planned) : told
      let isNeeded = try await checkAgain(id, plan)
      last = try await askedBuild.get()?.id
      plan.provenance = await found
      if isNeeded {
        let body = try updateBody(plan, zip: zip, onUpload)
        try await withdrawRecord(plan, id, record)
        rememberPending(plan, id, last: last)
        do throws(DeployError) { try await update(id, plan, body, onUpload) } catch {
          if leavesVersion(error) { restoreMemory(plan, id) }
          throw error
        }
        // A build that others have started meanwhile shows its files, and not its variables.
        if !plan.variables.isEmpty, let newest = try? await newestBuild().get() { last = newest.id }
      }
      let failure = remember(plan, id, last: last, record: record)
      lock?.release()
      return Outcome(
        actorID: id, memoryFailure: failure, lastBuild: last, commit: plan.cleanCommit, record: record)
    }
    let failure = remember(plan, id, last: last, record: record)
    return Outcome(
      actorID: id, memoryFailure: failure, lastBuild: last, commit: plan.cleanCommit, record: record)
  }

  private func create(
    _ id: String, _ plan: PushPlan, last: String?, record: String?,
    _ onUpload: @escaping @Sendable (Int) -> Void
  ) async throws(DeployError) {
    let body = try await creationBody(id, plan, onUpload)
    try await withdrawRecord(plan, id, record)
    rememberPending(plan, id, last: last)
    do throws(DeployError) { try await createVersion(id, plan, body) } catch {
      switch error {
      // Others have created another one.
      case .conflict: restoreMemory(plan, id)
      default: if leavesVersion(error) { restoreMemory(plan, id) }
      }
      throw error
    }
  }

  /// Puts a record in the place of the one that is there before a secret is set: whatever ends this push
  /// half-way, one from elsewhere sends its secrets again.
  private func withdrawRecord(_ plan: PushPlan, _ id: String, _ salt: String?) async throws(DeployError) {
    guard let salt, plan.variables.settings.contains(where: { $0.variable.isSecret == true }) else { return }
    let record = VariableRecord(setting: settings.variables, salt: salt)
    let isWritten = try await platform.ask {
      do {
        try await record.put(version: number, actor: id, owner: plan.user.username, on: platform)
        return true
      } catch let error as APIError where error.status == 403 { return false }
    }
    if isWritten { return }
    try await Self.withdrawRecord(of: number, actor: id, owner: plan.user.username, on: platform)
  }

  /// Whether the version is certainly what it was, after `error` of its update. A zip that is in its store by
  /// then has a key of its own.
  private func leavesVersion(_ error: DeployError) -> Bool {
    guard case .platform(let error, _) = error else { return false }
    return error.status != nil && !error.outcomeIsUnknown
  }

  /// Nil where there is no place for locks; it is a help among the pushes of one machine, not a condition.
  private func lock(_ id: String) async throws(DeployError) -> VersionLock? {
    guard let stateDirectory else { return nil }
    let key = key(id)
    let lock = await Threads.run { [cancellation] in
      try? VersionLock(key, in: stateDirectory, cancellation: cancellation)
    }
    if cancellation.isCancelled { throw .interrupted }
    return lock
  }

  /// Looks at the version once more; false where it has become, meanwhile, what this push would make of it.
  private func checkAgain(_ id: String, _ plan: PushPlan) async throws(DeployError) -> Bool {
    // What is in the zip that the version had is asked for beside the version: mostly it has it still.
    async let askedZip = manifestOfZip(plan.remote)
    let now = try await platform.ask { try await version(of: .id(id)) }
    guard var current = now, let before = plan.remote else {
      // It is gone since we looked: then there is nothing that could be lost.
      return true
    }
    if case .zip(let url, _) = before.source, case .zip(url, _) = current.source {
      current.manifest = try await askedZip.get()
    }
    if current.isSame(as: before) || settings.isForced { return true }
    let isOurs =
      current.sourceType == plan.package.sourceType
      && current.manifest?.records == plan.package.manifest.records
    if isOurs, current.hasSettings(of: plan) { return false }
    let conflict = Conflict(
      .changedMeanwhile, remote: current.manifest, local: plan.package.manifest, base: before.manifest)
    throw .conflict(conflict, plan)
  }

  private func manifestOfZip(_ version: RemoteVersion?) async -> Result<Manifest?, DeployError> {
    guard let version, case .zip(_, let record?) = version.source else { return .success(nil) }
    if let end = version.end { return await manifest(ofZip: record, with: end, version) }
    return await platform.result {
      switch try await ManifestRecord(of: record).look(platform) {
      case .contents(let contents), .gone(let contents): contents.manifest
      case .nothing, .contradiction: nil
      }
    }
  }

  /// What a zip holds that was fetched: what it was, where it has its `end` still. Where the platform sends
  /// no part of it, it is fetched once more.
  private func manifest(
    ofZip record: RecordAddress, with end: RecordTail, _ version: RemoteVersion
  ) async -> Result<Manifest?, DeployError> {
    let asked = await platform.result {
      try await platform.recordTail(store: record.store, key: record.key, count: end.bytes?.count ?? 0)
    }
    guard case .success(let found) = asked else { return asked.map { _ in nil } }
    guard let found else { return .success(nil) }
    if found.bytes != nil { return .success(found == end ? version.manifest : nil) }
    do throws(DeployError) { return .success(try await contents(ofZip: record).manifest) } catch {
      return .failure(error)
    }
  }

  private func update(
    _ id: String, _ plan: PushPlan, _ body: RequestBody?, _ onUpload: @escaping @Sendable (Int) -> Void
  ) async throws(DeployError) {
    var variables = VariableProgress()
    do throws(DeployError) {
      if try await !setVariables(id, plan, &variables) {
        try await createVersion(id, plan, try await creationBody(id, plan, onUpload))
        return
      }
      if let body { try await updateVersion(id, plan, body, onUpload) }
      progress.set(.version, .done)
      try await removeVariables(id, plan, &variables)
    } catch {
      variables.version = progress.current[.version]
      throw variables.isEmpty ? error : .partlyUpdated(variables, error)
    }
  }

  private func updateVersion(
    _ id: String, _ plan: PushPlan, _ body: RequestBody, _ onUpload: @escaping @Sendable (Int) -> Void
  ) async throws(DeployError) {
    let updated = try await progress.change(.version) { () throws(DeployError) in
      try await platform.ask { () async throws -> Bool in
        do {
          _ = try await platform.updateVersion(actor: .id(id), number: number, body: body) { version in
            try isUpdated(RemoteVersion(version, root: platform.root), plan)
          }
          return true
        } catch let error as APIError where error.isNotFound {
          // The version was deleted since the look.
          return false
        }
      }
    }
    if updated { return }
    progress.set(.version, .none)
    try await createVersion(id, plan, try await creationBody(id, plan, onUpload))
  }
}

extension RemoteVersion {
  /// Whether nothing that a push replaces has become another since `other` was seen.
  func isSame(as other: RemoteVersion) -> Bool {
    guard buildTag == other.buildTag, variables == other.variables, hasSameSource(as: other) else {
      return false
    }
    // What lies at the address of a zip may have become another.
    if case .zip = source { return manifest?.records == other.manifest?.records }
    return true
  }

  /// Whether the version says the same of its source: the same files, or the same address.
  func hasSameSource(as other: RemoteVersion) -> Bool {
    switch (source, other.source) {
    case (.files(let files), .files(let others)):
      // Files that are no set of files are compared as they are.
      manifest == nil && other.manifest == nil
        ? files == others : manifest?.records == other.manifest?.records
    case (.zip(let url, _), .zip(let otherURL, _)): url == otherURL
    case (.elsewhere(let type, let url), .elsewhere(let otherType, let otherURL)):
      type == otherType && url == otherURL
    default: false
    }
  }

  /// Whether tag and variables are as `plan` would have them, as far as that can be told.
  func hasSettings(of plan: PushPlan) -> Bool {
    if let tag = plan.settings.tagName, tag != buildTag { return false }
    // Others were here since: a secret need not be what it was.
    let held = plan.settings.variables.secrets(heldBy: self)
    return VariableDifference(
      plan.settings.variables, current: variables, remembered: plan.own?.variables.forgetting(held)
    ).isEmpty
  }
}
