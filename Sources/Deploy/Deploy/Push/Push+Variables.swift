// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI

/// How far a push has come with the variables that are set one at a time.
package struct VariableProgress: Sendable {
  /// The names that are set.
  package internal(set) var given: [String]
  /// The names that are removed.
  package internal(set) var removed: [String]
  /// What was asked for last, where it may have been done: "A may be set".
  package internal(set) var doubt: (name: String, isRemoval: Bool)?
  /// What became of the version, which is changed between setting and removing.
  package internal(set) var version = PushProgress.Change.none

  /// Nothing yet, or these.
  package init(given: [String] = [], removed: [String] = []) {
    self.given = given
    self.removed = removed
  }

  /// Whether certainly no variable has been changed.
  var isEmpty: Bool { given.isEmpty && removed.isEmpty && doubt == nil }

  /// Carries out `body`, which sets or removes the variable `name`, and returns whether it is done.
  @discardableResult
  mutating func change(
    _ name: String, isRemoval: Bool = false, _ body: () async throws(DeployError) -> Bool
  ) async throws(DeployError) -> Bool {
    do throws(DeployError) {
      guard try await body() else { return false }
    } catch {
      if error.mayHaveChanged { doubt = (name, isRemoval) }
      throw error
    }
    if isRemoval { removed.append(name) } else { given.append(name) }
    return true
  }
}

extension Push {
  /// Sets the variables of `plan`, one at a time, before the files: the files may need them.
  ///
  /// - Returns: whether the version is still there; where it was deleted since the look, nothing is set.
  func setVariables(
    _ id: String, _ plan: PushPlan, _ progress: inout VariableProgress
  ) async throws(DeployError) -> Bool {
    for setting in plan.variables.settings {
      let isThere = try await progress.change(setting.variable.name) { () async throws(DeployError) in
        try await self.progress.change(.variable) { () throws(DeployError) in
          try await platform.ask { () async throws -> Bool in
            do {
              try await platform.setVariable(
                setting.variable, isNew: setting.isNew, actor: .id(id), number: number
              ) { now in try isSet(now, setting.variable, plan) }
              return true
            } catch let error as APIError where error.isNotFound {
              // The version was deleted since the look; it is created again, with all of its variables.
              return false
            }
          }
        }
      }
      if !isThere { return false }
    }
    return true
  }

  /// Removes the variables of `plan`, one at a time, after the files: the ones before may have needed them.
  func removeVariables(
    _ id: String, _ plan: PushPlan, _ progress: inout VariableProgress
  ) async throws(DeployError) {
    for name in plan.variables.removed {
      try await progress.change(name, isRemoval: true) { () async throws(DeployError) in
        try await platform.ask {
          try await platform.removeVariable(name, actor: .id(id), number: number) { now in
            try checkUnchanged(now, plan)
          }
          return true
        }
      }
    }
  }
}
