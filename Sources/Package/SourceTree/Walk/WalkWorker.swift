// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Git
internal import IgnoreRules
internal import Synchronization
internal import SystemIO

/// Scans directories, one after the other, on one thread.
struct WalkWorker: ~Copyable {
  /// A name that is in, or may be.
  private struct Candidate {
    let name: DirectoryScanner.Name
    /// The index of its decision; -1 where nothing speaks about it.
    let decision: Int32
  }

  let walk: Walk
  private let rules: InclusionRules
  var scanner = DirectoryScanner()
  var probe: FormatProbe
  var filler = ChunkFiller()
  /// The anchored path of the entry at hand.
  var path = WriteBuffer(capacity: 4096)
  // Of the directory at hand.
  private var candidates: [Candidate] = []
  private var decisions: [InclusionRules.Decision] = []

  init(_ walk: Walk) {
    self.walk = walk
    rules = walk.inclusionRules
    probe = FormatProbe(screen: walk.options.screen)
  }

  /// Scans what the queue gives until it gives nothing more.
  mutating func run(onBacklog: () -> Void = {}) {
    var batch: [WalkedDirectory] = []
    // The queue is told of directories without subdirectories when the batch is done: no thread waits for
    // them.
    var progress = WalkQueue.Progress()
    while true {
      if batch.isEmpty {
        if progress.directories > 0 { _ = walk.queue.finished(&progress, with: []) }
        walk.queue.next(into: &batch)
      }
      guard let directory = batch.popLast() else { break }
      do throws(SourceTreeError) {
        try scan(directory)
        walk.options.meter?.add(directory.childCount)
        progress.directories += 1
        progress.entries += directory.childCount
        progress.nameBytes += filler.nameBytes
        if !directory.subdirectories.isEmpty,
          walk.queue.finished(&progress, with: directory.subdirectories) > Walk.backlogForThreads
        {
          onBacklog()
        }
      } catch {
        // The rest of the batch is not scanned any more, and no thread waits for it.
        walk.queue.failed(error, with: progress.directories + 1 + batch.count)
        progress = WalkQueue.Progress()
        batch = []
      }
    }
    filler.finish()
  }

  private mutating func scan(_ directory: WalkedDirectory) throws(SourceTreeError) {
    filler.begin()
    guard let handle = try open(directory) else { return filler.end(directory) }
    directory.parentHandle = nil
    try enterRules(of: directory, handle)
    if directory.exclusion != nil { return filler.end(directory) }
    if scanner.names.isEmpty { warnOfMissingSubmodule(directory) }
    let keepsOpen = DirectoryHandle.openCount.load(ordering: .relaxed) < DirectoryHandle.openLimit
    path.truncate(to: 0)
    path.append(walk.prefix)
    path.append(directory.path)
    if !directory.path.isEmpty { path.append("/") }
    let basename = path.count
    decide(in: directory, basename: basename)
    // Only what is left needs an order.
    sortCandidates()
    // A name has up to 255 bytes.
    let isPlain = walk.options.detail == .names && basename + 255 < SourceTreeError.longestPath
    for index in candidates.indices {
      let candidate = candidates[index]
      if isPlain, candidate.decision < 0, case .file = candidate.name.kind,
        Self.isASCII(scanner.bytes(of: candidate.name))
      {
        filler.append(WalkedDirectory.Child(kind: .file, rule: -1), candidate.name, in: scanner)
        continue
      }
      set(candidate.name, basename: basename)
      let decision = candidate.decision < 0 ? Self.plain : decisions[Int(candidate.decision)]
      try take(
        candidate.name, decision, basename: basename, in: directory, handle, keepsOpen: keepsOpen)
    }
    filler.end(directory)
  }

  private static let plain = InclusionRules.Decision(outcome: .included, rule: nil)

  private mutating func set(_ name: DirectoryScanner.Name, basename: Int) {
    path.truncate(to: basename)
    scanner.append(name, to: &path)
  }

  /// Finds the candidates among the names.
  private mutating func decide(in directory: WalkedDirectory, basename: Int) {
    candidates.removeAll(keepingCapacity: true)
    decisions.removeAll(keepingCapacity: true)
    let context = directory.context
    let mayBeQuick = rules.allowsQuickDecisions(context, basename: basename)
    var tracking = DirectoryTracking.unknown
    for index in scanner.names.indices {
      let name = scanner.names[index]
      set(name, basename: basename)
      if mayBeQuick {
        switch rules.quickDecision(
          path.span, basename: basename, isDirectory: name.isDirectory, context: context, &tracking)
        {
        case .included:
          candidates.append(Candidate(name: name, decision: -1))
          continue
        case .excluded: continue
        case .unclear: break
        }
      }
      let decision = rules.decide(
        path.span, basename: basename, isDirectory: name.isDirectory, context: context)
      if decision.outcome == .excluded || (decision.outcome == .entered && !name.isDirectory) {
        if walk.options.recordsExcluded, let rule = decision.rule {
          directory.excluded.append(
            Plan.Excluded(path: relativePath, isDirectory: name.isDirectory, rule: rule))
        }
      } else {
        candidates.append(Candidate(name: name, decision: Int32(decisions.count)))
        decisions.append(decision)
      }
    }
  }

  private mutating func sortCandidates() {
    var sorted: [Candidate] = []
    swap(&sorted, &candidates)
    sorted.sort { scanner.precedes($0.name, $1.name) }
    swap(&sorted, &candidates)
  }

  var relativePath: [UInt8] { path.array(from: walk.prefix.count) }

  private static func isASCII(_ bytes: Span<UInt8>) -> Bool {
    var all: UInt8 = 0
    for index in bytes.indices { all |= bytes[index] }
    return all < 0x80
  }
}
