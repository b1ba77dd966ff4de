// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import ApifyAPI
internal import Deploy
internal import SourcePackage
internal import SystemIO

/// Builds in words, a line each or one in full.
struct BuildListText {
  /// Nanoseconds since 1970.
  let now: Int
  /// Whether the columns get names.
  let isTerminal: Bool
  /// Whether digests are shown in full.
  var isVerbose = false

  /// That `found` has no builds, or none of `version`.
  static func none(_ found: BuildsOperation.Outcome, _ version: VersionNumber?) -> String {
    "\(TerminalText.of(found.actorName)) has no builds" + (version.map { " of version \($0)" } ?? "")
  }

  /// The lines of a list.
  func lines(_ builds: [BuildDescription]) -> [String] {
    var rows = builds.map(columns)
    if isTerminal, !rows.isEmpty {
      rows.insert(["BUILD", "STATE", "TAGS", "COMMIT", "DIGEST", "AGE", "TOOK"], at: 0)
    }
    let widths = (0..<7).map { index in rows.map { $0[index].unicodeScalars.count }.max() ?? 0 }
    return rows.map { row in
      let cells = zip(row, widths).map { cell, width in
        cell + String(repeating: " ", count: max(0, width - cell.unicodeScalars.count))
      }
      let line = cells.joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
  }

  /// What is not known, or is not there, is a dash: every line has all columns.
  private func columns(_ build: BuildDescription) -> [String] {
    let tags = build.tags.map(TerminalText.of).joined(separator: ",")
    return [
      TerminalText.of(build.build.buildNumber ?? build.build.id),
      TerminalText.of(build.build.status.rawValue), tags.isEmpty ? "-" : tags,
      build.provenance.flatMap(Self.commit) ?? "-",
      build.digest.map(digest) ?? "-",
      build.age(now: now).map(Quantity.age) ?? "-",
      build.build.status.isFinal ? build.duration(now: now).map(Quantity.time) ?? "-" : "-",
    ]
  }

  private func digest(_ digest: String) -> String {
    TerminalText.of(isVerbose ? digest : String(digest.prefix(12)))
  }

  /// "1142e84f2a1b", with a + behind it where the package was another one than the commit's.
  private static func commit(_ provenance: Provenance) -> String? {
    provenance.commit.map { TerminalText.of(String($0.prefix(12))) + (provenance.isDirty ? "+" : "") }
  }

  /// All that is known of one build.
  func description(_ outcome: BuildOperation.Outcome) -> [String] {
    let (description, build) = (outcome.build, outcome.build.build)
    var lines = [
      "build \(TerminalText.of(build.buildNumber ?? build.id)) of \(TerminalText.of(outcome.actorName)): "
        + TerminalText.of(build.status.rawValue), "id: \(TerminalText.of(build.id))",
      "tags: "
        + (description.tags.isEmpty ? "none" : description.tags.map(TerminalText.of).joined(separator: ", ")),
    ]
    if let start = build.startedAt {
      let age = description.age(now: now).map { " (\(Quantity.age($0)) ago)" } ?? ""
      lines.append("started: \(TerminalText.of(start))\(age)")
    }
    if let took = description.duration(now: now) {
      lines.append((build.finishedAt == nil ? "running for: " : "took: ") + Quantity.time(took))
    }
    if let type = description.sourceType { lines.append("source: \(TerminalText.of(type.rawValue))") }
    if let provenance = description.provenance {
      lines.append("provenance: \(VersionText.provenance(provenance))")
    }
    if let digest = description.digest { lines.append("digest: \(self.digest(digest))") }
    return lines + [outcome.pages.build(build)]
  }
}
