// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// An Actor to be created.
package struct NewActor: Encodable, Hashable, Sendable {
  /// The name in addresses.
  package var name: String
  /// The name that is displayed.
  package var title: String?
  package var description: String?
  package var defaultRunOptions: DefaultRunOptions
  /// The versions that it is created with.
  package var versions: [Version]
  /// Sent only where actor.json says `usesStandbyMode`.
  package var actorStandby: Standby?

  /// A version without source.
  package struct Version: Encodable, Hashable, Sendable {
    package var versionNumber: String
    /// The tag of its builds.
    package var buildTag: String?
    package var sourceType: SourceType
    /// Always sent, and empty.
    package var sourceFiles: [String] = []

    package init(versionNumber: String, buildTag: String? = nil, sourceType: SourceType = .sourceFiles) {
      self.versionNumber = versionNumber
      self.buildTag = buildTag
      self.sourceType = sourceType
    }
  }

  /// Whether the Actor waits for HTTP requests.
  package struct Standby: Encodable, Hashable, Sendable {
    package var isEnabled: Bool

    package init(isEnabled: Bool) { self.isEnabled = isEnabled }
  }

  /// An Actor; what is nil is not sent.
  package init(
    name: String, title: String? = nil, description: String? = nil, versions: [Version] = [],
    defaultRunOptions: DefaultRunOptions = .standard, actorStandby: Standby? = nil
  ) {
    self.name = name
    self.title = title
    self.description = description
    self.versions = versions
    self.defaultRunOptions = defaultRunOptions
    self.actorStandby = actorStandby
  }
}
