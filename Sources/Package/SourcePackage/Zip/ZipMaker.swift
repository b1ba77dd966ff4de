// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deflate
internal import SourceTree
internal import SystemIO
internal import Zip

/// Makes the members of a zip: reads files, compresses what gets shorter by it, and digests.
///
/// A file of one block is compressed before its header is written, so the header says all. A larger one is
/// cut into segments that are compressed side by side: each refers back to the end of the one before, and
/// ends on a byte, so that behind each other they are one deflate stream; sizes and CRC-32 stand behind them.
/// A large file that is stored is read twice, for its CRC-32 must stand before it: a reader that can't seek
/// would not find the end of one without sizes.
struct ZipMaker: EntryEncoder, ~Copyable {
  /// From how many bytes on a batch is given away, and its rest left to others.
  private static let batchBytes = 1 << 19

  private var reader: FileReader
  private var packer: ZipPacker

  init(_ reader: consuming FileReader) throws(SourceTreeError) {
    do { packer = try ZipPacker() } catch {
      throw SourceTreeError(.unreadable, path: [], system: SystemError(code: ENOMEM))
    }
    self.reader = reader
  }

  mutating func make(_ range: Range<Int>, into encoded: inout EncodedUnit) throws(SourceTreeError) -> UnitEnd
  {
    for index in range {
      if encoded.bytes.count >= Self.batchBytes { return .full(index) }
      if reader.turn(to: index) == .directory {
        encoded.summary.folders += 1
        encoded.records.append(folder: reader.path)
        let member = ZipMember(method: .stored, isFolder: true, isExecutable: false, hasDescriptor: false)
        Self.begin(member, name: reader.path + [UInt8(ascii: "/")], in: &encoded)
        continue
      }
      let file = try reader.open(index)
      if file.status.byteCount > ContentDigest.blockSize {
        let treatment = try Self.treatment(of: file, &reader, &packer)
        return .large(LargeFile(file, index: index, path: reader.path, treatment: treatment))
      }
      try Self.makeSmall(file, &reader, &packer, into: &encoded)
    }
    return .complete
  }

  mutating func make(_ segment: Int, of large: LargeFile, into encoded: inout EncodedUnit)
    throws(SourceTreeError)
  {
    if segment == 0 { Self.begin(large, in: &encoded) }
    try Self.make(segment, of: large, &reader, &packer, into: &encoded)
  }

  // The reader's bytes live as long as the reader is lent: what works on them takes the two apart.

  private static func makeSmall(
    _ file: borrowing OpenedFile, _ reader: inout FileReader, _ packer: inout ZipPacker,
    into encoded: inout EncodedUnit
  ) throws(SourceTreeError) {
    try reader.readAll(of: file)
    let count = reader.bytes.byteCount
    noteFile(reader.path, count, file.status, in: &encoded)
    encoded.records.append(block: reader.bytes)
    encoded.summary.bytes += count
    let isShorter = packer.compress(reader.bytes)
    let member = ZipMember(
      method: isShorter ? .deflated : .stored, isFolder: false, isExecutable: file.status.isExecutable,
      hasDescriptor: false, crc: crc32(reader.bytes), compressed: isShorter ? packer.compressed.count : count,
      size: count)
    begin(member, name: reader.path, in: &encoded)
    if isShorter { encoded.bytes.append(packer.compressed.bytes) } else { encoded.bytes.append(reader.bytes) }
  }

  private static func make(
    _ segment: Int, of large: LargeFile, _ reader: inout FileReader, _ packer: inout ZipPacker,
    into encoded: inout EncodedUnit
  ) throws(SourceTreeError) {
    var history = 0
    if case .deflated = large.treatment { history = DeflateEncoder.window }
    let count = try reader.read(segment, of: large, history: history)
    let bytes = reader.bytes.extracting(..<count)
    let isLast = segment + 1 == large.segmentCount
    encoded.records.append(block: bytes)
    encoded.summary.bytes += count
    let start = encoded.bytes.count
    if case .stored = large.treatment {
      encoded.bytes.append(bytes)
    } else {
      let behind = reader.bytesBehindHistory.extracting(..<(reader.history + count))
      packer.compress(segment: behind, behind: reader.history, isLast: isLast, into: &encoded.bytes)
    }
    encoded.segment = ZipSegment(
      crc: crc32(bytes), size: count, compressed: encoded.bytes.count - start, isLast: isLast)
    if isLast { encoded.completes = large }
  }

  /// Whether to compress a large file; its CRC-32 where not.
  private static func treatment(
    of file: borrowing OpenedFile, _ reader: inout FileReader, _ packer: inout ZipPacker
  ) throws(SourceTreeError) -> LargeFile.Treatment {
    for sample in CompressionProbe.samples(of: file.status.byteCount) {
      let start = CompressionProbe.start(of: sample)
      try reader.read(from: file, at: start, limit: sample.upperBound - start)
      // What is shorter has shrunk meanwhile, which is noticed when it is read to be sent.
      if packer.pays(reader.bytes, from: min(sample.lowerBound - start, reader.bytes.byteCount)) {
        return .deflated
      }
    }
    var crc: UInt32 = 0
    var offset = 0
    while offset < file.status.byteCount {
      try reader.read(from: file, at: offset, limit: ContentDigest.blockSize)
      if reader.bytes.byteCount == 0 { break }
      crc = crc32(reader.bytes, continuing: crc)
      offset += reader.bytes.byteCount
    }
    return .stored(crc: crc)
  }

  private static func begin(_ large: LargeFile, in encoded: inout EncodedUnit) {
    let isExecutable = large.file.status.isExecutable
    noteFile(large.path, large.byteCount, large.file.status, in: &encoded)
    let member =
      switch large.treatment {
      case .stored(let crc):
        ZipMember(
          method: .stored, isFolder: false, isExecutable: isExecutable, hasDescriptor: false, crc: crc,
          compressed: large.byteCount, size: large.byteCount)
      default:
        ZipMember(
          method: .deflated, isFolder: false, isExecutable: isExecutable, hasDescriptor: true,
          size: large.byteCount)
      }
    begin(member, name: large.path, in: &encoded)
  }

  private static func noteFile(
    _ path: [UInt8], _ count: Int, _ status: FileStatus, in encoded: inout EncodedUnit
  ) {
    encoded.summary.zippedFiles += 1
    encoded.records.append(file: path, contentCount: count, isExecutable: status.isExecutable)
  }

  private static func begin(_ member: ZipMember, name: [UInt8], in encoded: inout EncodedUnit) {
    encoded.members.append(member)
    ZipRecords.appendLocalHeader(member, name: name, to: &encoded.bytes)
  }
}
