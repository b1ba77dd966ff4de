// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import SystemIO

extension Diagnosis {
  /// How many files are listed.
  private static let listedInConflict = 20

  /// Why a pull did not do what it was asked to.
  init(_ error: PullError) {
    func make(
      _ type: String, at place: [UInt8] = [], _ message: String, help: String? = nil, _ status: ExitStatus,
      _ phase: String = "pull"
    ) -> Diagnosis {
      Diagnosis(
        type: type, at: TerminalText.of(place), message: message, help: help, status: status, phase: phase)
    }
    switch error {
    case .sourceElsewhere(let type, let url):
      let address = url.map { TerminalText.address($0) }
      let (source, help): (String, String?) =
        switch (type, address) {
        case (.gitRepository, let address?): ("it is a git repository, \(address)", "clone it with git")
        case (.gist, let address?): ("it is a gist, \(address)", "clone it with git")
        case (.tarball, let address?): ("it is an archive, \(address)", "fetch it from there")
        default: ("its source (\(TerminalText.of(type.rawValue))) is not kept as files", nil)
        }
      self = make(
        "source-elsewhere", "the platform has no files of the version: \(source)", help: help, .nothingToPush)
    case .unsafeName(let name, let reason):
      self = make(
        "unsafe-version", at: name, "\(TerminalText.of(reason)); nothing is written", .failed)
    case .unsafeVersion(let reason):
      self = make("unsafe-version", "the version: \(TerminalText.of(reason)); nothing is written", .failed)
    case .conflictsStand(let files, let directory):
      let isHere = directory.elementsEqual(".".utf8)
      let command = "actorpush pull --abort" + (isHere ? "" : " \(TerminalText.of(directory))")
      self = make(
        "conflict",
        "\(Quantity.of(files.count, "file")) in conflict since the last pull",
        help:
          "resolve \(Quantity.word(files.count, "it", "them")) (edit out the markers, remove NAME.platform), or undo "
          + "the pull (\(command))",
        .conflict)
      details =
        files.prefix(Self.listedInConflict).map { "  \(TerminalText.of($0)): in conflict" }
        + (files.count > Self.listedInConflict
          ? ["  and \(Quantity.of(files.count - Self.listedInConflict, "more file"))"] : [])
    case .unfinished(let directory, let isNew):
      self = make(
        "unfinished-pull", at: directory,
        isNew ? "the pull that makes this directory was interrupted" : "a pull was interrupted",
        help: Self.undoing(isNew: isNew), .conflict)
    case .halfUndone(let directory, let isNew, let cause, let obstacle):
      self = make(
        "unfinished-pull", at: directory,
        "\(cause); what was changed by then could not all be undone: \(obstacle)",
        help: "once that can be written: " + Self.undoing(isNew: isNew), .failed)
    case .unreadableJournal(let directory):
      self = make(
        "unreadable-journal", at: directory, "a pull was interrupted, and its journal cannot be read",
        help: "it may come from another version of actorpush: undo it with that one", .failed)
    case .busy(let directory):
      self = make(
        "busy", at: directory, "another pull is running there", help: "wait for it", .failed)
    case .nothingToUndo(let directory):
      self = make(
        "nothing-to-undo", at: directory, "no pull to undo", .nothingToPush)
    case .directoryNotEmpty(let directory):
      self = make(
        "directory-not-empty", at: directory, "exists and is not an empty directory",
        help: "name another, or run actorpush pull in that project to merge", .invalidInput, "arguments")
    case .changedMeanwhile(let path):
      self = make(
        "changed-meanwhile", at: path, "changed during the pull; nothing is written", help: "pull again",
        .failed)
    case .noStateDirectory:
      self = make(
        "no-state-directory",
        "no state directory for the journal of a pull", help: "set HOME or XDG_STATE_HOME", .failed)
    }
  }

  /// How a pull that was cut off is undone.
  private static func undoing(isNew: Bool) -> String {
    "actorpush pull --abort undoes it, "
      + (isNew ? "the same pull, from above, starts it again" : "actorpush pull undoes it and starts again")
  }

  /// That a pull has left conflicts; nil where it has not.
  package init?(_ outcome: PullOutcome) {
    let count = outcome.conflicts.count
    guard count > 0 else { return nil }
    let wayOut =
      outcome.isDryRun
      ? "--ours or --theirs decides for one side"
      : "resolve \(Quantity.word(count, "it", "them")), then actorpush push; actorpush pull --abort undoes this pull"
    self.init(
      type: "conflict",
      message: "\(Quantity.of(count, "file")) in conflict", help: wayOut,
      status: .conflict, phase: "pull")
  }
}
