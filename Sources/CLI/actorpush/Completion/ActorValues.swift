// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// What the platform named of an Actor, or of an account.
struct ActorValues: Codable, Equatable, Sendable {
  var actors: [String]?
  var tags: [String]?
  var versions: [String]?
  var builds: [String]?

  /// Takes what `other` knows in place of what this does.
  mutating func take(_ other: ActorValues) {
    actors = other.actors ?? actors
    tags = other.tags ?? tags
    versions = other.versions ?? versions
    builds = other.builds ?? builds
  }

  /// The values of `subject`; none where they are not known.
  func values(of subject: Completion.Subject) -> [String] {
    switch subject {
    case .actors: actors ?? []
    case .tags: tags ?? []
    case .versions: versions ?? []
    case .builds: ["previous"] + (builds ?? [])
    }
  }
}
