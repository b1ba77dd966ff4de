// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import ActorProject
internal import ApifyAPI
internal import SourcePackage
internal import SystemIO

extension Push {
  /// Makes the plan; changes nothing.
  ///
  /// The platform is asked all at once, while the package is made: each request has a connection of its own,
  /// which takes two round trips before the first can be sent.
  ///
  /// - Parameters:
  ///   - form: the form that the package is wanted in.
  ///   - makePackage: makes the package; its error comes before any of the platform, since the user can mend
  ///     it.
  package func look(
    _ form: SourceChoice, _ makePackage: @Sendable () async throws(DeployError) -> PreparedPackage
  ) async throws(DeployError) -> PushPlan {
    platform.hide((settings.variables.values ?? []).filter(\.isSecret).map(\.value))
    let plan = try await plan(form, makePackage)
    if let lacking = plan.variables.lacking.first, !settings.allowsMissingSecrets {
      throw .project(
        ProjectError(
          .missingSecret, file: settings.configuration?.file ?? "",
          reason:
            "\(TerminalText.of(lacking.name)): secret @\(TerminalText.of(lacking.secret)) is not in ~/.apify/secrets.json, and the version does not "
            + "have it either",
          help: "add it, pass --secret-env \(ShellText.word(lacking.name)), or use --allow-missing-secrets"))
    }
    return plan
  }

  private func plan(
    _ form: SourceChoice, _ makePackage: @Sendable () async throws(DeployError) -> PreparedPackage
  ) async throws(DeployError) -> PushPlan {
    async let askedActor = askForActor()
    async let askedVersion = platform.result {
      form == .zip ? nil : try await version(of: settings.reference)
    }
    let package = try await makePackage()
    let asked = await askedActor
    let user = Account(try asked.user.get())
    guard let actor = try asked.actor.get() else {
      if !settings.isForced {
        let absence = try await settings.absence(for: user, platform)
        if case .actorRenamed = absence { throw absence }
      }
      return try newActor(user, package)
    }
    var remote = package.sourceType == .tarball ? try await zip(of: actor) : try await askedVersion.get()
    try await addManifest(to: &remote)
    if !settings.isForced { try await addContents(to: &remote) }
    return await plan(user, actor, remote, package, asked.record)
  }

  /// Asks for the Actor and the account, and, where a secret is declared, for the record of the variables,
  /// while the package is made and the version is asked for.
  private func askForActor() async -> (
    actor: Result<ApifyActor?, DeployError>, user: Result<User, DeployError>,
    record: Result<VariableRecord?, DeployError>?
  ) {
    async let askedUser = account.user(on: platform)
    let actor = await platform.result { try await platform.actor(settings.reference) }
    let user = await askedUser
    guard settings.variables.declaresSecrets, case .success(let found?) = actor,
      case .success(let owner) = user
    else { return (actor, user, nil) }
    return (actor, user, await record(Account(owner), found))
  }

  /// The version that a zip replaces: of one that is a zip itself, the Actor's own list of versions says as
  /// much as the version does.
  private func zip(of actor: ApifyActor) async throws(DeployError) -> RemoteVersion? {
    guard let summary = actor.versions.first(where: { $0.versionNumber == number }) else { return nil }
    if let version = RemoteVersion(summary, root: platform.root) { return version }
    return try await platform.ask { try await version(of: .id(actor.id)) }
  }

  private func newActor(_ user: Account, _ package: PreparedPackage) throws(DeployError) -> PushPlan {
    let variables = VariableDifference(settings.variables, current: [], remembered: nil)
    let decision = PushDecision(
      PushDecision.Facts(
        local: package.facts, remote: nil, hasActor: false, base: .unknown(.noHistory),
        variables: variables, buildTag: settings.tagName, isForced: settings.isForced))
    return PushPlan(
      settings: settings, user: user, actor: nil, actorName: try newName(user), decision: decision,
      package: package, remote: nil, variables: variables, remembered: nil, own: nil)
  }

  /// The version as it is now.
  func version(of actor: ActorReference) async throws -> RemoteVersion? {
    try await platform.version(actor: actor, number: number).map { RemoteVersion($0, root: platform.root) }
  }

  /// What is in a zip of the platform's is known where its manifest lies beside it, and is about that zip.
  func addManifest(to remote: inout RemoteVersion?) async throws(DeployError) {
    guard case .zip(_, let record?) = remote?.source else { return }
    try await remote?.read(ManifestRecord(of: record), platform, evenIfGone: true)
  }

  /// Fetches the zip at `record` to learn what it holds.
  func contents(ofZip record: RecordAddress) async throws(DeployError) -> RemoteContents {
    try await PulledVersion.contents(
      ofZip: record, on: platform, spoolDirectories: spoolDirectories, foldsNames: false)
  }

