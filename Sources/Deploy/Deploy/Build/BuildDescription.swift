// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import ApifyAPI
package import SourcePackage

/// A build, and what can be told of what it was made of.
package struct BuildDescription: Sendable {
  /// The build.
  package let build: Build
  /// The tags that point at it.
  package let tags: [String]
  /// Where its source was; nil where the platform does not tell.
  package let sourceType: SourceType?
  /// Where the package comes from, as the file in it says; nil where it has none.
  package let provenance: Provenance?
  /// The package digest; of a zip whose list of files is gone, its first digits. Nil where it is unknown.
  package let digest: String?

  /// How long it took, or has taken until `now` (nanoseconds since 1970); nil where the platform does not
  /// tell.
  package func duration(now: Int) -> Duration? {
    guard let start = build.startedAt.flatMap(ISOTime.nanoseconds) else { return nil }
    let end = build.finishedAt.flatMap(ISOTime.nanoseconds) ?? now
    return .nanoseconds(max(0, end - start))
  }

  /// How long ago it was started.
  package func age(now: Int) -> Duration? {
    build.startedAt.flatMap(ISOTime.nanoseconds).map { .nanoseconds(max(0, now - $0)) }
  }
}

extension BuildDescription {
  /// Reads what `build` was made of, where the build does not say so itself, and the label in it.
  init(_ build: Build, tags: [String], on platform: any Platform) async throws(DeployError) {
    var build = build
    if build.version == nil, let whole = try await platform.ask({ try await platform.build(id: build.id) }) {
      build = whole
    }
    self.build = build
    self.tags = tags
    guard let version = build.version else {
      (sourceType, provenance, digest) = (nil, nil, nil)
      return
    }
    var remote = RemoteVersion(version, root: platform.root)
    if case .zip(_, let record?) = remote.source {
      try await remote.read(ManifestRecord(of: record), platform)
    }
    sourceType = version.sourceType
    provenance = remote.provenance
    digest = remote.manifest?.digest ?? remote.provenance?.digest ?? remote.archiveKey?.digest
  }

  /// A build of which the platform does not tell what it was made of.
  init(undescribed build: Build, tags: [String]) {
    self.build = build
    self.tags = tags
    (sourceType, provenance, digest) = (nil, nil, nil)
  }

  /// Describes `builds` in their order, a few at the same time: a build's answer has its files.
  static func all(
    _ builds: [Build], in list: BuildList, on platform: any Platform
  ) async throws(DeployError) -> [BuildDescription] {
    let width = 4
    return try await platform.ask {
      try await withThrowingTaskGroup(of: (Int, BuildDescription).self) { group in
        var next = builds.enumerated().makeIterator()
        func add() {
          guard let (index, build) = next.next() else { return }
          group.addTask {
            (index, try await BuildDescription(build, tags: list.tags(of: build), on: platform))
          }
        }
        for _ in 0..<width { add() }
        var found: [Int: BuildDescription] = [:]
        while let (index, description) = try await group.next() {
          found[index] = description
          add()
        }
        return builds.indices.compactMap { found[$0] }
      }
    }
  }
}
