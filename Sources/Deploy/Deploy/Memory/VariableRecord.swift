// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Crypto
internal import CryptoExtras
internal import SourcePackage
internal import SystemIO

/// What a push from any machine may know of the variables that the last one gave a version: a record in the
/// Actor's own store, which only the account can read, and never in a package.
///
/// It holds no value. What is no secret has a keyed digest each, for it can be read on the platform. Of the
/// secrets there is one slow digest of all together: who reads the record can test a guess of all of them at
/// once, at the price of 210,000 rounds each.
struct VariableRecord: StoreRecord, Equatable {
  static let kind = "variables"
  static let limit = 1 << 20
  private static let rounds = 210_000

  private(set) var format = currentFormat
  /// The key of the digests: no other record has it.
  let salt: String
  /// The names that were declared.
  private let declared: Set<String>
  /// The digest of each value that is no secret.
  private let given: [String: String]
  /// The names of the secrets, and the digest of all of them; nil where there are none.
  private let secrets: Secrets?
  /// The newest build when the version was changed, which is of what it was before; nil for none.
  let lastBuild: String?
  /// The commit that was pushed; nil where there was none.
  let commit: String?

  private struct Secrets: Codable, Sendable, Equatable {
    let names: Set<String>
    let digest: String
  }

  /// What a push of `variables` leaves to others.
  ///
  /// - Parameters:
  ///   - known: the names of the secrets that the version certainly has as they are declared; nil for all.
  ///   - salt: a new one.
  /// - Throws: what the slow digest needs and does not get.
  init(
    _ variables: DeclaredVariables, known: Set<String>? = nil, salt: String = newSalt(), lastBuild: String?,
    commit: String?
  ) throws {
    self.salt = salt
    declared = variables.declaredNames ?? []
    let values = variables.values ?? []
    // What the command line gave is no commit's: it is not for others to change without a word.
    given = Dictionary(
      values.filter { !$0.isSecret && !variables.requested.contains($0.name) }.map {
        ($0.name, RememberedVariables.digest($0.value, salt: salt))
      }
    ) { $1 }
    let names = Set(values.filter { $0.isSecret && known?.contains($0.name) != false }.map(\.name))
    secrets = names.isEmpty ? nil : Secrets(names: names, digest: try Self.slowDigest(values, names, salt))
    self.lastBuild = lastBuild
    self.commit = commit
  }

  /// What stands while the secrets of `variables` are set: it confirms none of them to others. It tells the
  /// one who knows its salt, also where the push ends half-way, that no others have set any since.
  init(setting variables: DeclaredVariables, salt: String) {
    self.salt = salt
    (declared, given, lastBuild, commit) = ([], [:], nil, nil)
    secrets = Secrets(names: Set((variables.values ?? []).filter(\.isSecret).map(\.name)), digest: "")
  }

  /// Whether it is one that stands while secrets are set.
  var isUnfinished: Bool { secrets?.digest.isEmpty == true }

  /// A salt.
  static func newSalt() -> String { RememberedVariables().salt }

  /// The same in the form of this machine's own memory. Blocks for the time of a slow digest.
  ///
  /// - Parameters:
  ///   - variables: what is declared here: its secrets were given only if all of them were.
  ///   - isOurs: whether the record is of a commit that led to what is pushed: what it gave may be changed
  ///     here, and what it declared, and this push does not, has been taken away here.
  func remembered(for variables: DeclaredVariables, isOurs: Bool) -> RememberedVariables {
    var remembered = RememberedVariables(
      salt: salt, given: isOurs ? given.mapValues { [$0] } : [:],
      secrets: isOurs ? secrets?.names ?? [] : [], declared: isOurs ? declared : [])
    if confirms(variables) { note(variables, in: &remembered) }
    return remembered
  }

  /// The names of the secrets.
  var secretNames: Set<String> { secrets?.names ?? [] }

  /// Whether the secrets were given the values that `variables` have.
  fileprivate func confirms(_ variables: DeclaredVariables) -> Bool {
    let values = variables.values ?? []
    guard let secrets, !isUnfinished, secrets.names.isSubset(of: values.filter(\.isSecret).map(\.name))
    else { return false }
    return (try? Self.slowDigest(values, secrets.names, salt)) == secrets.digest
  }

  /// Notes in `remembered` that the secrets were given the values that `variables` have.
  fileprivate func note(_ variables: DeclaredVariables, in remembered: inout RememberedVariables) {
    for variable in variables.values ?? [] where secretNames.contains(variable.name) {
      remembered.given[variable.name] = [RememberedVariables.digest(variable.value, salt: remembered.salt)]
    }
  }

  private static func slowDigest(
    _ values: [DeclaredVariables.Variable], _ names: Set<String>, _ salt: String
  ) throws -> String {
    let text = values.filter { names.contains($0.name) }.sorted { $0.name < $1.name }.map {
      "\($0.name.utf8.count):\($0.name)\($0.value.utf8.count):\($0.value)"
    }.joined()
    let key = try KDF.Insecure.PBKDF2.deriveKey(
      from: Array(text.utf8), salt: Array(salt.utf8), using: .sha256, outputByteCount: 32, rounds: rounds)
    // SAFETY: read only, within the call.
    return unsafe key.withUnsafeBytes { Hex.lowercase(unsafe Array($0)) }
  }
}

extension RememberedVariables {
  /// The same, where of the secrets `held`, which are declared here and which the version has, only those
  /// count as given that `record` confirms, which stands now: it is removed before a secret is set. Blocks
  /// for the time of a slow digest, where the record is not the known one.
  ///
  /// - Parameter known: the salt of the record that was written when this was remembered, or that confirmed
  ///   it.
  func confirmed(
    by record: VariableRecord?, _ variables: DeclaredVariables, held: Set<String>, known: String?
  ) -> RememberedVariables {
    guard let record else { return forgetting(held) }
    if record.salt == known { return forgetting(held.subtracting(record.secretNames)) }
    var rest = forgetting(held)
    if record.confirms(variables) { record.note(variables, in: &rest) }
    return rest
  }
}
