// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SourceTree
internal import Synchronization
internal import SystemIO

/// Puts the units of a package together: hands out work in the package's order, takes what is made in any
/// order, and has it written in the right one. What waits to be written is bounded, so a slow output stops
/// the readers.
final class OrderedEncoder: Sendable {
  /// How many bytes of encoded units may wait.
  private static let budget = 8 << 20
  /// How many units may be under way.
  private static let unitLimit = 64
  /// How many entries a unit of small files has at the most.
  fileprivate static let batchLimit = 64
  /// A unit with fewer bytes than this could have had more entries.
  fileprivate static let smallBatch = 1 << 17

  fileprivate struct State {
    var units: [WorkUnit]
    var waitingBytes = 0
    /// How many entries the next unit gets: fewer where files are large, or one thread would have them all.
    var batchCount = OrderedEncoder.batchLimit
    var isWriting = false
    var failure: PackageError?
    var spare: [EncodedBox] = []
    var summary = PackageSummary()
  }

  private let state: Monitor<State>
  /// Only who writes adds to it; the lock says so to the compiler.
  private let digest = Mutex(PackageDigest())
  private let sink: any ByteSink
  private let format: any PackageFormat
  private let settings: PackageWriter.Settings

  init(
    entryCount: Int, sink: any ByteSink, format: any PackageFormat, settings: PackageWriter.Settings
  ) {
    state = Monitor(State(units: entryCount == 0 ? [] : [WorkUnit(.entries(0..<entryCount))]))
    self.sink = sink
    self.format = format
    self.settings = settings
  }

  /// What a thread does next.
  private enum Step {
    case make(WorkUnit, into: EncodedBox)
    /// Nothing is left to do, or of use.
    case end
  }

  /// The next unit to make and an encoded unit to make it in; nil when nothing is left to do, or of use.
  func next() -> (unit: WorkUnit, encoded: EncodedBox)? {
    let step = state.wait { [settings] state -> Step? in
      if settings.cancellation?.isCancelled == true, state.failure == nil { state.failure = .interrupted }
      if state.failure != nil || state.units.isEmpty { return .end }
      guard let place = state.units.firstIndex(where: \.isSupply) else { return nil }
      // The first in line may always be made: everything else waits for it.
      if place > 0, state.waitingBytes > Self.budget || state.units.count > Self.unitLimit { return nil }
      guard let unit = state.cut(at: place) else { return nil }
      return .make(unit, into: state.spare.popLast() ?? EncodedBox(hasDigest: settings.hasDigest))
    }
    return switch step {
    case .make(let unit, let encoded): (unit, encoded)
    case .end: nil
    }
  }

  /// Whether there is work that no thread has taken yet.
  var hasSupply: Bool { state.withLock { $0.units.contains(where: \.isSupply) } }

  /// Takes what was made of `unit`, and gives back to the supply what was left of it.
  func finished(_ unit: WorkUnit, _ encoded: EncodedBox, leaving left: [WorkUnit.Content]) {
    state.withLock { state in
      unit.encoded = encoded
      state.waitingBytes += encoded.unit.footprint
      if case .batch(let range) = unit.content {
        state.adapt(producing: encoded.unit.bytes.count, of: range, leaving: left)
      }
      if !left.isEmpty, let place = state.units.firstIndex(where: { $0 === unit }) {
        state.units.insert(contentsOf: left.map(WorkUnit.init), at: place + 1)
      }
    }
    write()
  }

  /// Takes notice that `unit` can't be made. What comes before it is still written, so that the same tree
  /// fails in the same way.
  func failed(_ unit: WorkUnit, _ failure: PackageError) {
    state.withLock { _ in unit.failure = failure }
    write()
  }

