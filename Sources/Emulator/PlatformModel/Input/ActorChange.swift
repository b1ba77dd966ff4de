// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// A change of an Actor: what a request names. What it does not name stays.
package struct ActorChange: Sendable {
  package var name: String?
  package var title: Patch<String> = .absent
  package var description: Patch<String> = .absent
  package var isPublic: Bool?
  package var defaultRunOptions: RunOptionsChange?
  /// Named, these are all the versions that the Actor has then.
  package var versions: [VersionChange]?
  package var otherProperties: [String: JSONValue] = [:]
  /// The ids of the builds that tags point at; nil for a tag that is removed.
  package var taggedBuilds: [String: String?] = [:]

  package init(name: String? = nil) { self.name = name }

  /// Properties of the API that the emulator keeps without looking inside.
  private static let keptProperties: [Property] = [
    "actorPermissionLevel", "actorStandby", "categories", "exampleRunInput", "isAnonymouslyRunnable",
    "isDeprecated", "pricingInfos", "restartOnError", "seoDescription", "seoTitle",
  ]

  /// Applies the change to `actor`.
  func apply(to actor: inout ActorRecord) throws(PlatformError) {
    actor.name = name ?? actor.name
    actor.title = title.applied(to: actor.title)
    actor.description = description.applied(to: actor.description)
    actor.isPublic = isPublic ?? actor.isPublic
    defaultRunOptions?.apply(to: &actor.defaultRunOptions)
    actor.otherProperties.merge(otherProperties) { _, new in new }
    guard let versions else { return }
    let before = actor.versions
    actor.versions = []
    for (index, change) in versions.enumerated() {
      guard let number = change.versionNumber else {
        throw .invalidInput("versions[\(index)].versionNumber is required")
      }
      guard actor.index(of: number) == nil else {
        throw .invalidInput("versions[\(index)].versionNumber is there twice")
      }
      let existing = before.first { $0.versionNumber == number }
      actor.insert(try change.applied(to: existing, number: number))
    }
  }
}

/// The run options that a request names.
package struct RunOptionsChange: Decodable, Sendable {
  package var build: String?
  package var timeoutSecs: Int?
  package var memoryMbytes: Int?

  func apply(to options: inout DefaultRunOptions) {
    options.build = build ?? options.build
    options.timeoutSecs = timeoutSecs ?? options.timeoutSecs
    options.memoryMbytes = memoryMbytes ?? options.memoryMbytes
  }
}

extension ActorChange: Decodable {
  private struct TagTarget: Decodable { let buildId: String }

  /// A property's name.
  struct Property: CodingKey, ExpressibleByStringLiteral {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringLiteral value: String) { stringValue = value }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Property.self)
    name = try container.valueIfNamed(String.self, forKey: "name")
    if let name { try TextRules.checkActorName(name) }
    title = try container.patch(String.self, forKey: "title")
    description = try container.patch(String.self, forKey: "description")
    isPublic = try container.valueIfNamed(Bool.self, forKey: "isPublic")
    defaultRunOptions = try container.valueIfNamed(RunOptionsChange.self, forKey: "defaultRunOptions")
    versions = try container.valueIfNamed([VersionChange].self, forKey: "versions")
    for property in Self.keptProperties {
      otherProperties[property.stringValue] = try container.valueIfNamed(JSONValue.self, forKey: property)
    }
    let tags = try container.valueIfNamed([String: TagTarget?].self, forKey: "taggedBuilds") ?? [:]
    taggedBuilds = tags.mapValues { $0?.buildId }
  }
}
