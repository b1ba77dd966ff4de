// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import ApifyAPI

/// What a push does about the build of a version that needs no change, decided from values alone.
///
/// A version is up to date only if a build of just what it holds succeeded, and its tag points at that build.
package enum BuildDecision: Sendable, Equatable {
  /// The last build is of what the version holds, it succeeded, and its tag points at it. Of the settings
  /// beside the files that is not known in each case.
  case upToDate(number: String?, knowsSettings: Bool)
  /// The last build is running.
  case follow
  /// Nothing that runs is what is here: the version is built.
  case build(Reason)
  /// The last build is good, but the tag points elsewhere: a rollback, which a push does not undo.
  case tagElsewhere(String, number: String?, expected: String?)

  /// Why the version is built although it needs no change.
  package enum Reason: Sendable, Equatable {
    /// That was asked for (`--build`).
    case asked
    /// It has no build.
    case neverBuilt
    /// The last build failed.
    case failed(number: String?)
    /// The last build took longer than the platform allows.
    case timedOut(number: String?)
    /// The last build was aborted.
    case aborted(number: String?)
    /// The version was changed after the last build.
    case outdated(number: String?)
    /// The variables were changed, after the last build or before; nothing tells.
    case doubtful(number: String?)
    /// A tag is to move to it, and what the last build was made of is not known for certain.
    case unknown(number: String?)
  }

  /// What is known when the decision is made.
  package struct Facts: Sendable {
    /// The status of the version's newest build; nil where it has none.
    package var status: BuildStatus?
    /// The id of that build.
    package var id: String?
    /// The number of that build.
    package var number: String?
    /// Whether that build was made of what the version holds now; nil where that is unknown.
    package var holdsSame: Bool?
    /// Whether it was started with what the version has beside the files.
    package var settings = BuiltSettings.unknown
    /// Whether a push is to move the tag to it, as to a candidate: no tag moves on a guess.
    package var isCandidate = false
    /// The tag of the version's builds.
    package var tag: String?
    /// The id of the build that the tag points at.
    package var taggedID: String?
    /// The number of the build that the tag points at.
    package var taggedNumber: String?

    /// No build, no tag.
    package init() {}

    /// Why the build may be another than one of just what the version holds; nil where nothing says so, or no
    /// tag depends on it.
    fileprivate var doubt: Reason? {
      if settings == .doubtful { return .doubtful(number: number) }
      let isCertain = holdsSame == true && settings == .same
      return isCandidate && !isCertain ? .unknown(number: number) : nil
    }
  }

  /// Whether the tag points elsewhere.
  package var isTagElsewhere: Bool { if case .tagElsewhere = self { true } else { false } }

  /// Decides by `facts`.
  package init(_ facts: Facts) {
    guard let status = facts.status else {
      self = .build(.neverBuilt)
      return
    }
    if facts.holdsSame == false || facts.settings == .other {
      self = .build(.outdated(number: facts.number))
      return
    }
    let doubt = facts.doubt
    switch status {
    case .succeeded:
      if facts.isCandidate, facts.taggedID != facts.id, let doubt {
        self = .build(doubt)
      } else if let tag = facts.tag, facts.taggedID != facts.id {
        // A new build would get the tag: a doubt does not undo a rollback.
        self = .tagElsewhere(tag, number: facts.taggedNumber, expected: facts.number)
      } else if let doubt, facts.settings == .doubtful {
        self = .build(doubt)
      } else {
        self = .upToDate(number: facts.number, knowsSettings: facts.settings == .same)
      }
    case .failed: self = .build(.failed(number: facts.number))
    case .timedOut, .timingOut: self = .build(.timedOut(number: facts.number))
    case .aborted, .aborting: self = .build(.aborted(number: facts.number))
    default: self = doubt.map(BuildDecision.build) ?? .follow
    }
  }
}
