// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import SourcePackage
internal import SystemIO

extension Diagnosis {
  /// What to do where nothing can be remembered.
  package static let memoryHelp = "make it writable, or name another place for the state (XDG_STATE_HOME)"

  /// Why an operation failed.
  package init(_ error: DeployError) {
    switch error {
    case .project(let error): self.init(error)
    case .tree(let error): self.init(error)
    case .overPackageLimit:
      self.init(
        type: "package-too-large", message: "the package exceeds the limit", status: .invalidInput,
        phase: "package")
    case .output(let name, let error): self.init(output: name, error)
    case .secretInPackage(let finds): self.init(finds)
    case .checksFailed(let findings): self.init(findings)
    case .noSuchPath(let path, let problem): self.init(path, problem)
    case .memory(let name, let error):
      self.init(
        type: "memory-not-writable", at: TerminalText.of(name),
        message: "cannot write what is remembered of this directory: \(error.message)",
        help: Self.memoryHelp, status: .failed,
        phase: "output")
    case .spool(let error):
      self.init(
        type: "spool-not-writable",
        message: "cannot write the temporary zip: \(error.message)", help: "set TMPDIR to another directory",
        status: .failed, phase: "package")
    case .nothingToPush:
      self.init(
        type: "nothing-to-push",
        message: "no files to push", help: "actorpush list --ignored shows what is left out",
        status: .nothingToPush, phase: "package")
    case .overInlineLimit(let summary):
      self.init(
        type: "package-too-large",
        message:
          "the inline content is \(summary.files == 0 ? "at least " : "")\(Quantity.number(summary.inlineBytes)) bytes, the limit is "
          + "\(Quantity.number(PlatformLimits.inlineBytes)); the largest files: " + Self.largest(summary),
        help: "exclude some in .actorignore, or send a zip (--source-type zip)", status: .invalidInput,
        phase: "package")
    case .overRequestLimit(let summary):
      self.init(
        type: "package-too-large",
        message: "the request is \(Quantity.number(summary.documentBytes)) bytes, the limit is "
          + "\(Quantity.number(PlatformLimits.requestBytes)); the largest files: " + Self.largest(summary),
        help: "exclude some in .actorignore, or send a zip (--source-type zip)", status: .invalidInput,
        phase: "package")
    case .noSuchActor(let reference):
      self.init(
        type: "no-such-actor",
        message: "no Actor \(reference), or none that this token can access",
        help: Self.absentActorHelp(reference),
        status: .nothingToPush, phase: "platform")
    case .otherAccount(let account, let token, let actor):
      let (name, known) = (TerminalText.of(token.username), TerminalText.of(account.username))
      // An account that was made anew, or of another platform, has another id.
      let ids = name == known ? [account.id, token.id].map { " (id \(TerminalText.of($0)))" } : ["", ""]
      self.init(
        type: "other-account",
        message:
          "this directory was pushed to the account \(known)\(ids[0]) before, and the token belongs to "
          + "\(name)\(ids[1])",
        help: "use a token of \(known)\(ids[0]), name the Actor (--actor "
          + "\(ShellText.word("\(token.username)/\(actor)"))), or pass --switch-account",
        status: .failed, phase: "platform")
    case .actorRenamed(let name, let newName, let isOwn):
      self.init(
        type: "actor-renamed",
        message: "this directory's Actor \(TerminalText.of(name)) is called \(TerminalText.of(newName)) now",
        help: "write the new \"name\" into actor.json (--actor, where that names it)"
          + (isOwn ? ", or push --force to create another Actor \(TerminalText.of(name))" : ""),
        status: .conflict, phase: "platform")
    case .noSuchVersion(let number, let actor, let others):
      self.init(
        type: "no-such-version",
        message: "\(TerminalText.of(actor)) has no version \(number)",
        help: (others.isEmpty ? "" : "it has \(others.map(TerminalText.of).joined(separator: ", ")); ")
          + "actorpush push creates a new one",
        status: .nothingToPush, phase: "platform")
    case .sourceElsewhere(let type, let url):
      self.init(
        type: "source-elsewhere",
        message: "the version has another source (\(TerminalText.of(type.rawValue))"
          + "\(url.map { " " + TerminalText.address($0) } ?? "")); there are no files to compare",
        status: .nothingToPush, phase: "platform")
    case .unreadableVersion(let reason):
      self.init(
        type: "unreadable-version",
        message: "the platform's version cannot be compared: \(TerminalText.of(reason))",
        status: .failed, phase: "platform")
    case .noSuchBuild(let reason, let help):
      self.init(
        type: "no-such-build", message: TerminalText.of(reason), help: help.map { TerminalText.of($0) },
        status: .invalidInput, phase: "platform")
    case .pull(let error): self.init(error)
    case .conflict(let conflict, let plan): self.init(conflict, plan)
    case .tagMoved(let tag, let number, let build):
      let (name, build) = (TerminalText.of(tag), build.buildNumber ?? build.id)
      self.init(
        type: "conflict",
        message:
          "the tag \(name) was moved to \(number.map { "build " + TerminalText.of($0) } ?? "no build") meanwhile, "
          + "and stays there",
        help: "to move it to build \(TerminalText.of(build)): actorpush tag \(ShellText.word(tag)) "
          + "--build \(ShellText.word(build))",
        status: .conflict, phase: "verification")
    case .overtaken(let overtaking, let plan): self.init(overtaking, plan)
    case .buildVanished(let build):
      self.init(
        type: "build-vanished",
        message: "the platform started build \(TerminalText.of(build.id)), but no longer knows it",
        status: .failed, phase: "build")
    case .buildAborted(let build):
      self.init(
        type: "interrupted",
        message: "interrupted; build \(TerminalText.of(build.buildNumber ?? build.id)) "
          + Self.aborted(build.status),
        status: .interrupted, phase: "build")
    case .runVanished(let run):
      self.init(
        type: "run-vanished",
        message: "the platform started run \(TerminalText.of(run.id)), but no longer knows it",
        status: .failed, phase: "run")
    case .runAborted(let run, let build):
      self.init(
        type: "interrupted",
        message: "interrupted; run \(TerminalText.of(run.id)) of build "
          + "\(TerminalText.of(build.buildNumber ?? build.id)) " + Self.aborted(run.status),
        status: .interrupted, phase: "run")
    case .partlyUpdated(let progress, let cause):
      self.init(cause)
      consequences += Self.said(of: progress)
    case .platform(let error, let root): self.init(error, root: root)
    case .followingRun(let run, let build, let cause):
      self.init(cause)
      consequences.append(
        "run \(TerminalText.of(run.id)) of build \(TerminalText.of(build.buildNumber ?? build.id)) may go on")
    case .changedMeanwhile(let number):
      self.init(
        type: "conflict",
        message: "version \(number) was changed on the platform meanwhile", help: "run it again",
        status: .conflict, phase: "platform")
    case .timedOut(let limit):
      self.init(
        type: "timed-out",
        message: "the push took longer than \(Quantity.longTime(limit))", help: "allow more by --timeout",
        status: .stillBuilding, phase: "platform")
    case .interrupted: self = .interrupted
    case .interruptedDuring(let change): self.init(interruptedDuring: change)
    case .unexpected(let error):
      self.init(
        type: "unexpected",
        message: TerminalText.of("\(error)"), help: "this is a fault of actorpush, please report it",
        status: .failed, phase: "platform")
    }
  }

