// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Crypto
internal import SystemIO

/// The environment variables that pushes from this machine have given a version: who else has changed one can
/// be told by that.
package struct RememberedVariables: Sendable, Equatable {
  /// The key of the digests.
  let salt: String
  /// For each name the keyed digests of the values that it was given, which tell nothing without guessing
  /// them: the last, or, where an answer was lost, the one before as well.
  var given: [String: Set<String>]
  /// The names of those that were given as secrets. A secret of another name is that of others, whose value
  /// is nowhere else.
  var secrets: Set<String>
  /// The names that actor.json declared.
  var declared: Set<String>

  /// Nothing was given.
  init(
    salt: String? = nil, given: [String: Set<String>] = [:], secrets: Set<String> = [],
    declared: Set<String> = []
  ) {
    self.salt = salt ?? Hex.lowercase((0..<16).map { _ in UInt8.random(in: 0...255) })
    self.given = given
    self.secrets = secrets
    self.declared = declared
  }

  /// Whether `value` was given to the variable `name`; nil where none was given from here.
  func wasGiven(_ name: String, _ value: String) -> Bool? {
    given[name].map { $0.contains(digest(value)) }
  }

  /// The same without what the variables called `names` were given.
  func forgetting(_ names: Set<String>) -> RememberedVariables {
    var rest = self
    for name in names { rest.given[name] = nil }
    return rest
  }

  /// Notes that the variables of `variables` are about to be given; that they are not yet is thought of, too.
  ///
  /// Which value a secret has then, the platform does not tell: it is forgotten what it was given, so that it
  /// is sent again.
  mutating func noteAttempt(_ variables: [DeclaredVariables.Variable]) {
    for variable in variables {
      let digest = digest(variable.value)
      if !variable.isSecret {
        given[variable.name, default: []].insert(digest)
      } else if secrets.insert(variable.name).inserted {
        // What it was is shown, or it was not there.
        given[variable.name]?.insert(digest)
      } else if given[variable.name] != [digest] {
        given[variable.name] = nil
      }
    }
  }

  /// Notes that the variables called `names` are about to be removed, as meant from here.
  mutating func noteRemoval(_ names: [String]) {
    for name in names { given[name] = nil }
    secrets.subtract(names)
    declared.subtract(names)
  }

  /// Notes that the version has the variables `variables`.
  mutating func note(_ variables: DeclaredVariables) {
    for variable in variables.values ?? [] {
      given[variable.name] = [digest(variable.value)]
      if variable.isSecret { secrets.insert(variable.name) } else { secrets.remove(variable.name) }
    }
    if let names = variables.declaredNames {
      noteRemoval(Array(declared.subtracting(names)))
      declared = names
    }
  }

  /// Notes that commits which are known here, or what is wanted here, give `values` to the variable `name`.
  mutating func noteElsewhere(_ name: String, _ values: Set<String>) {
    given[name, default: []].formUnion(values.map(digest))
  }

  private func digest(_ value: String) -> String { Self.digest(value, salt: salt) }

  /// The digest of `value`, which tells nothing without guessing it.
  static func digest(_ value: String, salt: String) -> String {
    let key = SymmetricKey(data: Array(salt.utf8))
    return Hex.lowercase(HMAC<SHA256>.authenticationCode(for: Array(value.utf8), using: key))
  }
}
