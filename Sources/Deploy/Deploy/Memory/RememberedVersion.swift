// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Crypto
package import SourcePackage
internal import SystemIO

/// What this machine last pushed to a version, or saw there in agreement with its own files: the common base
/// of later changes.
package struct RememberedVersion: Sendable {
  /// What the version held.
  package let manifest: Manifest
  /// Which secrets it was given: for each name a keyed digest of the value, which tells nothing without
  /// guessing it.
  var secrets: [String: String]
  /// The key of these digests.
  let salt: String
  /// What is known of its build; nil for nothing.
  var build: BuildMemory?

  /// What this machine knows of the build of a version that it has pushed.
  enum BuildMemory: Sendable, Equatable {
    /// It was changed when the build `last` was its newest (nil: none), and no build was started from here
    /// since.
    case pending(last: String?)
    /// This build was started of just what was pushed.
    case started(String)
  }

  /// A version that holds `manifest` and was given `variables`; secrets that were not given anew stay known
  /// from `before`.
  package init(_ manifest: Manifest, variables: DeclaredVariables, before: RememberedVersion?) {
    self.manifest = manifest
    salt = before?.salt ?? Hex.lowercase((0..<16).map { _ in UInt8.random(in: 0...255) })
    secrets = before?.secrets ?? [:]
    for variable in variables.values ?? [] {
      secrets[variable.name] = variable.isSecret ? Self.digest(variable.value, salt: salt) : nil
    }
  }

  init(manifest: Manifest, secrets: [String: String], salt: String, build: BuildMemory?) {
    self.manifest = manifest
    self.build = build
    self.secrets = secrets
    self.salt = salt
  }

  /// Whether the secret `name` was given as `value`; nil where it was not given from here.
  package func wasGiven(_ name: String, _ value: String) -> Bool? {
    secrets[name].map { $0 == Self.digest(value, salt: salt) }
  }

  private static func digest(_ value: String, salt: String) -> String {
    let key = SymmetricKey(data: Array(salt.utf8))
    return Hex.lowercase(HMAC<SHA256>.authenticationCode(for: Array(value.utf8), using: key))
  }
}
