// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Git
internal import SourcePackage
internal import SystemIO
internal import TreeMerge

/// Merges what a version holds with what a directory holds: which changes the directory needs. Blocks.
struct PullMerge {
  /// A text that is longer is not merged.
  static let textLimit = 8 << 20
  /// What yours is called in a conflict.
  static let ownLabel = "yours"

  /// The files of the platform.
  let remote: RemoteContents
  /// What they are called in a conflict.
  let label: String
  /// Whether they have modes.
  let hasModes: Bool
  /// What the directory holds; nil for nothing.
  let local: LocalTree?
  /// The common base; nil where it is not known.
  let base: Manifest?
  let preference: PullRequest.Preference
  let textMerge: TextMerge
  /// Which files lie on disk otherwise than they are sent; nil where all are alike.
  let context: PackageContext?

  private(set) var changes: [PullTransaction.Change] = []
  private(set) var files: [PullOutcome.File] = []
  private(set) var conflicts: [PullOutcome.Conflict] = []
  /// The texts that were replaced as a whole, with what was changed in them here.
  private(set) var replaced: [[UInt8]] = []
  /// The files that stand in conflict.
  private(set) var standing: [StandingConflicts.File] = []

  let mine: Tree
  let theirs: Tree
  private var steps: [TreeMerge.Step] = []
  private var texts: [[UInt8]: (mine: [UInt8], theirs: [UInt8])] = [:]
  /// Directories that are there when the files are written.
  private var directories: Set<[UInt8]> = []

  init(
    _ remote: RemoteContents, label: String, hasModes: Bool, into local: LocalTree?, base: Manifest?,
    preference: PullRequest.Preference, _ textMerge: TextMerge, _ context: PackageContext?
  ) throws(DeployError) {
    (self.remote, self.label, self.hasModes, self.base) = (remote, label, hasModes, base)
    (self.preference, self.textMerge, self.context) = (preference, textMerge, context)
    var theirs = Tree(remote.manifest, hasModes: hasModes)
    var local = local
    try local?.findObstacles(for: theirs)
    var mine = local?.tree ?? Tree()
    let old = base.map { Tree($0, hasModes: hasModes) } ?? Tree()
    self.local = local
    let candidates = Self.changedOnBothSides(old, mine, theirs)
    texts = try Self.texts(candidates, remote, local, context)
    for name in candidates where texts[name] == nil {
      mine.setBinary(name)
      theirs.setBinary(name)
    }
    (self.mine, self.theirs) = (mine, theirs)
    steps =
      TreeMerge(
        base: old, mine: mine, theirs: theirs, preferring: preference.side, at: Self.place(local)
      ).steps
  }

  /// The files whose texts are to be merged: of these the base's contents are needed.
  var wanted: Set<[UInt8]> {
    Set(steps.compactMap { if case .write(.merged, _) = $0.action { $0.path } else { nil } })
  }

  /// Makes the changes, with what the files held at the common base, as far as it is known.
  mutating func merge(_ contents: [[UInt8]: [UInt8]], baseLabel: String) throws(DeployError) {
    for (path, node) in mine.nodes where node == .directory { directories.insert(path) }
    for step in steps {
      switch step.action {
      case .remove:
        add(step.path, .remove)
        files.append(.init(path: step.path, change: .removed))
      case .removeDirectory: add(step.path, .removeDirectory)
      case .makeDirectory:
        makeDirectories(above: step.path)
        // One that is in no package may be there already.
        if local?.isDirectory(step.path) != true { add(step.path, .makeDirectory) }
        directories.insert(step.path)
      case .write(.merged, let isExecutable):
        try mergeText(step.path, contents[step.path], isExecutable, baseLabel)
      case .write(let source, let isExecutable):
        write(step.path, source == .mine ? .own : try content(of: step.path), isExecutable)
        let isMode = source == .mine
        files.append(
          .init(path: step.path, change: isMode ? .mode : mine.file(step.path) == nil ? .added : .updated))
      case .conflict(let reason, let beside): try conflict(step.path, .tree(reason), beside)
      }
    }
  }

