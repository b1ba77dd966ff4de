// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ArgumentParser

/// What a shell offers as the values of an option.
extension CompletionKind {
  static let actors = values(of: .actors)
  static let versions = values(of: .versions)
  static let tags = values(of: .tags)
  static let builds = values(of: .builds)

  /// Branches and tags of the git repository. A shell makes a list of what a command prints, and expands its
  /// words: names are chosen by others, so what is printed is checked first.
  static let revisions = CompletionKind.custom { words, _, _ in
    Completion(words: words, .process).revisions
  }

  private static func values(of subject: Completion.Subject) -> CompletionKind {
    .custom { words, _, _ in Completion(words: words, .process).candidates(for: subject) }
  }
}
