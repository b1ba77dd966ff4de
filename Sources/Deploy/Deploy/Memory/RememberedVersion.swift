// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import SourcePackage

/// What this machine last pushed to a version, or saw there in agreement with its own files: the common base
/// of later changes.
package struct RememberedVersion: Sendable {
  /// What the version held.
  package let manifest: Manifest
  /// The directory that it was pushed from; nil where that is not known.
  var directory: String?
  /// Which variables it was given.
  var variables: RememberedVariables
  /// The salt of the ``VariableRecord`` by which its secrets are known; nil for none.
  var record: String?
  /// What is known of its build; nil for nothing.
  var build: BuildMemory?
  /// The digest of the settings that the build was started with, or is to be, by the salt of `variables`; nil
  /// where that is not known.
  var builtSettings: String?
  /// The tag that the known build was started for; nil where that is not known, or it is for none.
  var startedTag: String?
  /// The tag that its builds were given, ``noTag`` where that was taken away; nil where none was given.
  var tag: String?
  /// The digests of packages that were sent since, of which it is not known whether they arrived.
  var attempted: [String] = []

  /// In the place of a tag: none is wanted.
  static let noTag = ""

  /// How many of them are kept.
  private static let attempts = 8

  /// Notes that a package with the digest `digest` is about to be sent.
  mutating func noteAttempt(_ digest: String) {
    attempted.removeAll { $0 == digest }
    attempted = (attempted + [digest]).suffix(Self.attempts)
  }

  /// What this machine knows of the build of a version that it has pushed.
  enum BuildMemory: Sendable, Equatable {
    /// It was changed when the build `last` was its newest (nil: none), and no build was started from here
    /// since.
    case pending(last: String?)
    /// This build was started of just what was pushed.
    case started(String)
    /// This build of just what was pushed has succeeded.
    case succeeded(String)
  }

  /// What is known of the build, where the version holds `manifest` now: that a build is of what it holds is
  /// known of no other.
  func build(of manifest: Manifest) -> BuildMemory? {
    switch build {
    case .started?, .succeeded?: manifest.records == self.manifest.records ? build : nil
    case .pending?, nil: build
    }
  }

  /// Whether it was pushed from the directory of `memory`, as far as that is known: what was pushed from
  /// another one need not be in this.
  func isFrom(_ memory: DirectoryMemory?) -> Bool {
    guard let directory, let memory else { return true }
    return directory == memory.name
  }

  /// Whether the build `id`, where it is the known one of `manifest`, was started with the settings that
  /// `version` has now, as far as they show; nil where that is not known.
  func wasBuilt(_ id: String, of manifest: Manifest, with version: RemoteVersion) -> Bool? {
    let isSame = builtSettings.map { $0 == FrozenSettings(of: version).digest(salt: variables.salt) }
    switch build(of: manifest) {
    case .started(id)?, .succeeded(id)?: return isSame
    // It was started after the change, though the answer that says so did not come.
    case .pending(let last)? where last != id: return isSame == true ? true : nil
    default: return nil
    }
  }

  /// A version that holds `manifest` and was given `variables`.
  init(_ manifest: Manifest, variables: RememberedVariables, build: BuildMemory? = nil) {
    self.manifest = manifest
    self.variables = variables
    self.build = build
  }
}