  private mutating func mergeText(
    _ path: [UInt8], _ base: [UInt8]?, _ isExecutable: Bool?, _ baseLabel: String
  ) throws(DeployError) {
    guard case (let own, var other)? = texts[path] else { return }
    var base = base.flatMap { Self.isText($0) ? context.onDisk(path, $0) : nil }
    // A checkout may have changed all line ends (.gitattributes), and a commit was deployed without it.
    if let ends = LineEnds(of: own), let sent = LineEnds(of: other), ends != sent,
      base.map({ LineEnds(of: $0) == sent }) == true
    {
      other = ends.applied(to: other)
      base = base.map(ends.applied)
    }
    // Without a base no line of the other side is known to be new.
    if base == nil, preference == .ours { return }
    if base == nil, preference == .theirs {
      replaced.append(path)
      return try take(path, isExecutable)
    }
    let merged: TextMerge.Outcome
    do throws(Git.Failure) {
      merged = try textMerge.merge(
        base: base, mine: own, theirs: other,
        labels: TextMerge.Labels(mine: Self.ownLabel, base: baseLabel, theirs: label),
        preferring: preference == .ours ? .mine : preference == .theirs ? .theirs : .none)
    } catch {
      if error == .interrupted { throw .interrupted }
      switch preference {
      case .ours: return
      case .theirs: return try take(path, isExecutable)
      case .none: return try conflict(path, .noGit, Self.freeName(beside: path, mine, theirs, local))
      }
    }
    if merged.bytes == own, isExecutable == self.mine.isExecutable(path) { return }
    write(path, .bytes(merged.bytes), isExecutable)
    guard merged.hasConflicts else {
      files.append(.init(path: path, change: .merged))
      return
    }
    conflicts.append(.init(path: path, reason: base == nil ? .noBase : .lines, beside: nil))
    standing.append(
      .init(
        path: String(decoding: path, as: UTF8.self),
        markers: ["<<<<<<< " + Self.ownLabel, ">>>>>>> " + label]))
  }

  private mutating func take(_ path: [UInt8], _ isExecutable: Bool?) throws(DeployError) {
    write(path, try content(of: path), isExecutable)
    files.append(.init(path: path, change: .updated))
  }

  private mutating func conflict(
    _ path: [UInt8], _ reason: PullOutcome.Conflict.Reason, _ beside: [UInt8]?
  ) throws(DeployError) {
    let rule = local?.rules.first { path == $0.key || path.starts(with: $0.key + [UInt8(ascii: "/")]) }?.value
    conflicts.append(.init(path: path, reason: reason, beside: beside, rule: rule))
    guard let beside else { return }
    makeDirectories(above: beside)
    let theirs = try content(of: path)
    changes.append(
      .init(
        path: beside, kind: .write(theirs, isExecutable: self.theirs.isExecutable(path)),
        after: identity(theirs, path)))
    standing.append(.init(path: String(decoding: beside, as: UTF8.self), markers: nil))
  }

  /// Replaces what is to be written to `path`, or adds that.
  mutating func write(_ path: [UInt8], _ bytes: [UInt8]) {
    let isExecutable = mine.isExecutable(path)
    if let index = changes.firstIndex(where: { $0.path == path }) {
      guard case .write(_, let mode) = changes[index].kind else { return }
      changes[index] = .init(
        path: path, kind: .write(.bytes(bytes), isExecutable: mode), before: changes[index].before,
        after: Manifest.Entry.identity(of: bytes))
    } else {
      write(path, .bytes(bytes), isExecutable)
    }
  }

  private mutating func write(
    _ path: [UInt8], _ content: PullTransaction.Change.Content, _ isExecutable: Bool?
  ) {
    makeDirectories(above: path)
    changes.append(
      .init(
        path: path, kind: .write(content, isExecutable: isExecutable), before: mine.identity(path),
        after: identity(content, path)))
  }

  /// What is written of the platform's file `path`.
  private func content(of path: [UInt8]) throws(DeployError) -> PullTransaction.Change.Content {
    guard context?.replacements[path] != nil, let sent = try remote.bytes(of: path, limit: Self.textLimit)
    else { return .remote(path) }
    return .bytes(context.onDisk(path, sent))
  }

  private func identity(_ content: PullTransaction.Change.Content, _ path: [UInt8]) -> [UInt8]? {
    switch content {
    case .own: mine.identity(path)
    case .bytes(let bytes): Manifest.Entry.identity(of: bytes)
    case .remote(let name): theirs.identity(name)
    }
  }

  private mutating func add(_ path: [UInt8], _ kind: PullTransaction.Change.Kind) {
    var before: [UInt8]?
    if case .remove = kind { before = mine.identity(path) }
    changes.append(.init(path: path, kind: kind, before: before))
  }

  private mutating func makeDirectories(above path: [UInt8]) {
    for (index, byte) in path.enumerated() where byte == UInt8(ascii: "/") {
      let above = Array(path[..<index])
      guard directories.insert(above).inserted, local?.isDirectory(above) != true else { continue }
      add(above, .makeDirectory)
    }
  }
}
