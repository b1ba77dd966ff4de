// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

extension PlatformState {
  /// The variable `name` of a version that `user` may read.
  package func variable(
    _ name: String, of number: String, _ reference: ActorReference?, for user: User
  ) throws(PlatformError) -> EnvironmentVariable {
    let version = try version(number, of: reference, for: user)
    guard let variable = version.envVars.first(where: { $0.isNamed(name) }) else { throw .noVariable }
    return variable
  }

  /// Adds a variable that the version does not have.
  @discardableResult
  package mutating func createVariable(
    _ change: EnvironmentVariableChange, of number: String, _ reference: ActorReference?, for user: User,
    at now: Timestamp
  ) throws(PlatformError) -> EnvironmentVariable {
    try TextRules.check([change], at: FieldPath([]))
    guard let value = change.value else { throw .invalidInput("value is required") }
    let variable = EnvironmentVariable(name: change.name, value: value, isSecret: change.isSecret ?? false)
    try changeVariables(of: number, reference, for: user, at: now) { variables throws(PlatformError) in
      guard !variables.contains(where: { $0.isNamed(change.name) }) else {
        throw .environmentVariableAlreadyExists(change.name)
      }
      variables.append(variable)
    }
    return variable
  }

  /// Changes the properties of the variable `name` that `change` names. A secret stays one unless its value
  /// comes along: a value that is kept cannot be uncovered.
  @discardableResult
  package mutating func updateVariable(
    _ name: String, of number: String, _ reference: ActorReference?, with change: EnvironmentVariableChange,
    for user: User, at now: Timestamp
  ) throws(PlatformError) -> EnvironmentVariable {
    try TextRules.check([change], at: FieldPath([]))
    guard change.name.utf8.elementsEqual(name.utf8) else {
      throw .invalidInput("name is \(change.name), but the address names the variable \(name)")
    }
    var outcome: EnvironmentVariable?
    try changeVariables(of: number, reference, for: user, at: now) { variables throws(PlatformError) in
      guard let index = variables.firstIndex(where: { $0.isNamed(name) }) else { throw .noVariable }
      let before = variables[index]
      if before.isSecret, change.isSecret == false, change.value == nil {
        throw .invalidInput("value is required")
      }
      variables[index] = EnvironmentVariable(
        name: before.name, value: change.value ?? before.value, isSecret: change.isSecret ?? before.isSecret)
      outcome = variables[index]
    }
    guard let outcome else { throw .noVariable }
    return outcome
  }

  /// Removes the variable `name`.
  package mutating func deleteVariable(
    _ name: String, of number: String, _ reference: ActorReference?, for user: User, at now: Timestamp
  ) throws(PlatformError) {
    try changeVariables(of: number, reference, for: user, at: now) { variables throws(PlatformError) in
      guard let index = variables.firstIndex(where: { $0.isNamed(name) }) else { throw .noVariable }
      variables.remove(at: index)
    }
  }

  private mutating func changeVariables(
    of number: String, _ reference: ActorReference?, for user: User, at now: Timestamp,
    _ change: (inout [EnvironmentVariable]) throws(PlatformError) -> Void
  ) throws(PlatformError) {
    var actor = try actor(reference, for: user, access: .write)
    let index = try index(of: number, in: actor)
    try change(&actor.versions[index].envVars)
    keep(&actor, changedAt: now)
  }
}

extension EnvironmentVariable {
  /// Whether this is its name, byte for byte.
  fileprivate func isNamed(_ name: String) -> Bool { self.name.utf8.elementsEqual(name.utf8) }
}

extension PlatformError {
  fileprivate static var noVariable: Self { .notFound("Environment variable") }
}
