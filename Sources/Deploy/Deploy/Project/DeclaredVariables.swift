// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import ActorProject
internal import ApifyAPI
internal import SourcePackage

/// The environment variables that the project and the command line declare.
package struct DeclaredVariables: Sendable {
  /// A variable with its value.
  package struct Variable: Sendable, Equatable {
    private let key: VariableName
    private let content: VariableValue
    /// Whether the platform keeps it secret.
    package let isSecret: Bool

    /// Its name.
    package var name: String { key.description }
    /// Its value.
    package var value: String { content.description }

    /// The same, as a secret or not.
    func kept(secret isSecret: Bool) -> Variable { Variable(key, content, isSecret: isSecret) }

    /// The variable `name` with `value`.
    package init(_ name: VariableName, _ value: VariableValue, isSecret: Bool) {
      (key, content) = (name, value)
      self.isSecret = isSecret
    }
  }

  /// The variables, by name; nil where nothing is said, which leaves the platform's as they are.
  package internal(set) var values: [Variable]?
  /// The names that actor.json declares, also of secrets whose value is not here; nil where it says nothing
  /// about variables. What an earlier push declared and this one does not is removed.
  package internal(set) var declaredNames: Set<String>?
  /// The names that the command line gives values to.
  package internal(set) var requested: Set<String> = []
  /// The variables whose secret is not here; a platform that has them keeps its values.
  package internal(set) var missing: [Missing] = []
  /// Whether the platform's variables that are not declared are removed, too.
  package var prunes = false

  /// A variable whose secret is not here.
  package struct Missing: Sendable, Equatable {
    /// Its name.
    package let name: String
    /// The name of the secret.
    package let secret: String
  }

  /// Those that the command line gives values to.
  var given: [Variable] { (values ?? []).filter { requested.contains($0.name) } }

  /// Nothing is said.
  package init() {}

  /// Whether there are secrets whose values are here.
  var hasSecrets: Bool { values?.contains(where: \.isSecret) == true }

  /// Whether there are secrets at all.
  var declaresSecrets: Bool { hasSecrets || !missing.isEmpty }

  /// The names of the secrets whose values are here, and that `version` has as secrets.
  func secrets(heldBy version: RemoteVersion?) -> Set<String> {
    let held = Set((version?.variables ?? []).filter { $0.isSecret == true }.map(\.name))
    return held.intersection((values ?? []).filter(\.isSecret).map(\.name))
  }

  /// The same without the names of `lacking`, which a push has left out: what was never given is not missed
  /// afterwards.
  func leavingOut(_ lacking: [Missing]) -> DeclaredVariables {
    var variables = self
    variables.declaredNames?.subtract(lacking.map(\.name))
    return variables
  }

  /// How many bytes of a request they need at the most: each character may have to be escaped.
  package var reserve: Int {
    (values ?? []).reduce(0) { $0 + 6 * ($1.name.utf8.count + $1.value.utf8.count) + 64 }
  }
}

extension DeclaredVariables {
  /// Looks up the secrets that the variables of `configuration` name, and puts `own` over them.
  ///
  /// - Parameters:
  ///   - own: variables of the command line; they win. What `configuration` has as a secret stays one.
  package init(
    _ configuration: ActorConfiguration?, own: [Variable] = [], userFiles: UserFiles
  ) throws(DeployError) {
    do throws(ProjectError) {
      try self.init(reading: configuration, own: own, userFiles)
    } catch {
      throw .project(error)
    }
  }

  private init(
    reading configuration: ActorConfiguration?, own: [Variable], _ userFiles: UserFiles
  ) throws(ProjectError) {
    self.init()
    if let variables = configuration?.environmentVariables {
      declaredNames = Set(variables.map(\.name))
      values = []
      for variable in variables where !own.contains(where: { $0.name == variable.name }) {
        guard let secret = variable.secretName else {
          values?.append(Variable(variable.key, variable.content, isSecret: false))
          continue
        }
        if let value = try userFiles.secret(secret) {
          values?.append(Variable(variable.key, try Self.content(of: secret, value), isSecret: true))
        } else {
          missing.append(Missing(name: variable.name, secret: secret))
        }
      }
    }
    let secrets = Set((configuration?.environmentVariables ?? []).filter { $0.secretName != nil }.map(\.name))
    let own = own.map { secrets.contains($0.name) ? $0.kept(secret: true) : $0 }
    requested = Set(own.map(\.name))
    if !own.isEmpty { values = ((values ?? []) + own).sorted { $0.name < $1.name } }
  }

  private static func content(of secret: String, _ value: String) throws(ProjectError) -> VariableValue {
    do throws(InvalidValue) { return try VariableValue(value) } catch {
      throw ProjectError(
        .invalidUserFile, file: UserFiles.secrets, reason: "\(JSONFile.shown(secret)): \(error)")
    }
  }
}
