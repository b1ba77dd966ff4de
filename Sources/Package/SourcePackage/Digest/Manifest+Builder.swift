// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

extension Manifest {
  /// Makes a manifest of entries that come in any order, and of files whose contents come in parts.
  package struct Builder: ~Copyable {
    /// The records, one behind the other, as they came.
    private var records = DigestRecords()
    private var places: [(record: Range<Int>, name: Range<Int>)] = []

    /// A builder with no entries.
    package init() {}

    /// Adds a folder.
    package mutating func add(folder name: [UInt8]) {
      let start = records.count
      records.append(folder: name)
      note(start, name)
    }

    /// Adds a file of `byteCount` bytes, which `contents` gives in parts.
    package mutating func add(
      file name: [UInt8], byteCount: Int, isExecutable: Bool = false,
      contents: ((RawSpan) throws -> Void) throws -> Void
    ) throws {
      let start = records.count
      records.append(file: name, contentCount: byteCount, isExecutable: isExecutable)
      var block: [UInt8] = []
      func close() {
        // SAFETY: bytes have no padding; the array lives as long as the call.
        records.append(block: unsafe block.span.bytes)
        block.removeAll(keepingCapacity: true)
      }
      do {
        try contents { part in
          var rest = part
          while rest.byteCount > 0 {
            let count = min(rest.byteCount, ContentDigest.blockSize - block.count)
            block.append(copying: rest.extracting(..<count))
            if block.count == ContentDigest.blockSize { close() }
            rest = rest.extracting(count...)
          }
        }
      } catch {
        records.truncate(to: start)
        throw error
      }
      close()
      note(start, name)
    }

    /// Notes the record from `start` on, which begins with a kind, a length and `name`.
    private mutating func note(_ start: Int, _ name: [UInt8]) {
      let nameStart = start + 9
      places.append((start..<records.count, nameStart..<(nameStart + name.count)))
    }

    /// The manifest.
    ///
    /// - Throws: ``Malformed`` where two entries have the same name.
    package consuming func finish() throws(Malformed) -> Manifest {
      let bytes = records.array
      let isSorted = zip(places, places.dropFirst()).allSatisfy {
        bytes[$0.name].lexicographicallyPrecedes(bytes[$1.name])
      }
      if isSorted { return try Manifest(bytes) }
      places.sort { bytes[$0.name].lexicographicallyPrecedes(bytes[$1.name]) }
      var sorted: [UInt8] = []
      sorted.reserveCapacity(bytes.count)
      for place in places { sorted += bytes[place.record] }
      return try Manifest(sorted)
    }
  }
}
