// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
package import ApifyAPI
internal import Git
internal import SourcePackage
internal import SystemIO

/// Brings what a version holds, or what a build was made of, into a directory; merged with what was changed
/// there. Nothing is written before all of it has been fetched, judged and merged, and then all or nothing.
///
/// ```swift
/// let pull = try PullOperation(PullRequest(.project(ProjectLocation(directory))), context)
/// let outcome = try await pull.run(on: client) { event in }
/// ```
package struct PullOperation: Sendable {
  let request: PullRequest
  let settings: PushSettings
  /// The project; nil for a new directory.
  let project: Project?
  let context: OperationContext

  /// Reads actor.json, as far as the request does not say. Blocks.
  package init(_ request: PullRequest, _ context: OperationContext) throws(DeployError) {
    self.request = request
    self.context = context
    switch request.destination {
    case .project(let location):
      let project = try Project(location, context)
      settings = try project.settings(for: request.target, readsVersion: request.build == nil)
      self.project = project
    case .directory:
      project = nil
      do throws(ProjectError) {
        settings = try PushSettings(configuration: nil, target: request.target)
      } catch {
        throw .project(error)
      }
    }
  }

  /// Pulls. Changes nothing where it throws.
  ///
  /// - Returns: what was done; also where conflicts are left.
  package func run(
    on platform: some Platform, events: @escaping DeployEvents
  ) async throws(DeployError) -> PullOutcome {
    let settings = try await self.settings(on: platform)
    let pulled = try await PulledVersion.find(settings, build: request.build, on: platform)
    let directory = try directory(for: pulled)
    var outcome = PullOutcome(pulled, directory, request)
    let source = try await Threads.run { [project] () throws(DeployError) in try project?.contextSource() }
    let memory = context.stateDirectory.map { DirectoryMemory(directory, in: $0) }
    let context = context
    let lock = try await Threads.run { [request] () throws(DeployError) -> PullLock? in
      if request.isDryRun { return nil }
      guard let memory else { throw .pull(.noStateDirectory) }
      return try PullLock(memory)
    }
    defer { lock?.release() }
    if let memory { try await prepare(memory, events) }
    try checkEmpty(directory)
    let remote = try await pulled.contents(
      on: platform, spoolDirectories: context.spoolDirectories,
      foldsNames: LocalTree.foldsNames(memory?.directory ?? directory))
    outcome.fileCount = remote.manifest.fileCount
    // All files here would go.
    guard outcome.fileCount > 0 else { throw .pull(.unsafeVersion("it has no files")) }
    let local = try await Threads.run { [project] () throws(DeployError) -> LocalTree? in
      try project.map { project throws(DeployError) in
        try LocalTree(
          project.plan(recordsExcluded: true, events: events), isZip: pulled.isZip,
          cancellation: context.cancellation)
      }
    }
    let key = VersionMemory.Key(
      root: platform.root.description, actorID: pulled.actor.id, version: pulled.version.versionNumber)
    let base = await PullBase.find(
      pulled, key, memory, project, local?.contents.manifest ?? .empty, on: platform)
    (outcome.base, outcome.isNew) = (base.kind, local == nil && Paths.status(directory) == nil)
    let textMerge = TextMerge(
      in: context.spoolDirectories, variables: context.variables, cancellation: context.cancellation)
    let preference = request.preference
    var merge = try await Threads.run { () throws(DeployError) in
      try PullMerge(
        remote, label: TerminalText.of(pulled.label), hasModes: pulled.isZip, into: local,
        base: base.manifest, preference: preference, textMerge, source?.context)
    }
    let (contents, build) = await base.contents(
      of: merge.wanted, settings, spoolDirectories: context.spoolDirectories, on: platform)
    // What was pushed from another directory says nothing about the variables of this one.
    let remembered = context.stateDirectory.flatMap { VersionMemory(directory: $0).recall(key) }
      .flatMap { $0.isFrom(memory) ? $0 : nil }
    let given = await givenTag(pulled, remembered, key, memory, on: platform)
    let started = merge
    let label = base.label(build: build)
    (merge, outcome) = try await Threads.run { [outcome] () throws(DeployError) in
      var (merge, outcome) = (started, outcome)
      try merge.merge(contents, baseLabel: label)
      mergeSettings(
        pulled, remembered, givenTag: given, pulledBefore: memory?.variables(of: key) ?? PulledVariables(),
        &merge,
        &outcome)
      return (merge, outcome)
    }
    (outcome.files, outcome.conflicts) = (merge.files, merge.conflicts)
    outcome.hasChanges = !merge.changes.isEmpty
    let overruled = merge.overruled
    if !overruled.isEmpty { outcome.notes.append(.overruled(overruled)) }
    if !merge.replaced.isEmpty { outcome.notes.append(.replaced(merge.replaced)) }
    if let context = source?.context { outcome.namePaths(on: context) }
    if request.isDryRun { return outcome }
    let (finished, settled) = (merge, outcome)
    outcome.notes += try await Threads.run { () throws(DeployError) in
      let notes = try write(
        finished, settled, remote, key, memory, remembered, pulled, lacking: base.lacking, events)
      let reference = pulled.actor.username.map { ActorReference.named(owner: $0, name: pulled.actor.name) }
      memory?.keepActor(pulled.actor.id, of: reference ?? settings.reference, root: platform.root)
      return notes
    }
    return outcome
  }

  /// The settings, with the version that the Actor has where nothing says which.
  private func settings(on platform: any Platform) async throws(DeployError) -> PushSettings {
    guard project == nil, request.target.version == nil, request.build == nil else { return settings }
    let actor = try await settings.actor(on: platform)
    var target = request.target
    target.version = Self.usualVersion(of: actor)
    do throws(ProjectError) { return try PushSettings(configuration: nil, target: target) } catch {
      throw .project(error)
    }
  }

  /// The version whose builds are "latest", or else the last one.
  private static func usualVersion(of actor: ApifyActor) -> VersionNumber? {
    let tag = actor.defaultRunOptions?.build ?? "latest"
    let summary = actor.versions.first { $0.buildTag == tag } ?? actor.versions.last
    return summary.flatMap { try? VersionNumber($0.versionNumber) }
  }

  /// The directory that is written to.
  private func directory(for pulled: PulledVersion) throws(DeployError) -> [UInt8] {
    switch request.destination {
    case .project(let location): return location.directory
    case .directory(let named):
      var directory = Array(pulled.actor.name.utf8)
      if let named {
        directory = named
      } else if !ActorName.isValid(pulled.actor.name) {
        throw .pull(.unsafeName(directory, "is no name for a directory; name one"))
      }
      // One that was cut off is undone first.
      let memory = context.stateDirectory.map { DirectoryMemory(directory, in: $0) }
      if memory.map(PullJournal.isUnfinished) != true { try checkEmpty(directory) }
      return directory
    }
  }

  /// A new directory is not there yet, or is empty.
  private func checkEmpty(_ directory: [UInt8]) throws(DeployError) {
    guard case .directory = request.destination else { return }
    guard try Self.isEmpty(directory) else { throw .pull(.directoryNotEmpty(directory)) }
  }

  private static func isEmpty(_ directory: [UInt8]) throws(DeployError) -> Bool {
    guard let status = Paths.status(directory) else { return true }
    guard status.isDirectory else { return false }
    do throws(SystemError) {
      var scanner = DirectoryScanner()
      try scanner.scan(try Descriptor.open(CString(directory), as: .directoryThroughLinks))
      return scanner.names.isEmpty
    } catch {
      throw .output(TerminalText.utf8(directory), error)
    }
  }

  /// Puts in order what an earlier pull has left, tells that at once, and finds out whether its conflicts
  /// stand.
  private func prepare(
    _ memory: DirectoryMemory, _ events: @escaping DeployEvents
  ) async throws(DeployError) {
    try await Threads.run { [request, project] () throws(DeployError) in
      if PullJournal.isUnfinished(in: memory) {
        // Undone, nothing is left to be pulled into, nor of this process's own directory.
        let isNew = PullJournal.find(in: memory)?.isNew == true
        if request.isDryRun || isNew && project != nil {
          throw .pull(.unfinished(memory.directory, isNew: isNew))
        }
        let kept = try PullRecovery(memory).undo()
        events(.pullNoted(.undone))
        for file in kept { events(.pullNoted(.kept(file.path, copy: file.copy))) }
      }
      let standing = project.flatMap { StandingConflicts(in: memory)?.standing($0.original) } ?? []
      guard standing.isEmpty else {
        let directory = project?.location.directory ?? memory.directory
        throw .pull(.conflictsStand(standing, directory: directory))
      }
    }
  }
}

extension PullOutcome {
  init(_ pulled: PulledVersion, _ directory: [UInt8], _ request: PullRequest) {
    self.init()
    actorName = pulled.actor.qualifiedName
    actorID = pulled.actor.id
    version = pulled.version.versionNumber
    build = pulled.build
    self.directory = directory
    isDryRun = request.isDryRun
  }
}
