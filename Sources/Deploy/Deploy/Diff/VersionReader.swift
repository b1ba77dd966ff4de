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
    package var actorName: String { actor.qualifiedName }
  }

  private let platform: any Platform
  private let settings: PushSettings

  /// A reader of the version that `settings` name.
  package init(_ settings: PushSettings, platform: any Platform) {
    self.settings = settings
    self.platform = platform
  }

  /// The version.
  ///
  /// - Throws: `noSuchActor`, `actorRenamed`, `noSuchVersion`, or what the platform says.
  package func find() async throws(DeployError) -> Found {
    let number = settings.version.description
    async let askedVersion = platform.result {
      try await platform.version(actor: settings.reference, number: number)
    }
    let actor = try await settings.actor(on: platform)
    guard let version = try await askedVersion.get() else {
      throw .noSuchVersion(number, actor: actor.qualifiedName, others: actor.versions.map(\.versionNumber))
    }
    var remote = RemoteVersion(version, root: platform.root)
    if case .zip(_, let record?) = remote.source {
      try await remote.read(ManifestRecord(of: record), platform)
    }
    return Found(actor: actor, version: version, remote: remote)
  }

  /// The version, as a value: for an `async let`.
  func result() async -> Result<Found, DeployError> {
    do throws(DeployError) { return .success(try await find()) } catch { return .failure(error) }
  }

  /// What the version holds.
  ///
  /// - Throws: `sourceElsewhere` where it holds no files of its own.
  package func contents(of found: Found, spoolDirectories: [[UInt8]]) async throws(DeployError)
    -> RemoteContents
  {
    switch found.remote.source {
    case .files(let files): return try RemoteContents(files)
    case .zip(_, let record?):
      return try await RemoteContents(
        zip: record, manifest: found.remote.manifest, platform: platform, spoolDirectories: spoolDirectories)
    case .zip(let url, nil): throw .sourceElsewhere(.tarball, url: url)
    case .elsewhere(let type, let url): throw .sourceElsewhere(type, url: url)
    }
  }
}

extension ApifyActor {
  /// `jane/my-actor`; the bare name where the platform does not tell the user's.
  package var qualifiedName: String { username.map { "\($0)/\(name)" } ?? name }
}
