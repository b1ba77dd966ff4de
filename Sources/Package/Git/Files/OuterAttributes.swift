// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// The files of attributes that lie outside of a repository's trees and count all the same: the system's, the
/// user's and the repository's own (gitattributes(5)).
package struct OuterAttributes: Sendable {
  /// Where installations of git have the system's file: which one counts, only git knows.
  private static let systemFiles = ["/etc/gitattributes", "/usr/local/etc/gitattributes"]

  /// What the files hold.
  package let contents: [[UInt8]]
  /// Whether these are all; what settings name them, only git may know.
  package let isKnown: Bool
  /// The setting that names the user's file for a git at work in another directory; nil where it does so
  /// there, too.
  package let setting: String?

  /// The files that count for the repository whose own directory is `git`, with the work tree `worktree`.
  package init(git: [UInt8], worktree: [UInt8]?, variables: [String: String]) {
    var common = git
    if let contents = Paths.contents(Paths.join(git, Array("commondir".utf8))) {
      common = Paths.join(git, GitDirectories.withoutLineEnd(contents))
    }
    let environment = GitEnvironment(variables: variables)
    let top = worktree ?? git
    let config = GitConfig(
      environment: environment, repository: GitDirectories(worktree: top, git: git, common: common))
    isKnown = config.undecided == nil && !config.hasUnknownAttributesFile
    var files: [[UInt8]] = []
    if variables["GIT_ATTR_NOSYSTEM"].flatMap({ GitConfig.boolean(Array($0.utf8)) }) != true {
      files += Self.systemFiles.map { Array($0.utf8) }
    }
    var setting: String?
    if let user = config.attributesFile ?? environment.defaultAttributesFile, !user.isEmpty {
      let path = Paths.join(top, user)
      files.append(path)
      if path != user { setting = "core.attributesFile=" + String(decoding: path, as: UTF8.self) }
    }
    self.setting = setting
    files.append(Paths.join(common, Array("info/attributes".utf8)))
    contents = files.compactMap { Paths.contents($0) }
  }
}
