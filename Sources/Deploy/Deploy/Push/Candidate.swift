// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import ActorProject
package import ApifyAPI

/// A push to a tag of its own: the version's tag moves only when the build, and a run of it, have succeeded.
package struct Candidate: Sendable {
  /// The tag that the build gets.
  package var tag: BuildTag
  /// What the build is run with, once; nil for no run, which costs money.
  package var input: RunInput?

  /// A candidate called `tag`.
  package init(tag: BuildTag = .candidate, input: RunInput? = nil) {
    self.tag = tag
    self.input = input
  }

  /// What became of it.
  package struct Outcome: Sendable {
    /// Its tag.
    package let tag: String
    /// The tag that is to move.
    package let target: String
    /// The number of the build that the target pointed at when it was seen last.
    package internal(set) var before: String?
    /// The id of that build.
    var beforeID: String?
    /// The run as it was seen last, where there is one.
    package internal(set) var run: Run?
    /// How the run ended, where there was one.
    package internal(set) var ending: RunEnding?
    /// Whether the target points at the build now.
    package internal(set) var isPromoted = false
  }
}
