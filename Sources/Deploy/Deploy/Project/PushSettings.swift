// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import ActorProject
package import ApifyAPI
package import SourcePackage

/// What a push makes of a version: actor.json's values, and the caller's over them.
package struct PushSettings: Sendable {
  /// The Actor.
  package let reference: ActorReference
  /// The version.
  package let version: VersionNumber
  /// The tag of its builds; nil leaves the platform's as it is.
  package let buildTag: BuildTag?
  /// The same in words, as the platform has it.
  package var tagName: String? { buildTag?.description }
  /// Whether the tag was asked for with this push: then another one is not kept for the sake of others.
  package let asksForTag: Bool
  /// What actor.json says, if there is one.
  package let configuration: ActorConfiguration?
  /// The environment variables.
  package var variables = DeclaredVariables()
  /// Whether variables whose secret is neither here nor on the platform are left out.
  package var allowsMissingSecrets = false
  /// Whether to push an unchanged package, and over changes of others.
  package var isForced = false
  /// The history of the project's repository, if it has one: the source of the common base where nothing is
  /// remembered. Blocks.
  package var history: (@Sendable () -> CommitHistory?)?
  /// What is remembered of the project's directory; nil where nothing is kept.
  package var directory: DirectoryMemory?
  /// The commit that is pushed, as it was named; nil for the files of the directory.
  package var revision: String?
  /// Finds out where a package comes from; nil where packages do not say. Blocks.
  package var provenance: (@Sendable (PreparedPackage) -> Provenance)?

  /// The values of `configuration`, and those of `target` over them.
  ///
  /// - Parameter readsVersion: whether it matters which version is meant.
  /// - Throws: that the Actor or the version is missing or invalid. What else a push reads it checks.
  package init(
    configuration: ActorConfiguration?, target: VersionTarget = VersionTarget(), readsVersion: Bool = true
  ) throws(ProjectError) {
    self.configuration = configuration
    if readsVersion, target.version == nil, let fault = configuration?.fault(in: "version") { throw fault }
    if let reference = target.actor {
      self.reference = reference
    } else {
      self.reference = try Self.reference(configuration)
    }
    let number = target.version ?? configuration?.version ?? Self.defaultVersion
    self.version = number
    asksForTag = target.tag != nil && !target.hasConfiguredTag
    // As the platform's own command line has it: only the default version gets a tag of itself.
    self.buildTag = target.tag ?? configuration?.buildTag ?? (number == Self.defaultVersion ? .latest : nil)
  }

  private static let defaultVersion = VersionNumber.zero

  private static func reference(_ configuration: ActorConfiguration?) throws(ProjectError) -> ActorReference {
    if let fault = configuration?.fault(in: "name") { throw fault }
    guard let configuration, let name = configuration.name else {
      throw ProjectError(
        configuration == nil ? .noActor : .invalidConfiguration, file: configuration?.file ?? "",
        reason: "\"name\" is missing", help: "add it, or give --actor")
    }
    do throws(ActorReferenceError) {
      return try ActorReference(name.owner == nil ? "~\(name)" : name.description)
    } catch {
      throw ProjectError(
        .invalidConfiguration, file: configuration.file, reason: "invalid \"name\": \(error)")
    }
  }

  /// The name of an Actor that is the user's own to create.
  func ownName(_ user: Account) -> String? {
    switch reference {
    case .own(let name): return name
    case .named(let owner, let name): return owner == user.username ? name : nil
    case .id: return nil
    }
  }
}
