// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import ActorProject
package import SourcePackage

/// The environment variables of a version, from actor.json and the user's secrets.
package struct EnvironmentVariables: Sendable {
  /// The variables; nil where actor.json has none, which leaves the platform's as they are.
  package let values: [DocumentHead.EnvironmentVariable]?
  /// The names of variables that are left out because their secret is missing.
  package let missing: [String]
}

extension EnvironmentVariables {
  /// Looks up the secrets that the variables of `configuration` name.
  ///
  /// - Parameter allowsMissing: leave out a variable whose secret is missing, instead of failing.
  package init(
    _ configuration: ActorConfiguration?, userFiles: UserFiles, allowsMissing: Bool
  ) throws(ProjectError) {
    guard let configuration, let variables = configuration.environmentVariables else {
      self.init(values: nil, missing: [])
      return
    }
    var values: [DocumentHead.EnvironmentVariable] = []
    var missing: [String] = []
    for variable in variables {
      guard let secret = variable.secretName else {
        values.append(.init(name: variable.name, value: variable.value, isSecret: false))
        continue
      }
      if let value = try userFiles.secret(secret) {
        values.append(.init(name: variable.name, value: value, isSecret: true))
      } else if allowsMissing {
        missing.append(variable.name)
      } else {
        throw ProjectError(
          .missingSecret, file: configuration.file,
          reason: "\(variable.name) names the secret \(secret), which ~/.apify/secrets.json does not have; "
            + "add it, or push without the variable by --allow-missing-secrets")
      }
    }
    self.init(values: values, missing: missing)
  }
}