  /// What became of a build or run that was to be aborted.
  private static func aborted(_ status: BuildStatus) -> String {
    switch status {
    case .aborted, .aborting: "is aborted (\(TerminalText.of(status.rawValue)))"
    case _ where status.isFinal: "has ended (\(TerminalText.of(status.rawValue)))"
    default: "was to be aborted, which the platform has not confirmed; it may go on"
    }
  }

  private static func said(of progress: VariableProgress) -> [String] {
    var parts: [String] = []
    for (names, verb) in [(progress.given, "set"), (progress.removed, "removed")] where !names.isEmpty {
      parts.append("already \(verb): \(names.map(TerminalText.of).joined(separator: ", "))")
    }
    if let (name, isRemoval) = progress.doubt {
      parts.append("\(TerminalText.of(name)) may be \(isRemoval ? "removed" : "set")")
    }
    switch progress.version {
    case .none: parts.append("the files are not changed")
    case .done: parts.append("the version is updated")
    case .unknown: parts.append("the version may be updated")
    }
    return parts
  }

  /// Whom to ask for an Actor that is not there: a push creates none of another account.
  private static func absentActorHelp(_ reference: ActorReference) -> String {
    guard case .own = reference else {
      return "is it one of another account, which this token may not see?"
    }
    return "is it the token of another account? actorpush push creates one that is not there yet"
  }

  private static func largest(_ summary: PackageSummary) -> String {
    summary.largest.map { "\(TerminalText.of($0.path)) (\(Quantity.bytes($0.bytes)))" }.joined(
      separator: ", ")
  }

  private init(_ path: [UInt8], _ problem: DeployError.PathProblem) {
    let shown = TerminalText.of(path)
    let (type, cause) =
      switch problem {
      case .system(let error): ("not-there", error.message)
      case .outside(let root): ("outside", "is outside of \(TerminalText.of(root))")
      }
    self.init(type: type, at: shown, message: cause, status: .invalidInput, phase: "arguments")
  }
}
