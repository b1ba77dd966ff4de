// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

extension Finding {
  /// Where it is: "Dockerfile:5", ".actor/actor.json:3:11"; nil where it is about the package as a whole.
  package var location: String? {
    guard let place else { return nil }
    return TerminalText.of(place.file) + (place.line.map { ":\($0)" } ?? "")
      + (place.column.map { ":\($0)" } ?? "")
  }

  /// On one line: place, cause, way out, id.
  package var line: String {
    (location.map { $0 + ": " } ?? "") + cause + (remedy.map { "; " + $0 } ?? "") + " [\(check.rawValue)]"
  }
}
