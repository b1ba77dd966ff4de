// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

extension CheckedPackage {
  /// Entries in byte order of their paths, a directory before what it holds.
  ///
  /// All paths lie behind each other in one piece of memory; an ``Entry`` with its own is made where one is
  /// looked at. What goes over all entries looks at ``records`` and ``path(_:)``.
  package struct Entries: RandomAccessCollection, Sendable {
    /// An entry without its path.
    struct Record {
      let byteCount: Int
      let kind: Entry.Kind
      let traits: Traits
      let isBroughtBack: Bool
    }

    private(set) var records: [Record] = []
    private var paths: [UInt8] = []
    /// Where each path ends in `paths`.
    private var ends: [Int] = []

    /// No entries yet, and room for `count`.
    package init(reservingCapacity count: Int = 0) {
      records.reserveCapacity(count)
      ends.reserveCapacity(count)
    }

    package init(_ entries: [Entry]) {
      self.init(reservingCapacity: entries.count)
      for entry in entries {
        append(
          entry.path, entry.kind, byteCount: entry.byteCount, traits: entry.traits,
          isBroughtBack: entry.isBroughtBack)
      }
    }

    /// Appends the entry at `path`, which comes after all that are there.
    package mutating func append(
      _ path: [UInt8], _ kind: Entry.Kind, byteCount: Int = 0, traits: Traits = [],
      isBroughtBack: Bool = false
    ) {
      paths.append(contentsOf: path)
      ends.append(paths.count)
      records.append(
        Record(byteCount: byteCount, kind: kind, traits: traits, isBroughtBack: isBroughtBack))
    }

    package var startIndex: Int { 0 }
    package var endIndex: Int { records.count }

    package subscript(index: Int) -> Entry {
      let record = records[index]
      return Entry(
        Array(path(index)), record.kind, byteCount: record.byteCount, traits: record.traits,
        isBroughtBack: record.isBroughtBack)
    }

    /// The path of the entry at `index`; its own indices begin anywhere.
    func path(_ index: Int) -> ArraySlice<UInt8> { paths[(index == 0 ? 0 : ends[index - 1])..<ends[index]] }

    /// The index of the first entry whose path is not less than `path`.
    func firstIndex(notBefore path: [UInt8]) -> Int {
      var (low, high) = (0, count)
      while low < high {
        let middle = low + (high - low) / 2
        if self.path(middle).lexicographicallyPrecedes(path) { low = middle + 1 } else { high = middle }
      }
      return low
    }
  }
}
