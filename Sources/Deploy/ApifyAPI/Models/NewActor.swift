// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// An Actor to be made.
package struct NewActor: Encodable, Hashable, Sendable {
  /// Its name in addresses.
  package var name: String
  /// Its name for people.
  package var title: String?
  /// What it does.
  package var description: String?
  /// How it runs.
  package var defaultRunOptions: DefaultRunOptions
  /// The versions it has from the start.
  package var versions: [Version]
  /// Sent only where actor.json says something about it.
  package var actorStandby: Standby?

  /// A version without content yet.
  package struct Version: Encodable, Hashable, Sendable {
    /// `0.1`.
    package var versionNumber: String
    /// The tag that its builds get.
    package var buildTag: String?
    /// Where its source will be.
    package var sourceType: SourceType
    /// Present, and empty.
    package var sourceFiles: [String] = []

    /// A version of inline files, with none of them.
    package init(versionNumber: String, buildTag: String? = nil, sourceType: SourceType = .sourceFiles) {
      self.versionNumber = versionNumber
      self.buildTag = buildTag
      self.sourceType = sourceType
    }
  }

  /// Whether the Actor waits for HTTP requests.
  package struct Standby: Encodable, Hashable, Sendable {
    /// Yes or no.
    package var isEnabled: Bool

    /// Yes or no.
    package init(isEnabled: Bool) { self.isEnabled = isEnabled }
  }

  /// An Actor to be made; what is nil isn't sent.
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
