// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SourceTree

/// Makes units of work on one thread: the bytes that a form of package has for them.
protocol EntryEncoder: ~Copyable, SendableMetatype {
  /// Makes the entries `range`, as far as they fit into one encoded unit.
  mutating func make(_ range: Range<Int>, into encoded: inout EncodedUnit) throws(SourceTreeError) -> UnitEnd

  /// Makes one segment of a large file. Segments are made out of turn, so none knows more than its own bytes.
  mutating func make(_ segment: Int, of large: LargeFile, into encoded: inout EncodedUnit)
    throws(SourceTreeError)
}

/// Where a batch of entries ended.
enum UnitEnd {
  /// It is complete.
  case complete
  /// The encoded unit is large enough; the entry at this index and those behind it are left.
  case full(Int)
  /// The entry at this index is a large file; it and those behind it are left.
  case large(LargeFile)
}

extension EntryEncoder where Self: ~Copyable {
  /// Makes `unit`, and says what of it is left to be made.
  mutating func make(
    _ unit: WorkUnit, into encoded: inout EncodedUnit
  ) throws(SourceTreeError) -> [WorkUnit.Content] {
    switch unit.content {
    case .batch(let range):
      switch try make(range, into: &encoded) {
      case .complete: return []
      case .full(let index): return [.entries(index..<range.upperBound)]
      case .large(let large):
        let rest = large.index + 1
        return [.segments(large, from: 0)]
          + (rest < range.upperBound ? [.entries(rest..<range.upperBound)] : [])
      }
    case .segment(let large, let segment):
      try make(segment, of: large, into: &encoded)
      return []
    case .entries, .segments:
      return []
    }
  }
}
