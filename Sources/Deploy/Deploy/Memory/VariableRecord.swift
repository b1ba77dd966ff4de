// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Crypto
internal import CryptoExtras
internal import FoundationEssentials
internal import SourcePackage
internal import SystemIO

/// What a push from any machine may know of the variables that the last one gave a version: a record in the
/// Actor's own store, which only the account can read, and never in a package.
///
/// It holds no value. What is no secret has a keyed digest each, for it can be read on the platform. Of the
/// secrets there is one slow digest of all together: who reads the record can test a guess of all of them at
/// once, at the price of 210,000 rounds each.
struct VariableRecord: Codable, Sendable, Equatable {
  private static let format = 1
  private static let rounds = 210_000

  private var format = Self.format
  /// The key of the digests.
  private let salt: String
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
  /// - Throws: what the slow digest needs and does not get.
  init(_ variables: DeclaredVariables, lastBuild: String?, commit: String?) throws {
    let salt = RememberedVariables().salt
    self.salt = salt
    declared = variables.declaredNames ?? []
    let values = variables.values ?? []
    given = Dictionary(
      values.filter { !$0.isSecret }.map { ($0.name, RememberedVariables.digest($0.value, salt: salt)) }
    ) { $1 }
    let names = Set(values.filter(\.isSecret).map(\.name))
    secrets = names.isEmpty ? nil : Secrets(names: names, digest: try Self.slowDigest(values, names, salt))
    self.lastBuild = lastBuild
    self.commit = commit
  }

  /// Reads a record; nil where it is none.
  init?(_ contents: [UInt8]) {
    guard let record = try? JSONDecoder().decode(Self.self, from: Data(contents)),
      record.format == Self.format
    else { return nil }
    self = record
  }

  /// The record as it is written.
  func contents() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(self))
  }

  /// Its key in the store.
  static func key(version: String) -> String { "variables-\(version).json" }

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
    let values = variables.values ?? []
    guard let secrets, secrets.names.isSubset(of: values.filter(\.isSecret).map(\.name)),
      (try? Self.slowDigest(values, secrets.names, salt)) == secrets.digest
    else { return remembered }
    for variable in values where secrets.names.contains(variable.name) {
      remembered.given[variable.name] = [RememberedVariables.digest(variable.value, salt: salt)]
    }
    return remembered
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
