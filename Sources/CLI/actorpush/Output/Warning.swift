// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Checks

/// What may not be as it is meant, harmless on a terminal. People read `warning: cause (place)` and
/// `help: remedy`, as of an error.
struct Warning: Sendable {
  /// What is so, and what follows from it.
  let cause: String
  /// A path, perhaps with line and column; nil where the cause says it.
  var place: String?
  /// What to do about it.
  var remedy: String?
  /// Whether a runner marks the place: a path of a walk need not begin where the program runs, and would name
  /// another file.
  private(set) var isAnnotated = false

  init(_ cause: String, at place: String? = nil, remedy: String? = nil) {
    self.cause = cause
    self.place = place
    self.remedy = remedy
  }

  /// What people read behind `warning:`.
  var summary: String { cause + (place.map { " (\($0))" } ?? "") }

  /// All of it in one line.
  var line: String { summary + (remedy.map { "; \($0)" } ?? "") }
}

extension Warning {
  /// A finding of `check`, named by its check.
  init(_ finding: Checks.Finding) {
    self.init(
      "\(finding.cause) [\(finding.check.rawValue)]", at: finding.location, remedy: finding.remedy)
    isAnnotated = true
  }
}
