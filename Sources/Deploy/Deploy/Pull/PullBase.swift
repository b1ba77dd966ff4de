// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import SourcePackage
internal import SystemIO

/// From what a pull counts the changes of both sides.
///
/// Nothing is overwritten for lack of one: without a base, all that differs is in conflict.
struct PullBase: Sendable {
  let kind: PullOutcome.Base
  /// What it held; nil where there is none.
  private(set) var manifest: Manifest?
  /// The files that were pulled before, and are pulled again.
  private(set) var lacking: Set<[UInt8]> = []
  private let history: CommitHistory?
  /// The texts that pulls have brought; nil for none.
  private var texts: PulledTexts?

  /// The commit that it is the package of.
  private var commit: String? { if case .commit(let commit) = kind { commit } else { nil } }

  /// The first that is known: what the version holds, where that was in the directory before, or in a commit
  /// that led to the files here; what directory and version last had in common; a commit that led to the
  /// files on both sides; or else, of what was last pushed from this machine and of what builds of the
  /// version were made of, what comes nearest to the files here, `local`.
  ///
  /// The version comes first as for a push (`Push.base`): a commit that was pushed from here, or by a
  /// colleague, is newer than what the directory had in common with it before. What was pulled into the
  /// directory and is not there any more, as it was stashed or belongs to another branch, is no change made
  /// here: it is pulled again.
  static func find(
    _ pulled: PulledVersion, _ key: VersionMemory.Key, _ memory: DirectoryMemory?, _ project: Project?,
    _ local: Manifest, on platform: any Platform
  ) async -> PullBase {
    var base = await search(pulled, key, memory, project, local, on: platform)
    base.texts = memory?.texts(of: key)
    return base
  }

  private static func search(
    _ pulled: PulledVersion, _ key: VersionMemory.Key, _ memory: DirectoryMemory?, _ project: Project?,
    _ local: Manifest, on platform: any Platform
  ) async -> PullBase {
    guard let project else { return PullBase(kind: .none, manifest: nil, history: nil) }
    let history = await Threads.run {
      try? HistoryReader(project, PushRequest(project.location, tool: "")).read()
    }
    let known = project.context.stateDirectory.flatMap { VersionMemory(directory: $0).recall(key) }
    let isElsewhere = await Threads.run { memory?.wasSeenElsewhere(key) { history } } == true
    let remembered = isElsewhere ? nil : known
    let common = (isElsewhere ? nil : memory?.base(of: key))
      .map { PullBase(kind: .lastPush, manifest: $0, history: history) }
    let lacking =
      await Threads.run {
        pulled.build != nil
          ? nil
          : memory?.lacking(local, than: pulled.remote.manifest, of: key, isCommit: false, { history })
      } ?? [:]
    if let common, lacking.isEmpty, common.holds(pulled.remote) { return common }
    // A push from here whose answer is not known has arrived.
    if let remote = pulled.remote.manifest, let known, known.isFrom(memory),
      known.attempted.contains(remote.digest)
    {
      return PullBase(kind: .lastPush, manifest: remote, history: history)
    }
    let ancestor = await Threads.run { history.flatMap { Self.ancestor(of: pulled.remote, $0) } }
    // What a build held is no base of itself: that it is not here any longer is why it is pulled.
    let isOwn = ancestor?.holds(pulled.remote) == true
    if let ancestor, pulled.build == nil && isOwn || common == nil && (pulled.build == nil || !isOwn) {
      return ancestor
    }
    guard let common else { return await nearest(pulled, key, remembered, local, history, on: platform) }
    return common.without(lacking)
  }

  /// What comes nearest to `local` of what was last pushed from this machine and of what builds of the
  /// version were made of, where it has more in common with it than not.
  private static func nearest(
    _ pulled: PulledVersion, _ key: VersionMemory.Key, _ remembered: RememberedVersion?, _ local: Manifest,
    _ history: CommitHistory?, on platform: any Platform
  ) async -> PullBase {
    var candidates: [Candidate] = []
    if let remembered { candidates.append(Candidate(kind: .machine, manifest: remembered.manifest)) }
    candidates += await snapshots(of: pulled.actor.id, version: key.version, on: platform)
    let nearest = candidates.map { ($0, $0.distance(to: local)) }.min { $0.1 < $1.1 }
    // What has little in common with the files here is not where they come from.
    guard let (found, distance) = nearest, 2 * distance <= local.fileCount else {
      return PullBase(kind: .none, manifest: nil, history: history)
    }
    return PullBase(kind: found.kind, manifest: found.manifest, history: history)
  }

