// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import ApifyAPI
internal import SourcePackage
internal import SystemIO

extension Diagnosis {
  /// How many files are listed; `diff` has them all.
  private static let listed = 20

  /// A push would destroy changes of others; the details name the files.
  init(_ conflict: Conflict, _ plan: PushPlan) {
    let version = "version \(plan.settings.version) of \(TerminalText.of(plan.actorName))"
    let cause =
      switch conflict.reason {
      case .otherSource(let type, let url):
        "\(version) has another source (\(TerminalText.of(type.rawValue))"
          + "\(url.map { " " + TerminalText.address($0) } ?? ""))"
      case .changedSince: "\(version) was changed on the platform since it was last pushed"
      case .otherHistory(let commit, let branch):
        "\(version) was pushed from commit \(TerminalText.of(String(commit.prefix(12))))"
          + (branch.map { " of branch \(TerminalText.of($0))" } ?? "")
          + ", which is not in the history of what is pushed now"
      case .otherDirectory(let directory):
        "\(version) was last pushed from another directory, \(TerminalText.of(directory)), which may have "
          + "changes that are not here"
      case .unknownOrigin(let gap): "\(version) holds other files, and \(Self.said(of: gap))"
      case .variables(let names, nil):
        "\(version): changed on the platform since the last push from here: \(Self.variables(names))"
      case .variables(let names, let gap?):
        "\(version) has other values than actor.json for \(Self.variables(names)), and \(Self.said(of: gap))"
      case .buildTag(let tag):
        "\(version): changed on the platform since the last push: the tag of its builds, now "
          + (tag.map { TerminalText.of($0) } ?? "none")
      case .changedMeanwhile: "\(version) was changed on the platform during this push"
      }
    let options = plan.settings.versionOptions
    let wayOut =
      switch conflict.reason {
      case .otherSource: ""
      // What a map, an option or the default gives, actor.json does not change.
      case .buildTag(let tag) where plan.settings.buildTag != plan.settings.configuration?.buildTag:
        tag.map { "keep it with --tag \(TerminalText.of($0)) or in the deploy map, or " } ?? ""
      case .buildTag(nil): "take \"buildTag\" out of actor.json, or "
      case .variables(let names, _) where Self.areTakenForSecrets(names, plan.remote):
        "actor.json has no way to say a value that begins with @: take them out of it, and what others set stays, or "
      case .variables, .buildTag:
        "actorpush pull\(options) --write-config takes the new value over into actor.json "
          + "(--theirs, too, where that has another one than before), or "
      // There is nothing to be merged with.
      case _ where plan.remote?.isGone == true:
        "its zip is gone from the store, and nothing can be built of it: "
      default:
        "actorpush pull\(options) merges it into the files here (actorpush diff\(options) compares), or "
      }
    self.init(
      type: "conflict", message: cause,
      help: wayOut + "push\(plan.settings.pushOptions) --force to overwrite it",
      status: .conflict, phase: "platform")
    details = Self.lines(conflict)
  }

  private static func variables(_ names: [String]) -> String {
    "\(Quantity.word(names.count, "environment variable")) \(names.map(TerminalText.of).joined(separator: ", "))"
  }

  /// Whether others gave the variables `names` plain values that actor.json takes for names of secrets.
  private static func areTakenForSecrets(_ names: [String], _ remote: RemoteVersion?) -> Bool {
    (remote?.variables ?? []).contains { variable in
      names.contains(variable.name) && variable.isSecret != true
        && variable.value.map(ActorConfiguration.Variable.namesSecret) == true
    }
  }

  private static func said(of gap: SourceComparison.Base.Gap) -> String {
    switch gap {
    case .noHistory: "nothing shows that they were pushed from here"
    case .noCommit: "none of the last commits has them"
    case .shallow:
      "this shallow clone does not have the commit that they come from (git fetch --unshallow; fetch-depth: 0)"
    case .uncommitted: "they were pushed with changes that are in no commit"
    }
  }

  /// The files that differ, and the side that changed them.
  private static func lines(_ conflict: Conflict) -> [String] {
    guard let files = conflict.difference?.files, !files.isEmpty else { return [] }
    let theirs = Set(conflict.theirs?.changes.map(\.name) ?? [])
    let ours = Set(conflict.ours?.changes.map(\.name) ?? [])
    var lines = files.prefix(listed).map { file -> String in
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
    if files.count > listed { lines.append("  and \(Quantity.of(files.count - listed, "more file"))") }
    return lines
  }

  /// Another push came in between.
  init(_ overtaking: Push.Overtaking, _ plan: PushPlan) {
    let version = "version \(plan.settings.version) of \(TerminalText.of(plan.actorName))"
    let message =
      switch overtaking {
      case .built: "another push came in between: what was built of \(version) is not what was sent from here"
      case .replaced:
        "another push came in between: \(version) was built from these files, but holds others now"
      }
    let options = plan.settings.versionOptions
    self.init(
      type: "conflict", message: message,
      help: "actorpush pull\(options) merges it into the files here (actorpush diff\(options) compares)",
      status: .conflict, phase: "verification")
  }
}
