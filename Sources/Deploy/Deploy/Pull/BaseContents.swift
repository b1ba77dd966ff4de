// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import SourcePackage
internal import SystemIO

/// Finds what files held at the common base, of which only digests are remembered: among the commits that led
/// here, and among what the last builds were made of. What is found proves itself by the digest.
enum BaseContents {
  /// How many builds are looked at.
  private static let depth = 5

  /// Returns the contents of those of the files `wanted` of `manifest` that are found, and the number of the
  /// build that had one of them; builds are asked for where commits do not have all.
  ///
  /// - Parameter commit: a commit that `manifest` is the package of, where one is known.
  static func find(
    _ manifest: Manifest, commit: String?, wanted: Set<[UInt8]>, _ history: CommitHistory?,
    _ settings: PushSettings, spoolDirectories: [[UInt8]], on platform: any Platform
  ) async -> (contents: [[UInt8]: [UInt8]], build: String?) {
    let entries = manifest.entries.filter { !$0.isFolder && wanted.contains(Array($0.name)) }
    var found: [[UInt8]: [UInt8]] = [:]
    if let history {
      found = await Threads.run { history.contents(of: entries, first: commit) }
    }
    var missing = entries.filter { found[Array($0.name)] == nil }
    if missing.isEmpty { return (found, nil) }
    var source: String?
    guard let builds = try? await platform.builds(of: settings.reference, limit: 1000) else {
      return (found, nil)
    }
    let own = builds.lazy.filter { $0.buildNumber?.hasPrefix("\(settings.version).") == true }
    for build in own.prefix(depth) where !missing.isEmpty {
      guard let version = try? await platform.build(id: build.id)?.version else { continue }
      let remote = RemoteVersion(version, root: platform.root)
      guard let contents = try? await Self.contents(of: remote, spoolDirectories, platform) else { continue }
      for entry in missing {
        let name = Array(entry.name)
        guard let bytes = try? contents.bytes(of: name, limit: entry.byteCount),
          Manifest.Entry.identity(of: bytes) == entry.identity
        else { continue }
        found[name] = bytes
        source = build.buildNumber
      }
      missing = entries.filter { found[Array($0.name)] == nil }
    }
    return (found, source)
  }

  private static func contents(
    of remote: RemoteVersion, _ spoolDirectories: [[UInt8]], _ platform: any Platform
  ) async throws(DeployError) -> RemoteContents {
    switch remote.source {
    case .files(let files): return try RemoteContents(files)
    case .zip(_, let record?):
      return try await RemoteContents(
        zip: record, manifest: .empty, platform: platform, spoolDirectories: spoolDirectories)
    case .zip(_, nil), .elsewhere: throw .unreadableVersion("its source lies elsewhere")
    }
  }
}
