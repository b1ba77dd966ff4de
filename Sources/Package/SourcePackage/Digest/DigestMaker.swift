// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SourceTree
internal import SystemIO

/// Makes the records of a package's digest and nothing else: reads files and digests them.
struct DigestMaker: EntryEncoder, ~Copyable {
  /// From how many bytes of files on a batch is given away, and its rest left to others.
  private static let batchBytes = 1 << 19

  private var reader: FileReader
  /// Whether the records are those of a zip, which knows what is executable.
  private let isZip: Bool

  init(_ plan: Plan, isZip: Bool) throws(SourceTreeError) {
    reader = try FileReader(plan)
    self.isZip = isZip
  }

  mutating func make(_ range: Range<Int>, into encoded: EncodedUnit) throws(SourceTreeError) -> UnitEnd {
    for index in range {
      if encoded.summary.bytes >= Self.batchBytes { return .full(index) }
      if reader.turn(to: index) == .folder {
        PackageDigest.append(folder: reader.path, to: &encoded.records)
        continue
      }
      let file = try reader.open(index)
      if file.status.byteCount > ContentDigest.blockSize {
        return .large(LargeFile(file, index: index, path: reader.path, treatment: .digested))
      }
      try reader.readAll(of: file)
      begin(reader.path, reader.bytes.byteCount, file.status, in: encoded)
      if reader.bytes.byteCount > 0 { ContentDigest.append(reader.bytes, to: &encoded.records) }
      encoded.summary.bytes += reader.bytes.byteCount
    }
    return .complete
  }

  mutating func make(_ segment: Int, of large: LargeFile, into encoded: EncodedUnit) throws(SourceTreeError) {
    let count = try reader.read(segment, of: large)
    if segment == 0 { begin(large.path, large.byteCount, large.file.status, in: encoded) }
    ContentDigest.append(reader.bytes.extracting(..<count), to: &encoded.records)
    encoded.summary.bytes += count
    if segment + 1 == large.segmentCount { encoded.completes = large }
  }

  private func begin(_ path: [UInt8], _ count: Int, _ status: FileStatus, in encoded: EncodedUnit) {
    PackageDigest.append(
      name: path, contentCount: count, isExecutable: isZip && status.isExecutable, to: &encoded.records)
  }
}
