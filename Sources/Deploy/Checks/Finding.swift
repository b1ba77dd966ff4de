// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Something that would go wrong, or not be as its owner may think.
package struct Finding: Sendable, Equatable {
  package enum Severity: String, Comparable, Sendable {
    /// Good to know.
    case note
    /// Works, but perhaps not as it is meant.
    case warning
    /// The build or the Actor fails.
    case error

    package static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

    private var rank: Int {
      switch self {
      case .note: 0
      case .warning: 1
      case .error: 2
      }
    }
  }

  /// Where it is.
  package struct Place: Sendable, Equatable {
    /// The path in the package.
    package let file: [UInt8]
    /// From 1; nil for the file as a whole.
    package let line: Int?
    /// In characters, from 1; nil where only the line is known.
    package let column: Int?

    package init(_ file: [UInt8], line: Int? = nil, column: Int? = nil) {
      self.file = file
      self.line = line
      self.column = column
    }
  }

  package let check: Check
  package internal(set) var severity: Severity
  /// Nil where it is about the package as a whole.
  package private(set) var place: Place?
  /// What is wrong, harmless on a terminal.
  package let cause: String
  /// What to do about it.
  package let remedy: String?
  /// Whether a zip mends it, and so is what `auto` sends.
  package internal(set) var asksForZip = false

  package init(
    _ check: Check, severity: Severity? = nil, at place: Place? = nil, _ cause: String,
    remedy: String? = nil
  ) {
    self.check = check
    self.severity = severity ?? check.severity
    self.place = place
    self.cause = cause
    self.remedy = remedy
  }

  /// The same at another place.
  package func at(_ place: Place?) -> Finding {
    var finding = self
    finding.place = place
    return finding
  }
}
