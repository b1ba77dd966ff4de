// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
package import ApifyAPI

/// Looks at a version without changing anything.
package struct VersionReader: Sendable {
  /// A version and its Actor.
  package struct Found: Sendable {
    /// The Actor.
    package let actor: ApifyActor
    /// The version, as the API says it.
    package let version: ActorVersion
    /// The same, with what is known of its files.
    package let remote: RemoteVersion

    /// `jane/my-actor`.
    package var actorName: String { actor.username.map { "\($0)/\(actor.name)" } ?? actor.name }
  }

  private let client: ApifyClient
  private let settings: PushSettings

  /// A reader of the version that `settings` name.
  package init(_ settings: PushSettings, client: ApifyClient) {
    self.settings = settings
    self.client = client
  }

  /// The version.
  ///
  /// - Throws: `noSuchActor`, `noSuchVersion`, or what the platform says.
  package func find() async throws(DeployError) -> Found {
    let number = settings.version.description
    async let askedVersion = outcome { try await client.version(actor: settings.reference, number: number) }
    let actor = try await asked { try await client.actor(settings.reference) }
    guard let actor else { throw .noSuchActor(settings.reference) }
    guard let version = try await askedVersion.get() else { throw .noSuchVersion(number, actor.name) }
    var remote = RemoteVersion(version, root: client.root)
    if case .zip(_, let record?) = remote.source {
      try await remote.read(ManifestRecord(of: record), client)
    }
    return Found(actor: actor, version: version, remote: remote)
  }

  /// What the version holds.
  ///
  /// - Throws: `sourceElsewhere` where it holds no files of its own.
  package func contents(of found: Found, spoolFolders: [[UInt8]]) async throws(DeployError)
    -> RemoteContents
  {
    switch found.remote.source {
    case .files(let files): return try RemoteContents(files)
    case .zip(_, let record?):
      return try await RemoteContents(
        zip: record, manifest: found.remote.manifest, client: client, spoolFolders: spoolFolders)
    case .zip(let url, nil): throw .sourceElsewhere(.tarball, url: url)
    case .elsewhere(let type, let url): throw .sourceElsewhere(type, url: url)
    }
  }
}
