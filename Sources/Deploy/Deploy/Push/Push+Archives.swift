// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI

extension Push {
  /// How many builds are asked for their zips, to find those that are not needed any longer.
  private static let archiveReach = 20

  /// Removes zips of the version that nothing needs: neither a version of the Actor, nor a build that a tag
  /// points at, nor one of the last `count` that were built.
  ///
  /// A zip that an older build was made of has been named. One of no build may be that of a push that is
  /// under way elsewhere: it is removed when its ``ArchiveLease`` has ended.
  ///
  /// - Returns: the keys of the zips that were removed.
  func removeOldArchives(
    _ plan: PushPlan, _ id: String, keeping count: Int
  ) async throws(DeployError) -> [String] {
    try await platform.ask {
      let store = Self.store(of: id, owner: plan.user.username)
      let keys = try await platform.recordKeys(store: store, prefix: "version-\(number)-") ?? []
      let ours = Set(keys.compactMap { ArchiveKey($0) }.filter { $0.version == number })
      let alone = Set(keys.compactMap(ManifestRecord.zip)).filter { $0.version == number }.subtracting(ours)
      guard ours.count > count || !alone.isEmpty else { return [] }
      async let askedActor = platform.actor(.id(id))
      let newest = try await platform.builds(of: .id(id), limit: Self.archiveReach)
      let builds = newest.filter { $0.buildNumber?.hasPrefix(number + ".") == true }
      guard let actor = try await askedActor, let versions = archives(of: actor) else { return [] }
      let tagged = actor.taggedBuilds.values.compactMap(\.buildId)
      let built = try await archives(of: builds.map(\.id), and: tagged, until: ours)
      var latest: [ArchiveKey] = []
      for key in builds.compactMap({ built.keys[$0.id] }) where !latest.contains(key) { latest.append(key) }
      let needed = versions.union(latest.prefix(count) + tagged.compactMap { built.keys[$0] })
      var old = latest.dropFirst(count).filter { ours.contains($0) && !needed.contains($0) }
      // The last ones that were built must be among those that are known.
      if built.isComplete, latest.count >= count || newest.count < Self.archiveReach {
        let unknown = ours.subtracting(built.keys.values).subtracting(needed)
        old += try await abandoned(unknown.union(alone), of: id, in: store)
      }
      for key in old {
        async let removed: Void = platform.removeRecord(
          store: store, key: ManifestRecord.key(besideZip: key.text))
        try await platform.removeRecord(store: store, key: key.text)
        try await removed
      }
      return old.map(\.text)
    }
  }

  /// Those of `zips`, which no build was made of, that no push will name any longer, and no version names.
  private func abandoned(
    _ zips: Set<ArchiveKey>, of id: String, in store: String
  ) async throws -> [ArchiveKey] {
    // Some of all: those that tell nothing must not stand before the others each time.
    let some = zips.shuffled().prefix(Self.archiveReach)
    let ended = try await withThrowingTaskGroup(of: ArchiveKey?.self, returning: [ArchiveKey].self) { group in
      for key in some {
        group.addTask {
          let lease = try await ManifestRecord.lease(ofZip: key.text, in: store, platform)
          return lease?.hasEnded(by: platform.time) == true ? key : nil
        }
      }
      var ended: [ArchiveKey] = []
      for try await key in group { if let key { ended.append(key) } }
      return ended
    }
    // A push that has found its zip there already has renewed the lease, or named the zip, by now.
    guard !ended.isEmpty, let actor = try await platform.actor(.id(id)), let named = archives(of: actor)
    else { return [] }
    return ended.filter { !named.contains($0) }.sorted { $0.text < $1.text }
  }

  /// The zips that the versions of `actor` name; nil where it is not known what a version needs.
  private func archives(of actor: ApifyActor) -> Set<ArchiveKey>? {
    guard actor.versions.allSatisfy({ $0.sourceType != .tarball || $0.tarballUrl != nil }) else { return nil }
    return Set(actor.versions.compactMap(\.tarballUrl).compactMap(archive))
  }

  /// The zips that builds were made of, by these, and whether each build has told. As many as there are zips
  /// are asked first, and others only as long as there is a zip of `wanted` that none of them was made of.
  private func archives(
    of builds: [String], and tagged: [String], until wanted: Set<ArchiveKey>
  ) async throws -> (keys: [String: ArchiveKey], isComplete: Bool) {
    var found: [String: ArchiveKey] = [:]
    var isComplete = true
    var open = builds[...]
    var ids = Set(tagged)
    repeat {
      ids.formUnion(open.prefix(wanted.count))
      open = open.dropFirst(wanted.count)
      try await withThrowingTaskGroup(of: (String, ActorVersion?).self) { group in
        for id in ids where found[id] == nil {
          group.addTask { (id, try await platform.build(id: id)?.version) }
        }
        for try await (id, version) in group {
          found[id] = version?.tarballUrl.flatMap(archive)
          if version == nil { isComplete = false }
        }
      }
      ids = []
    } while !open.isEmpty && !wanted.isSubset(of: found.values)
    return (found, isComplete)
  }

  private func archive(_ url: String) -> ArchiveKey? {
    RecordAddress(url, root: platform.root).flatMap { ArchiveKey($0.key) }
  }
}
