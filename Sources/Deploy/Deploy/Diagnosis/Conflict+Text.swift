// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import SourcePackage
internal import SystemIO

/// What a push would destroy, in words: for the refusal, and for the warning where it was told to.
extension Conflict {
  /// How many files are listed; `diff` has them all.
  private static let listed = 20
  /// How many are named in a line.
  private static let named = 3

  /// How it is known that the version of `plan` holds what others did, in one line.
  package func cause(_ plan: PushPlan) -> String {
    let version = "version \(plan.settings.version) of \(TerminalText.of(plan.actorName))"
    return switch reason {
    case .otherSource(let type, let url):
      "\(version) has another source (\(TerminalText.of(type.rawValue))"
        + "\(url.map { " " + TerminalText.address($0) } ?? ""))"
    case .changedSince: "\(version) was changed on the platform since it was last pushed"
    case .otherHistory(let commit, let branch):
      "\(version) was pushed from commit \(TerminalText.of(String(commit.prefix(12))))"
        + (branch.map { " of branch \(TerminalText.of($0))" } ?? "")
        + ", which is not in the history of what is pushed now"
    case .lacksPulled(let paths):
      "\(version) holds what was pulled into this directory, and what is pushed now does not: "
        + "\(paths.prefix(Self.named).map { TerminalText.of($0) }.joined(separator: ", "))"
        + (paths.count > Self.named ? " and \(Quantity.of(paths.count - Self.named, "more file"))" : "")
    case .otherDirectory(let directory):
      "\(version) was last pushed from another directory, \(TerminalText.of(directory)), which may have "
        + "changes that are not here"
    case .unknownOrigin(let gap): "\(version) holds other files, and \(said(of: gap))"
    case .variables(let names, nil):
      "\(version): changed on the platform since the last push from here: \(Self.variables(names))"
    case .variables(let names, let gap?):
      "\(version) has other values than actor.json for \(Self.variables(names)), and \(said(of: gap))"
    case .buildTag(let tag):
      "\(version): changed on the platform since the last push: the tag of its builds, now "
        + (tag.map { TerminalText.of($0) } ?? "none")
    case .changedMeanwhile: "\(version) was changed on the platform during this push"
    case .createdMeanwhile: "\(version) was created on the platform during this push"
    }
  }

  private static func variables(_ names: [String]) -> String {
    "\(Quantity.word(names.count, "environment variable")) \(names.map(TerminalText.of).joined(separator: ", "))"
  }

  private func said(of gap: SourceComparison.Base.Gap) -> String {
    switch gap {
    case .noHistory:
      obstacle.map { "the commits that led here cannot be read: \(Diagnosis(.tree($0)).summary)" }
        ?? "nothing shows that they were pushed from here"
    case .noCommit: "none of the last commits has them"
    case .shallow:
      "this shallow clone does not have the commit that they come from (git fetch --unshallow; fetch-depth: 0)"
    case .uncommitted: "they were pushed with changes that are in no commit"
    }
  }

  /// The files that differ, and the side that changed them.
  var lines: [String] {
    guard let files = difference?.files, !files.isEmpty else { return [] }
    let theirs = Set(self.theirs?.changes.map(\.name) ?? [])
    let ours = Set(self.ours?.changes.map(\.name) ?? [])
    var lines = files.prefix(Self.listed).map { file -> String in
      let state =
        switch file.kind {
        case .added: "only here"
        case .removed: "only on the platform"
        case .changed, .mode: "differs"
        }
      let who =
        switch (theirs.contains(file.name), ours.contains(file.name)) {
        case (true, true): ", changed in both places"
        case (true, false): ", changed on the platform"
        case (false, true): ", changed here"
        case (false, false): ""
        }
      return "  \(TerminalText.of(file.name)): \(state)\(who)"
    }
    if files.count > Self.listed {
      lines.append("  and \(Quantity.of(files.count - Self.listed, "more file"))")
    }
    return lines
  }
}
