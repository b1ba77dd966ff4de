// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import SourcePackage
internal import SystemIO

extension Push {
  /// What a push needs to know of the variables of the version.
  struct Variables {
    /// What becomes of them.
    let difference: VariableDifference
    /// The names of the declared secrets that the version has, and that it was given as they are here.
    var confirmed: Set<String> = []
    /// What the last push has left.
    var record = Result<VariableRecord?, DeployError>.success(nil)
  }

  /// What a push needs to know of the variables of the version, by this machine's memory, and by the record
  /// in the Actor's store where that does not suffice: where there is none, where a secret is declared, which
  /// others may have given another value, or where others have given a variable its value, perhaps in a turn
  /// that is known here. At last the commits that led to the package are asked for the values that they gave.
  ///
  /// - Parameter record: the record where it was asked for already, which it is where a secret is declared.
  func variables(
    _ user: Account?, _ actor: ApifyActor, _ remote: RemoteVersion?, _ remembered: RememberedVersion?,
    _ record: Result<VariableRecord?, DeployError>?
  ) async -> Variables {
    let own = difference(remote, remembered?.variables)
    let suffices = remembered != nil && own.contested.isEmpty && own.unknown.isEmpty
    let held = settings.variables.secrets(heldBy: remote)
    // Of secrets whose values are not here, too, a push tells when they have become others.
    guard settings.variables.values != nil, remote?.variables != nil,
      !suffices || !held.isEmpty || !own.keptSecrets.isEmpty
    else {
      return Variables(difference: own)
    }
    let asked = if let record { record } else { await self.record(user, actor) }
    let (declared, history) = (settings.variables, settings.history)
    // A secret counts as given only by a record that stands: others remove it before they set one.
    let given = await Threads.run { () -> RememberedVariables? in
      let found = try? asked.get()
      if let found, !suffices, !found.isUnfinished {
        let isOurs = found.commit.map { history?()?.contains($0) == true } ?? (history?() == nil)
        if isOurs || remembered == nil { return found.remembered(for: declared, isOurs: isOurs) }
      }
      return remembered?.variables.confirmed(by: found, declared, held: held, known: remembered?.record)
    }
    let difference = await excused(
      difference(remote, given), actor.id, remote, given, isOurs: remembered != nil)
    let sent = difference.settings.map(\.variable.name)
    return Variables(difference: difference, confirmed: held.subtracting(sent), record: asked)
  }

  /// `difference`, which counts from what was `given`, without those that commits excuse, or the last pull.
  ///
  /// - Parameter isOurs: whether this machine has pushed the version before.
  private func excused(
    _ difference: VariableDifference, _ id: String, _ remote: RemoteVersion?, _ given: RememberedVariables?,
    isOurs: Bool
  ) async -> VariableDifference {
    guard !difference.contested.isEmpty else { return difference }
    let history = settings.history
    let told = await Threads.run { history?().map { ($0.givenVariables(), isShallow: $0.isShallow) } }
    let own = settings.variables.values ?? []
    let pulled = settings.directory?.variables(of: key(id)).known { name in
      own.first { $0.name == name && !$0.isSecret }?.value
    }
    var known = (given ?? RememberedVariables()).noting(pulled ?? [:])
    let held = settings.variables.secrets(heldBy: remote)
    // Where this machine knows nothing of it, a value that the command line gives is meant, as with
    // `version set`.
    for variable in remote?.variables ?? []
    where !isOurs && settings.variables.requested.contains(variable.name)
      && given?.given[variable.name] == nil && !difference.exposed.contains(variable.name)
    {
      if let value = variable.value { known.noteElsewhere(variable.name, [value]) }
      if given == nil { known.secrets.insert(variable.name) }
    }
    for (name, values) in told?.0.values ?? [:] where !held.contains(name) {
      known.noteElsewhere(name, values)
    }
    known.secrets.formUnion(told?.0.secrets ?? [])
    var rest = self.difference(remote, known)
    if given == nil { rest.gap = told.map { $0.isShallow ? .shallow : .noCommit } ?? .noHistory }
    return rest
  }

  /// The record of the version's variables.
  func record(_ user: Account?, _ actor: ApifyActor) async -> Result<VariableRecord?, DeployError> {
    guard let owner = user?.username ?? actor.username else { return .success(nil) }
    return await platform.result {
      try await VariableRecord.find(version: number, actor: actor.id, owner: owner, on: platform).record
    }
  }

  /// Removes the record before a secret is set: whatever ends a push half-way, one from elsewhere sends its
  /// secrets again.
  ///
  /// - Returns: that the token may not do that: the record that others believe, if there is one, stays.
  @discardableResult
  static func withdrawRecord(
    of number: String, actor id: String, owner: String, on platform: any Platform
  ) async throws(DeployError) -> DeployError? {
    do throws(DeployError) {
      try await platform.ask {
        try await platform.removeRecord(
          store: store(of: id, owner: owner), key: VariableRecord.key(version: number))
      }
    } catch {
      guard case .platform(let refusal, _) = error, refusal.status == 403 else { throw error }
      return error
    }
    return nil
  }

  private func difference(
    _ remote: RemoteVersion?, _ remembered: RememberedVariables?
  ) -> VariableDifference {
    VariableDifference(
      settings.variables, current: remote.map(\.variables) ?? [], remembered: remembered)
  }

  /// Whether `plan` leaves something of the variables for pushes from elsewhere.
  func leavesRecord(_ plan: PushPlan) -> Bool {
    guard plan.action != .none, let values = settings.variables.values else { return false }
    return !values.isEmpty || plan.record != nil || plan.own?.variables.declared.isEmpty == false
  }

  /// Leaves in the Actor's store what pushes from elsewhere need to know of the variables of `plan`, which
  /// has been carried out.
  ///
  /// - Returns: why that failed, where there are secrets, which will be sent again then.
  func shareVariables(_ plan: PushPlan, _ outcome: Outcome) async -> DeployError? {
    let declared = settings.variables.leavingOut(plan.variables.lacking)
    guard let salt = outcome.record else { return nil }
    let (commit, last) = (outcome.commit, outcome.lastBuild)
    // What was neither sent nor confirmed is nothing that this push could vouch for.
    let known = plan.confirmed.union(plan.variables.settings.map(\.variable.name))
    let result = await platform.result {
      let record = try await Threads.run {
        Result {
          try VariableRecord(declared, known: known, salt: salt, lastBuild: last, commit: commit)
        }
      }.get()
      try await record.put(
        version: number, actor: outcome.actorID, owner: plan.user.username, on: platform)
    }
    guard case .failure(let error) = result, declared.hasSecrets else { return nil }
    return error
  }
}
