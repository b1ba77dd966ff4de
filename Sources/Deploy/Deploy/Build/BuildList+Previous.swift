// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI

extension BuildList {
  /// Which build is the one before.
  enum Previous {
    case build(Build)
    /// The tag points at no build.
    case noCurrent
    /// No earlier build of its version, if that is known, has succeeded.
    case none(version: String?)
    /// The one before belongs to these other tags: it may be a candidate, or a beta, that this tag never had.
    case tagged(Build, by: [String])
  }

  /// The newest build that succeeded before the one that `tag` points at, and is of the same version: what a
  /// roll back goes to. The platform does not tell which builds a tag has had.
  func previous(of tag: String) -> Previous {
    guard let current = actor.taggedBuilds[tag], let id = current.buildId else { return .noCurrent }
    let index = builds.firstIndex { $0.id == id }
    let number = index.flatMap { builds[$0].buildNumber } ?? current.buildNumber
    guard let index, let version = number?.versionOfBuild else {
      return .none(version: number?.versionOfBuild)
    }
    // The newest comes first.
    let earlier = builds[(index + 1)...].first {
      $0.status == .succeeded && $0.buildNumber?.versionOfBuild == version
    }
    guard let earlier else { return .none(version: version) }
    let others = tags(of: earlier).filter { $0 != tag }
    return others.isEmpty ? .build(earlier) : .tagged(earlier, by: others)
  }
}

extension String {
  /// Of which version a build with this number is: `0.1` of `0.1.7`.
  fileprivate var versionOfBuild: String? {
    utf8.lastIndex(of: UInt8(ascii: ".")).map { String(self[..<$0]) }
  }
}
