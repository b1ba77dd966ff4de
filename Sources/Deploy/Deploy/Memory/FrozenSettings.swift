// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import Crypto
internal import SystemIO

/// What a build takes from its version beside the files, and keeps whatever becomes of the version: the
/// variables, as far as the platform shows them, and whether the build itself sees them.
struct FrozenSettings: Sendable, Equatable {
  private let variables: [ApifyAPI.EnvironmentVariable]
  private let appliesToBuild: Bool

  /// These; of variables with one name the first counts.
  init(_ variables: [ApifyAPI.EnvironmentVariable]?, appliesToBuild: Bool) {
    self.variables = Self.byName(variables).values.map {
      let isSecret = $0.isSecret ?? false
      return .init(name: $0.name, value: isSecret ? nil : $0.value, isSecret: isSecret)
    }.sorted { $0.name < $1.name }
    self.appliesToBuild = appliesToBuild
  }

  /// Those of `version`.
  init(of version: RemoteVersion) {
    self.init(version.variables, appliesToBuild: version.appliesVariablesToBuild)
  }

  /// Those of `version`; nil where the platform has not said.
  init?(of version: ApifyActor.VersionSummary) {
    guard let variables = version.envVars else { return nil }
    self.init(variables, appliesToBuild: version.applyEnvVarsToBuild ?? false)
  }

  /// Those that the version has when `plan` has been carried out.
  init(after plan: PushPlan) {
    var variables = Self.byName(plan.remote?.variables)
    for setting in plan.variables.settings { variables[setting.variable.name] = setting.variable }
    for name in plan.variables.removed { variables[name] = nil }
    self.init(Array(variables.values), appliesToBuild: plan.remote?.appliesVariablesToBuild ?? false)
  }

  private static func byName(
    _ variables: [ApifyAPI.EnvironmentVariable]?
  ) -> [String: ApifyAPI.EnvironmentVariable] {
    Dictionary((variables ?? []).map { ($0.name, $0) }) { first, _ in first }
  }

  /// The keyed digest of all, which tells nothing without guessing them.
  func digest(salt: String) -> String {
    var code = HMAC<SHA256>(key: SymmetricKey(data: Array(salt.utf8)))
    func add(_ text: String) {
      code.update(data: Array("\(text.utf8.count):\(text)".utf8))
    }
    add(appliesToBuild ? "build" : "run")
    for variable in variables {
      add(variable.name)
      add(variable.value ?? "")
      add(variable.isSecret == true ? "1" : "0")
    }
    return Hex.lowercase(code.finalize())
  }
}
