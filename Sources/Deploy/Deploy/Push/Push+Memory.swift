// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import SourcePackage
internal import SystemIO

extension Push {
  /// Keeps what the version holds now as the common base of later changes.
  ///
  /// - Parameters:
  ///   - last: the newest build before the change.
  ///   - record: the salt of the record of the variables that this push writes; nil where it writes none.
  /// - Returns: why it cannot be kept.
  func remember(
    _ plan: PushPlan, _ id: String, last: String? = nil, record: String? = nil
  ) -> SystemError? {
    var version = RememberedVersion(plan.package.manifest, variables: plan.ownVariables)
    version.variables.note(settings.variables.leavingOut(plan.variables.lacking))
    // What a pull has written, and nothing was sent of, is not given from here.
    let pulled = plan.action == .none ? settings.directory?.variables(of: key(id)).replacedNames : nil
    for name in pulled ?? [] { version.variables.given[name] = plan.ownVariables.given[name] }
    version.directory = settings.directory?.name
    version.build =
      plan.action == .none ? plan.remembered?.build(of: plan.package.manifest) : .pending(last: last)
    version.builtSettings =
      plan.action != .none
      ? FrozenSettings(after: plan).digest(salt: version.variables.salt)
      : version.build != nil ? plan.remembered?.builtSettings : nil
    version.startedTag =
      plan.action == .none && version.build != nil ? plan.remembered?.startedTag : nil
    let isPulled = plan.action == .none && settings.directory?.hasReplacedTag(of: key(id)) == true
    version.tag = isPulled ? plan.remembered?.tag : settings.tagName ?? plan.remembered?.tag
    if plan.action != .none {
      if settings.tagName != nil { settings.directory?.forgetTag(of: key(id)) }
      if settings.variables.values != nil { settings.directory?.forgetVariables(of: key(id)) }
    }
    version.record = record ?? plan.knownRecord
    return keep(version, id)
  }

  /// The commit at which the version is seen to hold what others have pushed; nil where it is sent from here,
  /// or was, and where there is no commit.
  func commitOfSight(_ plan: PushPlan) async -> String? {
    if plan.sendsSource || plan.remote == nil { return nil }
    let key = key(plan.actor?.id ?? "")
    let known = [plan.own?.manifest, settings.directory?.base(of: key)]
    if known.contains(where: { $0?.hasSameContents(as: plan.package.manifest) == true }) {
      return settings.directory?.seenAt(of: key)
    }
    guard let history = settings.history else { return nil }
    return await Threads.run { history()?.tip }
  }

  /// Keeps, before the version is changed, what is sent, and that it is to be built: whatever ends this push
  /// half-way, the next one builds, and takes what has arrived for ours.
  ///
  /// What a forced push overwrites does not become the common base: were the push refused, the next one would
  /// overwrite it without a word.
  func rememberPending(_ plan: PushPlan, _ id: String, last: String?) {
    guard let manifest = plan.manifestBefore(isForced: settings.isForced) else { return }
    var version = RememberedVersion(manifest, variables: plan.ownVariables, build: .pending(last: last))
    version.variables.noteAttempt(settings.variables.values ?? [])
    version.directory = settings.directory?.name
    version.tag = plan.remembered?.tag
    version.record = plan.own?.record
    version.attempted = plan.own?.attempted ?? []
    if plan.sendsSource { version.noteAttempt(plan.package.manifest.digest) }
    _ = keep(version, id)
  }

  /// Takes back that what was pushed is the common base of later changes: another push, which had not seen
  /// it, has replaced it. From there a merge would take what was pushed for older than what is there now.
  func forgetOvertaken(_ plan: PushPlan, _ id: String) {
    guard let now = memory?.recall(key(id)) else { return }
    guard let manifest = plan.manifestBefore(isForced: settings.isForced) else {
      memory?.forget(key(id))
      return
    }
    var version = RememberedVersion(manifest, variables: now.variables)
    version.directory = now.directory
    version.tag = now.tag
    version.record = now.record
    _ = keep(version, id)
  }

  /// Keeps what was kept before `rememberPending`: the version has certainly not been changed.
  func restoreMemory(_ plan: PushPlan, _ id: String) {
    if let before = plan.remembered { _ = keep(before, id) } else { memory?.forget(key(id)) }
  }

  /// Keeps that `build` was started of what was pushed last, or that it has succeeded.
  ///
  /// - Parameters:
  ///   - plan: what the version is by, where the build was started.
  ///   - tag: the tag that it was started for.
  func rememberBuild(
    _ build: RememberedVersion.BuildMemory, _ id: String, by plan: PushPlan? = nil, for tag: String? = nil
  ) {
    guard var version = memory?.recall(key(id)), version.build != build else { return }
    version.build = build
    if let plan {
      version.startedTag = tag
      version.builtSettings = FrozenSettings(after: plan).digest(salt: version.variables.salt)
    }
    _ = keep(version, id)
  }

  /// Keeps that `build` has succeeded, where it is the one that was started of what was pushed last.
  func rememberSuccess(of build: Build?, _ id: String) {
    guard let build, build.status == .succeeded, memory?.recall(key(id))?.build == .started(build.id) else {
      return
    }
    rememberBuild(.succeeded(build.id), id)
  }

  private func keep(_ version: RememberedVersion, _ id: String) -> SystemError? {
    do throws(SystemError) {
      try memory?.keep(version, for: key(id))
      return nil
    } catch {
      return error
    }
  }
}

extension PushPlan {
  /// What directory and version had in common before the push; nil where that is not known. What a forced
  /// push overwrites is not among it.
  fileprivate func manifestBefore(isForced: Bool) -> Manifest? {
    own?.manifest ?? (remote == nil ? Manifest.empty : isForced ? nil : remote?.manifest)
  }

  /// What directory and version have in common for certain once it is carried out on the version of `key`:
  /// what that was seen to hold before, as others may push at the same moment. Nil where what there was stays
  /// that.
  func commonBefore(_ key: VersionMemory.Key) -> Manifest? {
    switch action {
    case .none, .createActor, .createVersion: package.manifest
    // What is overwritten by force is no base of others' work, unless none is known.
    case .update: settings.isForced && settings.directory?.base(of: key) != nil ? nil : remote?.manifest
    }
  }

  /// The commit that was pushed; nil also where what was pushed has changes that are in no commit.
  var cleanCommit: String? { provenance?.isDirty == true ? nil : provenance?.commit }

  /// What pushes from this directory gave. What another directory's gave is not among it; the key stays,
  /// which the digest of the settings of a build is made with.
  fileprivate var ownVariables: RememberedVariables {
    own?.variables ?? RememberedVariables(salt: remembered?.variables.salt)
  }

  /// The salt of the record by which the secrets are known where this push writes none.
  fileprivate var knownRecord: String? {
    // One that was asked for and has not confirmed all of its secrets would be believed later.
    guard let record, record.secretNames.isSubset(of: confirmed) else { return own?.record }
    return record.salt
  }
}