  /// The same without what was pulled and is `lacking`: with these files as they were in the base before.
  /// Where that is not known, all of them are changes of both sides.
  private func without(_ lacking: [[UInt8]: [UInt8]?]) -> PullBase {
    var base = self
    base.manifest = manifest?.replacing(lacking)
    base.lacking = Set(lacking.keys)
    return base
  }

  /// Whether it held what `remote` has.
  private func holds(_ remote: RemoteVersion) -> Bool {
    manifest.map { remote.hasSameContents(as: $0) } ?? false
  }

  /// What the files here may come from.
  private struct Candidate {
    let kind: PullOutcome.Base
    let manifest: Manifest

    /// How many files differ.
    func distance(to local: Manifest) -> Int {
      ManifestDifference(from: manifest, to: local).files.count { $0.kind != .mode }
    }
  }

  /// How many builds are looked at.
  private static let depth = 8

  /// What the last builds of the version were made of, the newest first.
  private static func snapshots(
    of actor: String, version: String, on platform: any Platform
  ) async -> [Candidate] {
    guard let builds = try? await platform.builds(of: .id(actor), limit: BuildList.reach) else { return [] }
    var found: [Candidate] = []
    for build in builds.lazy.filter({ $0.buildNumber?.hasPrefix(version + ".") == true }).prefix(depth) {
      guard let version = try? await platform.build(id: build.id)?.version else { continue }
      var snapshot = RemoteVersion(version, root: platform.root)
      if case .zip(_, let record?) = snapshot.source {
        try? await snapshot.read(ManifestRecord(of: record), platform)
      }
      if let manifest = snapshot.manifest { found.append(Candidate(kind: .build, manifest: manifest)) }
    }
    return found
  }

  /// A commit whose files `remote` had, and that led to those here: the one that it says it comes from, or
  /// the one that both come from; or one of the last, that has just its files. Blocks.
  private static func ancestor(of remote: RemoteVersion, _ history: CommitHistory) -> PullBase? {
    let isZip = remote.sourceType == .tarball
    if let provenance = remote.provenance, let commit = provenance.commit {
      let isKnown = history.contains(commit)
      let base = isKnown == true ? commit : isKnown == false ? history.commonAncestor(with: commit) : nil
      if let base, let manifest = history.manifest(of: base, isZip: isZip) {
        return PullBase(kind: .commit(base), manifest: manifest, history: history)
      }
    }
    return last(holding: remote, history)
  }

  /// One of the last commits, which has just the files of `remote`. Blocks.
  private static func last(holding remote: RemoteVersion, _ history: CommitHistory) -> PullBase? {
    guard let manifest = remote.manifest,
      let found = history.last(holding: manifest, isZip: remote.sourceType == .tarball)
    else { return nil }
    return PullBase(kind: .commit(found.commit), manifest: found.manifest, history: history)
  }

  /// What the files `wanted` held, as far as that is found, and the number of the build that had it.
  func contents(
    of wanted: Set<[UInt8]>, _ settings: PushSettings, spoolDirectories: [[UInt8]], on platform: any Platform
  ) async -> (contents: [[UInt8]: [UInt8]], build: String?) {
    guard let manifest, !wanted.isEmpty else { return ([:], nil) }
    let kept = await Threads.run { [texts] in texts?.contents(of: wanted, in: manifest) } ?? [:]
    let missing = wanted.subtracting(kept.keys)
    if missing.isEmpty { return (kept, nil) }
    let found = await BaseContents.find(
      manifest, commit: commit, wanted: missing, history, settings, spoolDirectories: spoolDirectories,
      on: platform)
    return (found.contents.merging(kept) { $1 }, found.build)
  }

  /// What it is called in a conflict.
  func label(build: String?) -> String {
    if let build { return "base (build \(TerminalText.of(build)))" }
    return switch kind {
    case .commit(let commit): "base (commit \(TerminalText.of(String(commit.prefix(12)))))"
    case .lastPush, .machine: "base (last push)"
    case .build, .none: "base"
    }
  }
}
