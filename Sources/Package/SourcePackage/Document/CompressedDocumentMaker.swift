// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deflate
internal import SourceTree
internal import SystemIO

/// Makes the entries of a document and compresses them, each unit for itself: ``CompressedFiles`` puts them
/// together.
///
/// Base64 of what is compressed already has nothing that repeats: searching it would take most of the time
/// and find nothing. It is only given codes of six bits a character, which brings it back to the size it came
/// from.
struct CompressedDocumentMaker: EntryEncoder, ~Copyable {
  private static let level: Int32 = 6

  private var maker: DocumentMaker
  private var stream: DeflateStream?
  private var plain = WriteBuffer(capacity: 1 << 16)

  init(_ reader: consuming FileReader) { maker = DocumentMaker(compressing: reader) }

  mutating func make(_ range: Range<Int>, into encoded: inout EncodedUnit) throws(SourceTreeError) -> UnitEnd
  {
    let end = try maker.make(range, into: &encoded)
    try compress(&encoded)
    return end
  }

  mutating func make(_ segment: Int, of large: LargeFile, into encoded: inout EncodedUnit)
    throws(SourceTreeError)
  {
    try maker.make(segment, of: large, into: &encoded)
    try compress(&encoded)
  }

  private mutating func compress(_ encoded: inout EncodedUnit) throws(SourceTreeError) {
    encoded.plain = EncodedUnit.Plain(count: encoded.bytes.count, crc: crc32(encoded.bytes.bytes))
    swap(&plain, &encoded.bytes)
    encoded.bytes.truncate(to: 0)
    if stream == nil {
      do { stream = try DeflateStream(format: .raw, level: Self.level) } catch {
        throw SourceTreeError(.unreadable, path: [], system: SystemError(code: ENOMEM))
      }
    }
    Self.compress(plain, with: &stream, into: &encoded)
    stream?.beginAnew(into: &encoded.bytes)
    // What an odd text has blown up is not kept.
    if plain.capacity > 4 << 20 { plain = WriteBuffer(capacity: 1 << 16) }
  }

  private static func compress(
    _ plain: borrowing WriteBuffer, with stream: inout DeflateStream?, into encoded: inout EncodedUnit
  ) {
    let plain = plain.bytes
    var start = 0
    for range in encoded.incompressible {
      write(plain.extracting(start..<range.lowerBound), .standard, with: &stream, into: &encoded)
      write(plain.extracting(range), .huffmanOnly, with: &stream, into: &encoded)
      start = range.upperBound
    }
    write(plain.extracting(start...), .standard, with: &stream, into: &encoded)
  }

  private static func write(
    _ bytes: RawSpan, _ strategy: DeflateStrategy, with stream: inout DeflateStream?,
    into encoded: inout EncodedUnit
  ) {
    if bytes.byteCount == 0 { return }
    stream?.setParameters(level: level, strategy: strategy, into: &encoded.bytes)
    stream?.write(bytes, into: &encoded.bytes)
  }
}
