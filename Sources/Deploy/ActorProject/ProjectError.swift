// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// An error in the files of a project or its user, with its position.
package struct ProjectError: Error, Equatable, Sendable {
  /// The type of an error, as `--json` prints it; an open set.
  package struct Code: RawRepresentable, Hashable, Sendable {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }

    /// The directory has no Actor.
    package static let noActor = Code(rawValue: "no-actor")
    /// actor.json is not valid.
    package static let invalidConfiguration = Code(rawValue: "invalid-actor-json")
    /// actorpush.json is not valid.
    package static let invalidDeployMap = Code(rawValue: "invalid-actorpush-json")
    /// The clone has not agreed to what a pushed commit deploys.
    package static let notAllowed = Code(rawValue: "not-allowed")
    /// A variable names a secret that is not in secrets.json.
    package static let missingSecret = Code(rawValue: "missing-secret")
    /// secrets.json or auth.json is not valid.
    package static let invalidUserFile = Code(rawValue: "invalid-user-file")
    package static let noToken = Code(rawValue: "no-token")
    /// Nothing is known that both sides have had in common.
    package static let noCommonBase = Code(rawValue: "no-common-base")
    /// A value from the command line or the environment is not valid.
    package static let invalidInput = Code(rawValue: "invalid-input")
  }

  package let code: Code
  /// The path of the file, as a user would type it; empty where the error is about none.
  package let file: String
  package let position: JSONPosition?
  /// What is wrong.
  package let cause: String
  /// What to do about it; nil where the cause says so.
  package let help: String?

  package init(
    _ code: Code, file: String = "", position: JSONPosition? = nil, reason cause: String, help: String? = nil
  ) {
    self.code = code
    self.file = file
    self.position = position
    self.cause = cause
    self.help = help
  }

  /// What is wrong and how to correct it, in one line.
  package var reason: String { cause + (help.map { "; \($0)" } ?? "") }

  /// The same error of a file that is named from above `directory`.
  package func below(_ directory: String) -> ProjectError {
    ProjectError(code, file: directory + "/" + file, position: position, reason: cause, help: help)
  }

  /// The same error for the reason `reason`.
  func because(_ reason: String) -> ProjectError {
    ProjectError(code, file: file, position: position, reason: reason, help: help)
  }
}
