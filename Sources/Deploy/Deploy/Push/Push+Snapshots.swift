// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import SourcePackage
internal import SystemIO

extension Push {
  /// How many builds of the version are looked at.
  private static let depth = 5

  /// What the version held before it was edited on the platform, by what its builds were made of: a build
  /// keeps the version as it was. Nil where the version is as it was pushed, or no build tells.
  ///
  /// It is the base from which the changes of both sides are counted; it is never a reason to overwrite
  /// anything.
  func snapshot(beneath remote: RemoteVersion) async -> Manifest? {
    if let said = remote.provenance?.digest, remote.manifest?.digest == said { return nil }
    guard let builds = try? await platform.builds(of: settings.reference, limit: Self.reach) else {
      return nil
    }
    let own = builds.lazy.filter { $0.buildNumber?.hasPrefix(number + ".") == true }.prefix(Self.depth)
    for build in own {
      guard let version = try? await platform.build(id: build.id)?.version else { continue }
      var snapshot = RemoteVersion(version, root: platform.root)
      if case .zip(_, let record?) = snapshot.source {
        try? await snapshot.read(ManifestRecord(of: record), platform)
      }
      guard let manifest = snapshot.manifest, let provenance = snapshot.provenance,
        provenance.digest == manifest.digest, await isBeneath(provenance, remote)
      else { continue }
      return manifest
    }
    return nil
  }

  /// Whether a package of `provenance` is what `remote` was made of: it says so itself, or, where it does not
  /// say any longer, the package comes from a commit that led to what is pushed.
  private func isBeneath(_ provenance: Provenance, _ remote: RemoteVersion) async -> Bool {
    if let said = remote.provenance { return said.digest == provenance.digest }
    guard let commit = provenance.commit, let history = settings.history else { return false }
    return await Threads.run { history()?.contains(commit) == true }
  }
}