  /// What is in a zip of others (the official client's, or one that was put in the place of ours) is known
  /// once it has been fetched, as a pull does: without that, all of them would be in conflict, also with what
  /// was pulled.
  private func addContents(to remote: inout RemoteVersion?) async throws(DeployError) {
    guard let version = remote, version.isUnread, case .zip(_, let record?) = version.source else { return }
    do throws(DeployError) {
      let contents = try await contents(ofZip: record)
      do throws(SystemError) { remote?.end = try contents.end?() } catch { throw .spool(error) }
      remote?.manifest = contents.manifest
    } catch {
      // One that cannot be read is in conflict, whatever is in it.
      switch error {
      case .pull, .unreadableVersion: return
      case .platform(let failure, _) where failure.status.map { (400..<500).contains($0) } == true: return
      default: throw error
      }
    }
  }

  private func plan(
    _ user: Account, _ actor: ApifyActor, _ remote: RemoteVersion?, _ package: PreparedPackage,
    _ asked: Result<VariableRecord?, DeployError>?
  ) async -> PushPlan {
    let remembered = memory?.recall(key(actor.id))
    let own = remembered.flatMap { $0.isFrom(settings.directory) ? $0 : nil }
    var base = await base(remote, own, package, actor.id)
    if case .unknown = base, own == nil, let remembered, let directory = remembered.directory,
      remote?.manifest?.hasSameContents(as: remembered.manifest) == true
    {
      base = .otherDirectory(directory)
    }
    let variables = await variables(user, actor, remote, own, asked)
    var facts = PushDecision.Facts(
      local: package.facts, remote: remote, hasActor: true, base: base, variables: variables.difference,
      buildTag: settings.tagName, isForced: settings.isForced)
    facts.givenTag = await givenTag(remote, remembered, user, actor)
    let decision = PushDecision(facts)
    var plan = PushPlan(
      settings: settings, user: user, actor: actor, actorName: actor.qualifiedName, decision: decision,
      package: package, remote: remote, variables: variables.difference, remembered: remembered, own: own)
    plan.confirmed = variables.confirmed
    switch variables.record {
    case .success(let record): plan.record = record
    // Without values none is sent again.
    case .failure(let error): if settings.variables.hasSecrets { plan.variablesUnshared = error }
    }
    return plan
  }

  /// From where changes are counted: what was last pushed from this directory, or a commit that led to the
  /// package.
  ///
  /// The memory alone is not enough for a conflict: a colleague whose commit is here may have pushed since.
  private func base(
    _ remote: RemoteVersion?, _ own: RememberedVersion?, _ package: PreparedPackage, _ actorID: String
  ) async -> SourceComparison.Base {
    let key = key(actorID)
    var remembered = own
    var pulled = settings.directory?.base(of: key)
    if let directory = settings.directory, let history = settings.history,
      remote?.manifest?.hasSameContents(as: package.manifest) != true,
      await Threads.run({ directory.wasSeenElsewhere(key, history) })
    {
      (remembered, pulled) = (nil, nil)
    }
    let lacking =
      await Threads.run { [settings] in
        settings.directory?.lacking(
          package.manifest, than: remote?.manifest, of: key, isCommit: settings.revision != nil,
          { settings.history.flatMap { $0() } })
      }?.keys.sorted { $0.lexicographicallyPrecedes($1) } ?? []
    let common = lacking.isEmpty ? pulled : nil
    if let common, remote?.manifest?.hasSameContents(as: common) == true { return .manifest(common) }
    // A push from here whose answer is not known has arrived.
    if let manifest = remote?.manifest, let attempted = own?.attempted, !attempted.isEmpty,
      attempted.contains(manifest.digest)
    {
      return .manifest(manifest)
    }
    // What a push from here has found to be the same was pulled before it.
    if !lacking.isEmpty, let manifest = remote?.manifest,
      [pulled, remembered?.manifest].contains(where: { $0?.hasSameContents(as: manifest) == true })
    {
      return .lacking(lacking)
    }
    let memory = (remembered?.manifest ?? common).map { SourceComparison.Base.manifest($0) }
    guard let remote, let manifest = remote.manifest, !remote.isEmpty,
      !manifest.hasSameContents(as: package.manifest), let history = settings.history,
      remembered.map({ !manifest.hasSameContents(as: $0.manifest) }) ?? true
    else { return memory ?? .unknown(.noHistory) }
    let told = await Threads.run {
      history().map { SourceComparison.Base(remote, $0) } ?? .unknown(.noHistory)
    }
    if let base = told.manifest, base.hasSameContents(as: manifest) { return told }
    if let memory { return memory }
    if told.manifest != nil { return told }
    return await snapshot(beneath: remote).map { .manifest($0) } ?? told
  }

  /// The name of a new Actor.
  private func newName(_ user: Account) throws(DeployError) -> String {
    guard let name = settings.ownName(user) else { throw .noSuchActor(settings.reference) }
    guard ActorName.isValid(name) else {
      throw .project(
        ProjectError(
          .invalidInput,
          reason: "there is no Actor \(settings.reference), and none can be created: "
            + "a name must be 3 to 63 characters of a-z, 0-9 and -"))
    }
    return "\(user.username)/\(name)"
  }
}
