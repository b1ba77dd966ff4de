// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Base64Stream
internal import JSONText
internal import SourceTree
internal import SystemIO

/// Makes the records of a package's digest and no package: reads files, digests them, and counts what they
/// would be inline, where that is asked for.
struct DigestMaker: EntryEncoder, ~Copyable {
  /// From how many bytes of files on a batch is given away, and its rest left to others.
  private static let batchBytes = 1 << 19

  private var reader: FileReader
  /// Whether the records are those of a zip, which knows what is executable.
  private let isZip: Bool
  private let countsInlineBytes: Bool

  init(_ reader: consuming FileReader, isZip: Bool, countsInlineBytes: Bool) {
    self.reader = reader
    self.isZip = isZip
    self.countsInlineBytes = countsInlineBytes
  }

  mutating func make(_ range: Range<Int>, into encoded: inout EncodedUnit) throws(SourceTreeError) -> UnitEnd
  {
    for index in range {
      if encoded.summary.bytes >= Self.batchBytes { return .full(index) }
      if reader.turn(to: index) == .directory {
        encoded.summary.folders += 1
        encoded.records.append(folder: reader.path)
        continue
      }
      let file = try reader.open(index)
      if file.status.byteCount > ContentDigest.blockSize {
        if countsInlineBytes {
          let classifier = try reader.classify(file)
          count(file.status.byteCount, classifier, of: reader.path, in: &encoded.summary)
        }
        return .large(LargeFile(file, index: index, path: reader.path, treatment: .digested))
      }
      try reader.readAll(of: file)
      begin(reader.path, reader.bytes.byteCount, file.status, in: &encoded)
      encoded.records.append(block: reader.bytes)
      encoded.summary.bytes += reader.bytes.byteCount
      if countsInlineBytes {
        var classifier = TextClassifier()
        _ = classifier.scan(reader.bytes)
        count(reader.bytes.byteCount, classifier, of: reader.path, in: &encoded.summary)
      }
    }
    return .complete
  }

  mutating func make(_ segment: Int, of large: LargeFile, into encoded: inout EncodedUnit)
    throws(SourceTreeError)
  {
    let count = try reader.read(segment, of: large)
    if segment == 0 { begin(large.path, large.byteCount, large.file.status, in: &encoded) }
    encoded.records.append(block: reader.bytes.extracting(..<count))
    encoded.summary.bytes += count
    if segment + 1 == large.segmentCount { encoded.completes = large }
  }

  private func begin(_ path: [UInt8], _ count: Int, _ status: FileStatus, in encoded: inout EncodedUnit) {
    encoded.records.append(file: path, contentCount: count, isExecutable: isZip && status.isExecutable)
  }

  private func count(
    _ byteCount: Int, _ classifier: TextClassifier, of path: [UInt8], in summary: inout PackageSummary
  ) {
    let inlineBytes: Int
    if classifier.isText {
      summary.textFiles += 1
      inlineBytes = byteCount + classifier.supplementaryCount
    } else {
      summary.base64Files += 1
      inlineBytes = Base64Encoder.encodedCount(byteCount)
    }
    summary.inlineBytes += inlineBytes
    summary.note(path, bytes: byteCount)
  }
}
