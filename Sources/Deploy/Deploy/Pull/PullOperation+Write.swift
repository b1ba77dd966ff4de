// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import ApifyAPI
internal import SourcePackage
internal import SourceTree
internal import SystemIO
internal import TreeMerge

extension PullOperation {
  /// Writes what `merge` has made, and keeps what directory and version have in common now. Blocks.
  ///
  /// - Returns: what is worth a warning.
  func write(
    _ merge: PullMerge, _ outcome: PullOutcome, _ remote: RemoteContents, _ key: VersionMemory.Key,
    _ memory: DirectoryMemory?, _ remembered: RememberedVersion?, _ pulled: PulledVersion,
    lacking: Set<[UInt8]>, _ events: @escaping DeployEvents
  ) throws(DeployError) -> [PullOutcome.Note] {
    guard let memory else { throw .pull(.noStateDirectory) }
    // Of what a build was made of the version need not hold anything any longer.
    let isVersion = pulled.build == nil
    let isOurs = request.preference == .ours
    let conflicts = StandingConflicts(merge.standing)
    let head = project.flatMap { project in
      try? HistoryReader(project, PushRequest(project.location, tool: "")).read().tip
    }
    func remember() throws(SystemError) {
      if isVersion {
        let common = memory.base(of: key)
        let changed = merge.pulled
        if project != nil { try memory.notePulled(changed, head: head, of: key) }
        if isOurs { try memory.forgetPulled(lacking.subtracting(changed.map { Array($0.path) }), of: key) }
        memory.texts(of: key).keep(
          merge.broughtNames, of: [remote.manifest] + (common.map { [$0] } ?? []),
          memory.pulled(of: key)?.bases ?? []
        ) { name, limit throws(DeployError) in try remote.bytes(of: name, limit: limit) }
        if !changed.isEmpty {
          try memory.keepSeenAt(nil, of: key)
        } else if ![common, remembered?.manifest].contains(where: { known in
          known.map { remote.manifest.hasSameContents(as: $0) } == true
        }) {
          // All of it was here already, and not by a push or a pull from here.
          try memory.keepSeenAt(head, of: key)
        }
        try memory.keepBase(remote.manifest, of: key)
      }
      if let tag = outcome.commonTag {
        try memory.keepTag(tag, replacing: outcome.replacedTag, isOurs: isOurs, of: key)
      }
      if let variables = outcome.commonVariables {
        try memory.keepVariables(variables, replacing: outcome.replacedVariables, isOurs: isOurs, of: key)
      }
      try conflicts.keep(in: memory)
    }
    // What changes nothing that a push relies on leaves the pull before as what can be undone.
    let isSame =
      merge.changes.isEmpty && !outcome.isNew && (!isVersion || memory.base(of: key) == remote.manifest)
      && outcome.commonTag.map { $0 == memory.tag(of: key) } != false
      && (StandingConflicts(in: memory) ?? StandingConflicts([])) == conflicts
      && (request.preference != .ours
        || outcome.commonVariables.map { $0 == memory.variables(of: key).values } != false)
    if isSame {
      do throws(SystemError) { try remember() } catch {
        throw .memory(TerminalText.utf8(memory.place), error)
      }
    } else {
      let source = try project?.contextSource()
      let transaction = PullTransaction(
        memory: source.map { DirectoryMemory(memory, of: $0.context.root) } ?? memory, remote: remote,
        cancellation: context.cancellation,
        onNote: { events(.pullNoted($0)) })
      try transaction.carryOut(
        source?.context.onDisk(merge.changes) ?? merge.changes, isNew: outcome.isNew,
        memories: [
          DirectoryMemory.baseName(key), DirectoryMemory.tagName(key), DirectoryMemory.variablesName(key),
          DirectoryMemory.pulledName(key), DirectoryMemory.seenName(key), StandingConflicts.name,
        ],
        remember: remember)
    }
    if request.preference == .ours, isVersion { acceptSecrets(key, memory, remembered, pulled) }
    return leftOut(of: memory.directory, merge)
  }

  /// Which of the files that were written no package of the directory has.
  private func leftOut(of directory: [UInt8], _ merge: PullMerge) -> [PullOutcome.Note] {
    let written = merge.packaged
    guard !written.isEmpty,
      let plan = try? (project ?? Project(ProjectLocation(directory), context)).plan(
        recordsExcluded: true, opensFiles: false, events: { _ in })
    else { return [] }
    var count = 0
    var first: (path: [UInt8], rule: String)?
    for out in plan.excluded {
      let hidden = written.filter(out.covers)
      count += hidden.count
      if first == nil, let path = hidden.min(by: { $0.lexicographicallyPrecedes($1) }) {
        first = (path, out.rule.description)
      }
    }
    return first.map { [.leftOut(count: count, first: $0.path, rule: $0.rule)] } ?? []
  }

  /// That the platform has secrets is known, and yours are preferred: the next push sets them.
  private func acceptSecrets(
    _ key: VersionMemory.Key, _ memory: DirectoryMemory, _ remembered: RememberedVersion?,
    _ pulled: PulledVersion
  ) {
    let names = (pulled.remote.variables ?? []).filter { $0.isSecret == true }.map(\.name)
    guard !names.isEmpty, let state = context.stateDirectory else { return }
    var version = remembered ?? RememberedVersion(.empty, variables: RememberedVariables())
    version.directory = memory.name
    version.variables.secrets.formUnion(names)
    try? VersionMemory(directory: state).keep(version, for: key)
  }

