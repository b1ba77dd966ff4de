// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import IgnoreRules

/// Why an entry is in the package or out of it.
package enum Rule: Sendable {
  /// A line of an ignore file.
  case pattern(Verdict)
  /// git tracks it, although a line of an ignore file matches.
  case tracked(Verdict)
  /// It is one of the names that are never packaged, or always.
  case always
  /// It is called like what tools make, and no line of .actorignore names it.
  case fixedName
  /// It is the file that the package is written to.
  case output
  /// It is a linked work tree of the repository around it.
  case worktree
  /// The package is limited to other paths.
  case unreached
  /// The project's own `.actor` takes its place.
  case displaced

  /// In words: "src/.gitignore:3: *.o", "tracked by git, although …", "always".
  package var description: String {
    switch self {
    case .pattern(let verdict): return Self.location(verdict)
    case .tracked(let verdict): return "tracked by git, although " + Self.location(verdict)
    case .always: return "always"
    case .fixedName: return "by its name, unless .actorignore brings it back"
    case .output: return "the output itself"
    case .worktree: return "a linked work tree of the same repository"
    case .unreached: return "no COPY or ADD of the Dockerfile reaches it"
    case .displaced: return "the .actor of the Actor that is pushed takes its place"
    }
  }

  private static func location(_ verdict: Verdict) -> String {
    guard verdict.list.isFile else { return verdict.list.name }
    let pattern = verdict.pattern
    return verdict.list.name(of: verdict.index) + ":" + String(pattern.line) + ": "
      + String(decoding: pattern.text, as: UTF8.self)
  }
}
