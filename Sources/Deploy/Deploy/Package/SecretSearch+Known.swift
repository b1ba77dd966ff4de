// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
package import SourcePackage
internal import SourceTree
internal import SystemIO

extension SecretSearch {
  /// A search for all that is known to be secret here: the user's secrets, the values of secret variables,
  /// and the token in use.
  ///
  /// - Parameters:
  ///   - variables: the variables that a push sets.
  ///   - token: the token in use; nil for the one that the environment and the user's files give.
  /// - Throws: where the file of the user's secrets is not valid: what is not known is not found.
  package convenience init?(
    _ context: OperationContext, variables: [DeclaredVariables.Variable] = [], token: String? = nil
  ) throws(DeployError) {
    let known: [(name: String, value: String)]
    do throws(ProjectError) { known = try context.userFiles.secrets() } catch { throw .project(error) }
    var secrets = known.map { (name: "the secret @\($0.name)", value: $0.value) }
    for variable in variables where variable.isSecret {
      if secrets.contains(where: { sameBytes($0.value, variable.value) }) { continue }
      secrets.append((name: "the value of \(variable.name)", value: variable.value))
    }
    let credentials = Credentials(
      tokenFile: nil, variable: context.variable("APIFY_TOKEN"), userFiles: context.userFiles)
    if let token = token ?? (try? credentials.token()) {
      secrets.append((name: "your Apify API token", value: token))
    }
    self.init(secrets.map { Secret(name: $0.name, value: Array($0.value.utf8)) })
  }
}

extension SecretSearch {
  /// Throws where a secret would become the value of a plain variable, or the name of one, which all see that
  /// see the version.
  package func checkPlain(_ variables: [DeclaredVariables.Variable]) throws(DeployError) {
    if variables.contains(where: { finds(in: $0.name) }) {
      throw .project(
        ProjectError(
          .invalidInput, reason: "the name of a variable holds a secret", help: "give it another one"))
    }
    for variable in variables where !variable.isSecret {
      let value = Array(variable.value.utf8)
      // SAFETY: bytes have no padding; the array lives as long as the call.
      guard let secret = firstName(in: unsafe value.span.bytes) else { continue }
      throw .project(
        ProjectError(
          .invalidInput,
          reason: "\(variable.name): the value of a plain variable holds \(TerminalText.of(secret))",
          help: "leave it out, or set it as a secret: --secret-env \(ShellText.word(variable.name))"))
    }
  }
}

extension SecretFinder {
  /// What was found in the files of `plan`.
  func found(in plan: Plan) throws(DeployError) -> [Find] {
    do throws(SourceTreeError) { return try finds(in: plan) } catch { throw DeployError(error) }
  }
}