  /// The tag that the last push gave, or the last pull found; nil where none is known.
  func givenTag(
    _ pulled: PulledVersion, _ remembered: RememberedVersion?, _ key: VersionMemory.Key,
    _ memory: DirectoryMemory?, on platform: any Platform
  ) async -> String? {
    if let own = memory?.commonTag(
      remembered, of: key, current: pulled.remote.buildTag, wanted: settings.tagName)
    {
      return own
    }
    let told = pulled.remote.provenance?.buildTag
    if told == nil || told == pulled.remote.buildTag { return told }
    return await TagRecord.givenTag(
      of: pulled.remote, number: pulled.version.versionNumber, pulled.actor, owner: nil, on: platform)
  }

  /// What the platform has otherwise than actor.json; written into that file where it is asked for.
  func mergeSettings(
    _ pulled: PulledVersion, _ remembered: RememberedVersion?, givenTag: String?,
    pulledBefore: PulledVariables, _ merge: inout PullMerge, _ outcome: inout PullOutcome
  ) {
    guard pulled.build == nil else { return }
    let found: (file: String, text: [UInt8])?
    let configuration: ActorConfiguration?
    do throws(ProjectError) {
      found = merge.configurationFile
      configuration = try found.map { found throws(ProjectError) in
        try ActorConfiguration(found.text, file: found.file)
      }
      if let fault = configuration?.fault(in: "buildTag", "environmentVariables") { throw fault }
    } catch {
      if request.writesConfiguration {
        outcome.notes.append(.configuration(Diagnosis(.project(error)).message))
      }
      return
    }
    func own(_ name: String) -> String? {
      configuration?.environmentVariables?.last { $0.name == name && $0.secretName == nil }?.value
    }
    let pulledBefore = pulledBefore.known(own)
    outcome.settings = SettingDifference.all(
      pulled.remote, configuration,
      pulledBefore.isEmpty
        ? remembered?.variables : (remembered?.variables ?? RememberedVariables()).noting(pulledBefore),
      givenTag: givenTag)
    outcome.commonVariables = Self.common(
      pulled.remote, configuration, pulledBefore, prefersOwn: request.preference == .ours)
    let current = pulled.remote.buildTag
    if request.preference == .ours || configuration != nil && configuration?.buildTag?.description == current
    {
      outcome.commonTag = current ?? RememberedVersion.noTag
    }
    guard request.writesConfiguration else { return }
    guard let found else {
      outcome.notes.append(
        .configuration("there is no .actor/actor.json; write one with at least a \"name\""))
      return
    }
    let wanted = outcome.settings.indices.filter { outcome.settings[$0].isWanted(request.preference) }
    let edits = wanted.compactMap { index in
      outcome.settings[index].text.map { (path: outcome.settings[index].path, value: $0) }
    }
    if edits.isEmpty { return }
    let path = Array(found.file.utf8)
    let isLinked = merge.local?.obstacles.contains { $0.value == .link && Paths.isInside(path, $0.key) }
    if isLinked == true {
      outcome.notes.append(.configuration("\(found.file) is a symbolic link, or lies below one"))
      return
    }
    do throws(ProjectError) {
      merge.write(path, try ActorConfiguration.edited(found.text, file: found.file, edits))
    } catch {
      outcome.notes.append(.configuration(Diagnosis(.project(error)).message))
      return
    }
    for index in wanted {
      outcome.settings[index].isWritten = true
      switch outcome.settings[index].subject {
      case .buildTag:
        (outcome.commonTag, outcome.replacedTag) = (current, configuration?.buildTag?.description)
      case .variable(let name):
        outcome.commonVariables?[name] = outcome.settings[index].value
        outcome.replacedVariables[name] = own(name)
      }
    }
    let secrets = wanted.compactMap { index -> String? in
      let setting = outcome.settings[index]
      guard setting.isSecret, case .variable(let name) = setting.subject else { return nil }
      return name
    }
    if secrets.isEmpty { return }
    let known = secrets.filter { (try? context.userFiles.secret($0)) != nil }
    outcome.notes.append(.secrets(secrets.filter { !known.contains($0) }, known: known))
  }
}

extension PullOperation {
  /// The values of those variables of `remote` that `configuration` has as well, or has had after a pull,
  /// when they were `before`; of all, where its own are preferred.
  private static func common(
    _ remote: RemoteVersion, _ configuration: ActorConfiguration?, _ before: [String: String],
    prefersOwn: Bool
  ) -> [String: String] {
    var common: [String: String] = [:]
    for variable in remote.variables ?? [] where variable.isSecret != true {
      let value = variable.value ?? ""
      let own = configuration?.environmentVariables?.last { $0.name == variable.name }
      let isCommon = sameBytes(own?.value, value) && own?.secretName == nil
      if isCommon || sameBytes(before[variable.name], value) || prefersOwn {
        common[variable.name] = value
      }
    }
    return common
  }
}

extension PullMerge {
  /// The project's actor.json as the merge leaves it; nil where there is none.
  var configurationFile: (file: String, text: [UInt8])? {
    for file in ActorConfiguration.places {
      if let text = text(of: Array(file.utf8)) { return (file, text) }
    }
    return nil
  }

  /// What the file `path` holds after the merge; nil where there is none.
  private func text(of path: [UInt8]) -> [UInt8]? {
    let change = changes.last { $0.path == path }
    switch change?.kind {
    case .write(.bytes(let bytes), _)?: return bytes
    case .write(.remote(let name), _)?: return try? remote.bytes(of: name, limit: Self.textLimit)
    case .write(.own, _)?, nil:
      if let original = context?.originals[path] { return original }
      return (try? local?.contents.bytes(of: [path], limit: Self.textLimit))?[path]
    case .remove?, .removeDirectory?, .makeDirectory?: return nil
    }
  }
}
