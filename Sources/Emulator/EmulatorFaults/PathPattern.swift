// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// A pattern for the paths of requests: `*` stands for one segment, `**` at the end for any number of them.
package struct PathPattern: Equatable, Sendable, CustomStringConvertible {
  package let description: String
  private let segments: [Substring]
  private let matchesBelow: Bool

  /// Returns nil where `text` does not begin with a slash, or has `**` before its end.
  package init?(_ text: String) {
    guard text.hasPrefix("/") else { return nil }
    description = text
    var segments = text.split(separator: "/" as Character, omittingEmptySubsequences: true)
    matchesBelow = segments.last == "**"
    if matchesBelow { segments.removeLast() }
    guard !segments.contains("**") else { return nil }
    self.segments = segments
  }

  /// Whether `path`, without a query, matches.
  package func matches(_ path: String) -> Bool {
    let parts = path.split(separator: "/" as Character, omittingEmptySubsequences: true)
    guard matchesBelow ? parts.count >= segments.count : parts.count == segments.count else { return false }
    return zip(segments, parts).allSatisfy { $0 == "*" || $0 == $1 }
  }
}
