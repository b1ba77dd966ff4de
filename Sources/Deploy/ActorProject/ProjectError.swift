// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// What is wrong with a project's own files, and where.
package struct ProjectError: Error, Equatable, Sendable {
  /// The kinds of trouble; `rawValue` is what scripts see.
  package struct Code: RawRepresentable, Hashable, Sendable {
    /// The name of the kind.
    package let rawValue: String
    /// The kind that is called `rawValue`.
    package init(rawValue: String) { self.rawValue = rawValue }

    /// The folder holds no Actor.
    package static let noActor = Code(rawValue: "no-actor")
    /// actor.json is not what it should be.
    package static let invalidConfiguration = Code(rawValue: "invalid-actor-json")
    /// actorpush.json is not what it should be.
    package static let invalidDeployMap = Code(rawValue: "invalid-actorpush-json")
    /// A variable names a secret that the user does not have.
    package static let missingSecret = Code(rawValue: "missing-secret")
    /// secrets.json or auth.json is not what it should be.
    package static let invalidUserFile = Code(rawValue: "invalid-user-file")
    /// There is no token.
    package static let noToken = Code(rawValue: "no-token")
    /// A value from outside is not what it should be.
    package static let invalidInput = Code(rawValue: "invalid-input")
  }

  /// The kind of trouble.
  package let code: Code
  /// The file, as a user would type its path; empty where it is about none.
  package let file: String
  /// Where in the file.
  package let position: JSONPosition?
  /// What is wrong and how to mend it, in one line.
  package let reason: String

  /// An error of the kind `code`.
  package init(_ code: Code, file: String = "", position: JSONPosition? = nil, reason: String) {
    self.code = code
    self.file = file
    self.position = position
    self.reason = reason
  }
}
