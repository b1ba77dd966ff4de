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
      var body = RequestBody(length: zip.byteCount, contentType: "application/zip") { offset, count in
        try zip.bytes(at: offset, count: count)
      }
      body.onProgress = onUpload
      let (archive, tail) = (body, try zip.tail(count: ManifestRecord.tailBytes))
      // Side by side: one without the other is not believed.
      async let written: Void = record.write(manifest, plan.provenance, tail: tail, platform)
      try await platform.putRecord(store: address.store, key: key.text, body: archive)
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
      guard ours.count > count else { return [] }
      async let askedActor = platform.actor(.id(id))
      let builds = try await platform.builds(of: .id(id), limit: Self.archiveReach).filter {
        $0.buildNumber?.hasPrefix(number + ".") == true
      }
      guard let actor = try await askedActor else { return [] }
      // Nothing is removed where it is not known what a version needs.
      guard actor.versions.allSatisfy({ $0.sourceType != .tarball || $0.tarballUrl != nil }) else {
        return []
      }
      let tagged = actor.taggedBuilds.values.compactMap(\.buildId)
      let archives = try await archives(of: builds.map(\.id), and: tagged, until: ours)
      var latest: [ArchiveKey] = []
      for key in builds.compactMap({ archives[$0.id] }) where !latest.contains(key) { latest.append(key) }
      let needed = Set(
        latest.prefix(count) + tagged.compactMap { archives[$0] }
          + actor.versions.compactMap(\.tarballUrl).compactMap(archive))
      let old = latest.dropFirst(count).filter { ours.contains($0) && !needed.contains($0) }
      for key in old {
        async let removed: Void = platform.removeRecord(
          store: store, key: ManifestRecord.key(besideZip: key.text))
        try await platform.removeRecord(store: store, key: key.text)
        try await removed
      }
      return old.map(\.text)
    }
  }

  /// The zips that builds were made of, by these. As many as there are zips are asked first, and others only
  /// as long as there is a zip of `wanted` that none of them was made of.
  private func archives(
    of builds: [String], and tagged: [String], until wanted: Set<ArchiveKey>
  ) async throws -> [String: ArchiveKey] {
    var found: [String: ArchiveKey] = [:]
    var open = builds[...]
    var ids = Set(tagged)
    repeat {
      ids.formUnion(open.prefix(wanted.count))
      open = open.dropFirst(wanted.count)
      try await withThrowingTaskGroup(of: (String, ArchiveKey?).self) { group in
        for id in ids where found[id] == nil {
          group.addTask { (id, try await platform.build(id: id)?.version?.tarballUrl.flatMap(archive)) }
        }
        for try await (id, key) in group { found[id] = key }
      }
      ids = []
    } while !open.isEmpty && !wanted.isSubset(of: found.values)
    return found
  }

  private func archive(_ url: String) -> ArchiveKey? {
    RecordAddress(url, root: platform.root).flatMap { ArchiveKey($0.key) }
  }
}
