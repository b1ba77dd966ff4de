// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import SourcePackage
internal import Zip

/// What is pulled: a version as it is, or as a build was made of it.
struct PulledVersion: Sendable {
  /// The Actor.
  let actor: ApifyActor
  /// The version.
  let version: ActorVersion
  /// The same, with what is known of its files.
  let remote: RemoteVersion
  /// The number of the build that was made of it; nil for the version as it is now.
  let build: String?

  /// What it is called in the markers of a conflict, and in messages.
  var label: String { build.map { "build \($0)" } ?? "platform \(version.versionNumber)" }
  /// Whether its files have modes.
  var isZip: Bool { remote.sourceType == .tarball }

  /// Asks `platform` for the version that `settings` name, or for the build `build` of their Actor.
  static func find(
    _ settings: PushSettings, build: String?, on platform: any Platform
  ) async throws(DeployError) -> PulledVersion {
    guard let build else {
      let found = try await VersionReader(settings, platform: platform).find()
      return PulledVersion(actor: found.actor, version: found.version, remote: found.remote, build: nil)
    }
    let list = try await BuildList.read(settings, on: platform)
    let name = list.actor.qualifiedName
    guard let found = list.build(build) else {
      throw .noSuchBuild(
        "\(name) has no build \(build), and no tag of that name", help: list.offer(insteadOf: build))
    }
    let number = found.buildNumber ?? found.id
    guard let whole = try await platform.ask({ try await platform.build(id: found.id) }),
      let version = whole.version
    else {
      throw .noSuchBuild("the platform does not tell what build \(number) of \(name) was made of", help: nil)
    }
    return PulledVersion(
      actor: list.actor, version: version, remote: RemoteVersion(version, root: platform.root), build: number)
  }

  /// Fetches what it holds. Nothing of a zip is believed that has not been read.
  ///
  /// - Throws: `pull` where its names or sizes are not to be trusted, or its source lies elsewhere.
  func contents(
    on platform: any Platform, spoolDirectories: [[UInt8]], foldsNames: Bool
  ) async throws(DeployError) -> RemoteContents {
    switch remote.source {
    case .files(let files):
      // What the platform leaves out of an answer is not known to be nothing.
      guard !remote.lacksFiles else { throw .unreadableVersion("the platform does not tell its files") }
      try Self.check(
        files.filter { !Provenance.isFile($0.name.utf8) }
          .map { PulledNames.Entry(Array($0.name.utf8), isFolder: $0.isFolder) }, foldsNames)
      return try RemoteContents(files)
    case .zip(_, let record?):
      return try await Self.contents(
        ofZip: record, on: platform, spoolDirectories: spoolDirectories, foldsNames: foldsNames)
    case .zip(let url, nil): throw .pull(.sourceElsewhere(.tarball, url: url))
    case .elsewhere(let type, let url): throw .pull(.sourceElsewhere(type, url: url))
    }
  }

  /// Fetches the zip at `record`, and judges it before any of its contents is read.
  static func contents(
    ofZip record: RecordAddress, on platform: any Platform, spoolDirectories: [[UInt8]], foldsNames: Bool
  ) async throws(DeployError) -> RemoteContents {
    try await RemoteContents(
      zip: record, manifest: nil, platform: platform, spoolDirectories: spoolDirectories
    ) { archive in
      try check(archive, foldsNames)
    }
  }

  private static func check(_ entries: [PulledNames.Entry], _ foldsNames: Bool) throws(DeployError) {
    do throws(PullError) { try PulledNames.check(entries, foldsNames: foldsNames) } catch {
      throw .pull(error)
    }
  }

  /// A project of that size is believed, and a larger one as far as its zip is large as well.
  private static let plainLimit = 1 << 30
  private static let compression = 50

  private static func check(_ archive: ZipArchive, _ foldsNames: Bool) throws {
    for entry in archive.entries where entry.isSymbolicLink {
      throw DeployError.pull(.unsafeName(entry.name, "is a symbolic link, and none are written"))
    }
    try check(
      archive.entries.filter { !Provenance.isFile($0.name) }
        .map { PulledNames.Entry($0.name, isFolder: $0.isFolder) }, foldsNames)
    try archive.validateContents(limit: max(plainLimit, archive.byteCount * compression))
  }
}
