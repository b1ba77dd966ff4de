// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import SourcePackage
internal import SystemIO

extension Push {
  /// How many builds are asked for their zips, to find those that are not needed any longer.
  private static let archiveReach = 20

  /// The name of the store of an Actor's zips.
  static func store(of id: String) -> String { "actor-\(id)-source" }

  /// How requests that do not create it name the store.
  static func store(of id: String, owner: String) -> String { "\(owner)~\(store(of: id))" }

  /// Puts the zip, and what it holds, into the Actor's own store, unless they are there. Returns the address
  /// for the builder.
  func upload(
    _ zip: ZipSpool.Contents, _ id: String, _ plan: PushPlan,
    _ onUpload: @escaping @Sendable (Int) -> Void
  ) async throws(DeployError) -> String {
    let manifest = plan.package.manifest
    let key = ArchiveKey(
      version: number, manifest: manifest, provenance: plan.provenance, byteCount: zip.byteCount)
    return try await platform.ask {
      let store = try await platform.getOrCreateStore(name: Self.store(of: id))
      let address = RecordAddress(root: platform.root, store: store, key: key.text)
      let record = ManifestRecord(of: address)
      if try await record.read(platform) != nil { return address.url }
      let body = RequestBody(length: zip.byteCount, contentType: "application/zip", onProgress: onUpload) {
        offset, count in try zip.bytes(at: offset, count: count)
      }
      let tail = try zip.tail(count: ManifestRecord.tailBytes)
      // Side by side: one without the other is not believed.
      async let written: Void = record.write(manifest, plan.provenance, tail: tail, platform)
      try await platform.putRecord(store: address.store, key: key.text, body: body)
      try await written
      return address.url
    }
  }

  /// Removes zips of the version that nothing needs: neither a version of the Actor, nor a build that a tag
  /// points at, nor one of the last `count` that were built.
  ///
  /// Only what an older build was made of is removed, and only what a push has named: the zip of a push that
  /// is under way elsewhere is of no build yet.
  ///
  /// - Returns: the keys of the zips that were removed.
  func removeOldArchives(
    _ plan: PushPlan, _ id: String, keeping count: Int
  ) async throws(DeployError) -> [String] {
    try await platform.ask {
      let store = Self.store(of: id, owner: plan.user.username)
      let keys = try await platform.recordKeys(store: store, prefix: "version-\(number)-") ?? []
      let ours = Set(keys.compactMap { ArchiveKey($0) }.filter { $0.version == number })
      guard ours.count > count, let actor = try await platform.actor(.id(id)) else { return [] }
      let builds = try await platform.builds(of: .id(id), limit: Self.archiveReach).filter {
        $0.buildNumber?.hasPrefix(number + ".") == true
      }
      let built = try await archives(of: builds.map(\.id))
      let tagged = try await archives(of: actor.taggedBuilds.values.compactMap(\.buildId))
      let ofVersions = actor.versions.compactMap(\.tarballUrl).compactMap(archive)
      // Nothing is removed where it is not known what a version needs.
      guard actor.versions.allSatisfy({ $0.sourceType != .tarball || $0.tarballUrl != nil }) else {
        return []
      }
      var latest: [ArchiveKey] = []
      for key in built where !latest.contains(key) { latest.append(key) }
      let needed = Set(latest.prefix(count) + tagged + ofVersions)
      let old = latest.dropFirst(count).filter { ours.contains($0) && !needed.contains($0) }
      for key in old {
        try await platform.removeRecord(store: store, key: key.text)
        try await platform.removeRecord(store: store, key: ManifestRecord.key(besideZip: key.text))
      }
      return old.map(\.text)
    }
  }

  /// The zips that the builds `ids` were made of, in their order.
  private func archives(of ids: [String]) async throws -> [ArchiveKey] {
    try await withThrowingTaskGroup(of: (Int, ArchiveKey?).self) { group in
      for (index, id) in ids.enumerated() {
        group.addTask {
          (index, try await platform.build(id: id)?.version?.tarballUrl.flatMap(archive))
        }
      }
      var found: [Int: ArchiveKey] = [:]
      for try await (index, key) in group { found[index] = key }
      return ids.indices.compactMap { found[$0] }
    }
  }

  private func archive(_ url: String) -> ArchiveKey? {
    RecordAddress(url, root: platform.root).flatMap { ArchiveKey($0.key) }
  }
}
