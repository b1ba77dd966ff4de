// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import Git
package import SystemIO

/// What a walk looks at.
package struct WalkOptions: Sendable {
  /// How much is found out about each file.
  package enum Detail: Sendable {
    /// Only its name.
    case names
    /// Its size, and whether it would be TEXT or BASE64: every file is read.
    case formats
  }

  package var detail: Detail
  /// Whether what is left out is recorded too, with its rule.
  package var recordsExcluded: Bool
  /// Whether the files will be opened: of a commit, whether their contents are needed.
  package var opensFiles = true
  /// Whether pointers of Git LFS are looked for where the files will be opened.
  package var findsPointers = true
  /// Whether symbolic links may lead out of the project directory.
  package var followsExternalLinks: Bool
  /// Whether links that lead nowhere are left out with a warning instead of being an error.
  package var skipsBrokenLinks: Bool
  /// Whether linked work trees that lie in the repository are packaged, too.
  package var includesWorktrees = false
  /// Looks at the contents of each file whose format is found out; nil for nothing. What it flags is flagged
  /// in the plan, and so is, unseen, a file that does not fit into one buffer.
  package var screen: ContentScreen?
  /// A file that is left out because the package is being written to it: absolute, without symbolic links.
  package var output: [UInt8]?
  /// What the package is limited to; nil for no limit.
  package var scope: PackageScope?
  /// Whether names are looked at to find projects by them: links are passed over, .actorignore does not
  /// count, and no name is an error.
  package var isSurvey = false
  /// How many threads walk; nil: one a processor.
  package var threadCount: Int?
  /// Counts the entries that are found; nil for no count.
  package var meter: WorkMeter?
  /// What git would take from the environment.
  package var git: GitEnvironment

  package init(
    detail: Detail = .names, recordsExcluded: Bool = false, followsExternalLinks: Bool = false,
    skipsBrokenLinks: Bool = false, output: [UInt8]? = nil, threadCount: Int? = nil,
    git: GitEnvironment = GitEnvironment()
  ) {
    self.detail = detail
    self.recordsExcluded = recordsExcluded
    self.followsExternalLinks = followsExternalLinks
    self.skipsBrokenLinks = skipsBrokenLinks
    self.output = output
    self.threadCount = threadCount
    self.git = git
  }
}