  /// Writes what is done and in turn, unless another thread is at it: that one goes on to what this one
  /// brought.
  private func write() {
    while let box = takeNext() {
      do throws(PackageError) {
        let written = try write(&box.unit)
        let total = try state.withLock { state throws(PackageError) in
          state.isWriting = false
          state.summary.add(written.summary)
          state.waitingBytes -= written.footprint
          // A buffer that an odd text has blown up is not kept.
          if box.unit.footprint < 2 << 20 { state.spare.append(box) }
          if let limit = settings.inlineLimit, state.summary.inlineBytes > limit { throw .overLimit }
          return (files: state.summary.files, bytes: state.summary.bytes)
        }
        settings.progress?(total.files, total.bytes)
      } catch {
        state.withLock { state in
          state.failure = error
          state.isWriting = false
        }
      }
      state.wakeAll()
    }
    state.wakeAll()
  }

  /// Writes `encoded`, whose turn it is, and clears it. Returns what it counted, and the memory that it
  /// occupied while it waited.
  private func write(
    _ encoded: inout EncodedUnit
  ) throws(PackageError) -> (summary: PackageSummary, footprint: Int) {
    let footprint = encoded.footprint
    do {
      try encoded.completes?.file.checkUnchanged(afterReading: encoded.completes?.byteCount ?? 0)
      try format.bind(&encoded)
    } catch {
      throw PackageError.source(error)
    }
    do {
      try sink.write(encoded.bytes.bytes)
      try settings.manifest?.write(encoded.records.bytes)
    } catch {
      throw PackageError.output(error)
    }
    if settings.hasDigest { digest.withLock { $0.update(encoded.records.bytes) } }
    var summary = encoded.summary
    summary.documentBytes += encoded.plain?.count ?? encoded.bytes.count
    encoded.clear()
    return (summary, footprint)
  }

  private func takeNext() -> EncodedBox? {
    state.withLock { state in
      guard !state.isWriting, state.failure == nil, let first = state.units.first, first.isDone else {
        return nil
      }
      if let failure = first.failure {
        state.failure = failure
        return nil
      }
      state.units.removeFirst()
      state.isWriting = true
      return first.encoded
    }
  }

  /// What the package consists of, once all workers have ended.
  func outcome() throws(PackageError) -> PackageSummary {
    try state.withLock { state throws(PackageError) in
      if let failure = state.failure { throw failure }
      var summary = state.summary
      if settings.hasDigest { summary.digest = digest.withLock { $0.finalize() } }
      return summary
    }
  }
}

extension OrderedEncoder.State {
  /// Cuts the next piece of work from the supply at `place` and puts it before what is left of that.
  fileprivate mutating func cut(at place: Int) -> WorkUnit? {
    let supply = units[place]
    let piece: WorkUnit
    let rest: WorkUnit.Content?
    switch supply.content {
    case .entries(let range):
      let end = min(range.lowerBound + batchCount, range.upperBound)
      piece = WorkUnit(.batch(range.lowerBound..<end))
      rest = end < range.upperBound ? .entries(end..<range.upperBound) : nil
    case .segments(let large, let segment):
      piece = WorkUnit(.segment(large, segment))
      rest = segment + 1 < large.segmentCount ? .segments(large, from: segment + 1) : nil
    case .batch, .segment:
      return nil
    }
    if let rest {
      supply.content = rest
      units.insert(piece, at: place)
    } else {
      units[place] = piece
    }
    return piece
  }

  /// Learns from the batch `range`, of which `byteCount` bytes were made, how many entries the next one
  /// should have.
  fileprivate mutating func adapt(
    producing byteCount: Int, of range: Range<Int>, leaving left: [WorkUnit.Content]
  ) {
    switch left.first {
    case .entries(let rest): batchCount = max(1, rest.lowerBound - range.lowerBound)
    case .segments(let large, _): batchCount = max(1, large.index - range.lowerBound)
    case .batch, .segment, nil:
      if byteCount < OrderedEncoder.smallBatch {
        batchCount = min(2 * batchCount, OrderedEncoder.batchLimit)
      }
    }
  }
}
