// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Base64Stream
internal import JSONText
internal import SourceTree
internal import SystemIO

/// Makes the entries of a version's document: reads files, decides on TEXT or BASE64, encodes and digests.
struct DocumentMaker: EntryEncoder, ~Copyable {
  /// From how many bytes of document on a batch is given away, and its rest left to others.
  private static let batchBytes = 1 << 19
  /// How much text is escaped at a time: its worst case is six times as long.
  private static let escapeStep = 1 << 16

  private var reader: FileReader
  /// Where the document will be compressed: finds what compressing won't shorten.
  private var probe: CompressionProbe?

  init(_ reader: consuming FileReader) { self.reader = reader }

  /// A maker of a document that will be compressed.
  init(compressing reader: consuming FileReader) {
    self.reader = reader
    probe = CompressionProbe()
  }

  mutating func make(_ range: Range<Int>, into encoded: inout EncodedUnit) throws(SourceTreeError) -> UnitEnd
  {
    for index in range {
      if encoded.bytes.count >= Self.batchBytes { return .full(index) }
      if reader.turn(to: index) == .directory {
        encoded.summary.folders += 1
        encoded.records.append(folder: reader.path)
        Self.begin(reader.path, at: index, in: &encoded)
        encoded.bytes.append(",\"folder\":true}")
        continue
      }
      let file = try reader.open(index)
      if file.status.byteCount > ContentDigest.blockSize {
        let isText = try reader.classify(file).isText
        return .large(
          LargeFile(file, index: index, path: reader.path, treatment: isText ? .text : .base64))
      }
      try Self.makeSmall(file, index, &reader, &probe, into: &encoded)
    }
    return .complete
  }

  /// Makes a whole file in one go.
  private static func makeSmall(
    _ file: borrowing OpenedFile, _ index: Int, _ reader: inout FileReader,
    _ probe: inout CompressionProbe?, into encoded: inout EncodedUnit
  ) throws(SourceTreeError) {
    try reader.readAll(of: file)
    let count = reader.bytes.byteCount
    encoded.records.append(file: reader.path, contentCount: count)
    encoded.records.append(block: reader.bytes)
    begin(reader.path, at: index, in: &encoded)
    let start = encoded.bytes.count
    encoded.bytes.append(",\"format\":\"TEXT\",\"content\":\"")
    var escaper = JSONTextEscaper()
    let inlineBytes: Int
    if escape(reader.bytes, with: &escaper, into: &encoded), escaper.isText {
      encoded.summary.textFiles += 1
      inlineBytes = count + escaper.supplementaryCount
    } else {
      encoded.bytes.truncate(to: start)
      encoded.bytes.append(",\"format\":\"BASE64\",\"content\":\"")
      encoded.summary.base64Files += 1
      inlineBytes = Base64Encoder.encodedCount(count)
      encode(reader.bytes, isLast: true, into: &encoded, &probe)
    }
    encoded.bytes.append("\"}")
    encoded.summary.bytes += count
    encoded.summary.inlineBytes += inlineBytes
    encoded.summary.note(reader.path, bytes: count)
  }

  mutating func make(_ segment: Int, of large: LargeFile, into encoded: inout EncodedUnit)
    throws(SourceTreeError)
  {
    try Self.make(segment, of: large, &reader, &probe, into: &encoded)
  }

  private static func make(
    _ segment: Int, of large: LargeFile, _ reader: inout FileReader, _ probe: inout CompressionProbe?,
    into encoded: inout EncodedUnit
  ) throws(SourceTreeError) {
    let isText = if case .text = large.treatment { true } else { false }
    let count = try reader.read(segment, of: large)
    let isLast = segment + 1 == large.segmentCount
    if segment == 0 {
      encoded.records.append(file: large.path, contentCount: large.byteCount)
      begin(large.path, at: large.index, in: &encoded)
      encoded.bytes.append(
        isText ? ",\"format\":\"TEXT\",\"content\":\"" : ",\"format\":\"BASE64\",\"content\":\"")
    }
    encoded.records.append(block: reader.bytes.extracting(..<count))
    if isText {
      // A character belongs to the segment that it begins in.
      let start = segment == 0 ? 0 : continuationBytes(in: reader.bytes, at: 0)
      let end = count + continuationBytes(in: reader.bytes, at: count)
      var escaper = JSONTextEscaper()
      guard
        escape(reader.bytes.extracting(start..<end), with: &escaper, into: &encoded), escaper.isText
      else {
        throw large.file.changed()
      }
      encoded.summary.inlineBytes += end - start + escaper.supplementaryCount
    } else {
      encode(reader.bytes.extracting(..<count), isLast: isLast, into: &encoded, &probe)
      encoded.summary.inlineBytes += Base64Encoder.encodedCount(count)
    }
    encoded.summary.bytes += count
    if isLast {
      encoded.bytes.append("\"}")
      if isText { encoded.summary.textFiles += 1 } else { encoded.summary.base64Files += 1 }
      encoded.summary.note(large.path, bytes: large.byteCount)
      encoded.completes = large
    }
  }

  /// Begins the entry `name` at `index`: all up to and with its name.
  private static func begin(_ name: [UInt8], at index: Int, in encoded: inout EncodedUnit) {
    encoded.bytes.append(index == 0 ? "{\"name\":" : ",{\"name\":")
    JSONString.append(name, to: &encoded.bytes)
  }

  /// How many bytes at `start` of `bytes` go on with a character that began before.
  private static func continuationBytes(in bytes: RawSpan, at start: Int) -> Int {
    var end = start
    while end < bytes.byteCount, bytes.byte(at: end) & 0xC0 == 0x80 { end += 1 }
    return end - start
  }

  private static func escape(
    _ bytes: RawSpan, with escaper: inout JSONTextEscaper, into encoded: inout EncodedUnit
  ) -> Bool {
    var rest = bytes
    while rest.byteCount > 0 {
      let step = rest.extracting(..<min(rest.byteCount, Self.escapeStep))
      let isText = encoded.bytes.append(capacity: JSONTextEscaper.maximumOutputCount(for: step.byteCount)) {
        output in
        escaper.escape(step, into: &output)
      }
      if !isText { return false }
      rest = rest.extracting(step.byteCount...)
    }
    return true
  }

  private static func encode(
    _ bytes: RawSpan, isLast: Bool, into encoded: inout EncodedUnit, _ probe: inout CompressionProbe?
  ) {
    let start = encoded.bytes.count
    var encoder = Base64Encoder()
    encoded.bytes.append(capacity: encoder.outputCount(adding: bytes.byteCount) + 4) { output in
      encoder.encode(bytes, into: &output)
      if isLast { encoder.finish(into: &output) }
    }
    if probe?.pays(bytes) == false { encoded.incompressible.append(start..<encoded.bytes.count) }
  }
}
