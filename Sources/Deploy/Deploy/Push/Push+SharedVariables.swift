// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import SourcePackage
internal import SystemIO

extension Push {
  /// A longer record is none.
  private static let limit = 1 << 20

  /// What a push needs to know of the variables of the version, by this machine's memory, and by the record
  /// in the Actor's store where that does not suffice: where there is none, where a secret was not given from
  /// here, or where others have given a variable its value, perhaps in a turn that is known here. At last the
  /// commits that led to the package are asked for the values that they gave.
  func variables(
    _ user: Account?, _ actor: ApifyActor, _ remote: RemoteVersion?, _ remembered: RememberedVersion?
  ) async -> (difference: VariableDifference, record: Result<VariableRecord?, DeployError>) {
    let own = difference(remote, remembered?.variables)
    guard settings.variables.values != nil, remote?.variables != nil,
      remembered == nil || !own.contested.isEmpty || !own.unknown.isEmpty
    else { return (own, .success(nil)) }
    let asked = await record(user, actor)
    let (declared, history) = (settings.variables, settings.history)
    let mine = remembered?.variables
    var given = mine
    if case .success(let found?) = asked {
      given = await Threads.run {
        let isOurs = found.commit.map { history?()?.contains($0) == true } ?? (history?() == nil)
        return isOurs || remembered == nil ? found.remembered(for: declared, isOurs: isOurs) : mine
      }
    }
    return (await excused(difference(remote, given), remote, given), asked)
  }

  /// `difference`, which counts from what was `given`, without those that commits excuse.
  private func excused(
    _ difference: VariableDifference, _ remote: RemoteVersion?, _ given: RememberedVariables?
  ) async -> VariableDifference {
    guard !difference.contested.isEmpty else { return difference }
    let history = settings.history
    let told = await Threads.run { history?().map { ($0.givenVariables(), isShallow: $0.isShallow) } }
    var known = given ?? RememberedVariables()
    if given == nil {
      // Where nothing is known, a value that the command line gives is meant, as with `version set`.
      for variable in remote?.variables ?? [] where settings.variables.requested.contains(variable.name) {
        if let value = variable.value { known.noteElsewhere(variable.name, [value]) }
        known.secrets.insert(variable.name)
      }
    }
    for (name, values) in told?.0.values ?? [:] { known.noteElsewhere(name, values) }
    known.secrets.formUnion(told?.0.secrets ?? [])
    var rest = self.difference(remote, known)
    if given == nil { rest.gap = told.map { $0.isShallow ? .shallow : .noCommit } ?? .noHistory }
    return rest
  }

  private func record(_ user: Account?, _ actor: ApifyActor) async -> Result<VariableRecord?, DeployError> {
    guard let owner = user?.username ?? actor.username else { return .success(nil) }
    return await platform.result {
      try await platform.record(
        store: Self.store(of: actor.id, owner: owner), key: VariableRecord.key(version: number),
        limit: Self.limit
      ).flatMap { VariableRecord($0) }
    }
  }

  /// Removes the record before a secret is set: whatever ends a push half-way, one from elsewhere sends its
  /// secrets again. A token that may not do that has none to believe.
  static func withdrawRecord(
    of number: String, actor id: String, owner: String, on platform: any Platform
  ) async throws(DeployError) {
    try await platform.ask {
      do {
        try await platform.removeRecord(
          store: store(of: id, owner: owner), key: VariableRecord.key(version: number))
      } catch let error as APIError where error.status == 403 {}
    }
  }

  private func difference(
    _ remote: RemoteVersion?, _ remembered: RememberedVariables?
  ) -> VariableDifference {
    VariableDifference(
      settings.variables, current: remote.map(\.variables) ?? [], remembered: remembered)
  }

  /// Leaves in the Actor's store what pushes from elsewhere need to know of the variables of `plan`, which
  /// has been carried out.
  ///
  /// - Returns: why that failed, where there are secrets, which will be sent again then.
  func shareVariables(_ plan: PushPlan, _ outcome: Outcome) async -> DeployError? {
    let declared = settings.variables
    let hasDeclared = plan.record != nil || plan.own?.variables.declared.isEmpty == false
    guard plan.action != .none, let values = declared.values, !values.isEmpty || hasDeclared else {
      return nil
    }
    let (commit, last) = (outcome.commit, outcome.lastBuild)
    let result = await platform.result {
      let contents = try await Threads.run {
        Result { try VariableRecord(declared, lastBuild: last, commit: commit).contents() }
      }.get()
      let store = try await platform.getOrCreateStore(name: Self.store(of: outcome.actorID))
      try await platform.putRecord(
        store: store.id, key: VariableRecord.key(version: number),
        body: RequestBody(contents, contentType: "application/json"))
    }
    guard case .failure(let error) = result, values.contains(where: \.isSecret) else { return nil }
    return error
  }
}
