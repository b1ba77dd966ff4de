// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Where the source of a version is; an open set.
package struct SourceType: RawRepresentable, Codable, Hashable, Sendable {
  package let rawValue: String
  package init(rawValue: String) { self.rawValue = rawValue }

  /// In the version itself.
  package static let sourceFiles = SourceType(rawValue: "SOURCE_FILES")
  /// In a zip that `tarballUrl` names.
  package static let tarball = SourceType(rawValue: "TARBALL")
  /// In a git repository.
  package static let gitRepository = SourceType(rawValue: "GIT_REPO")
  /// In a gist.
  package static let gist = SourceType(rawValue: "GITHUB_GIST")
}
