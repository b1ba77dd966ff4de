// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deflate
internal import SourceTree
internal import SystemIO

/// Makes the entries of a document and compresses them, each product for itself (`GzipDocument`).
///
/// Base64 of what is compressed already has nothing that repeats: searching it would take most of the time and find
/// nothing. It is only given codes of six bits a character, which brings it back to the size it came from.
struct CompressedDocumentMaker: UnitMaker, ~Copyable {
  private static let level: Int32 = 6

  private var maker: DocumentMaker
  private var stream: DeflateStream?
  private var plain = WriteBuffer(capacity: 1 << 16)

  init(_ plan: Plan) throws(SourceTreeError) { maker = try DocumentMaker(compressing: plan) }

  mutating func make(_ range: Range<Int>, into product: Product) throws(SourceTreeError) -> UnitEnd {
    let end = try maker.make(range, into: product)
    try compress(product)
    return end
  }

  mutating func make(_ segment: Int, of large: LargeFile, into product: Product) throws(SourceTreeError) {
    try maker.make(segment, of: large, into: product)
    try compress(product)
  }

  private mutating func compress(_ product: Product) throws(SourceTreeError) {
    product.plain = Product.Plain(count: product.bytes.count, crc: crc32(product.bytes.bytes))
    swap(&plain, &product.bytes)
    product.bytes.truncate(to: 0)
    if stream == nil {
      do { stream = try DeflateStream(format: .raw, level: Self.level) } catch {
        throw SourceTreeError(.unreadable, path: [], system: SystemError(code: ENOMEM))
      }
    }
    Self.compress(plain, with: &stream, into: product)
    stream?.beginAnew(finishing: false, into: &product.bytes)
    // What an odd text has blown up is not kept.
    if plain.capacity > 4 << 20 { plain = WriteBuffer(capacity: 1 << 16) }
  }

  private static func compress(
    _ plain: borrowing WriteBuffer, with stream: inout DeflateStream?, into product: Product
  ) {
    let plain = plain.bytes
    var start = 0
    for range in product.incompressible {
      write(plain.extracting(start..<range.lowerBound), .standard, with: &stream, into: product)
      write(plain.extracting(range), .huffmanOnly, with: &stream, into: product)
      start = range.upperBound
    }
    write(plain.extracting(start...), .standard, with: &stream, into: product)
  }

  private static func write(
    _ bytes: RawSpan, _ strategy: DeflateStrategy, with stream: inout DeflateStream?, into product: Product
  ) {
    if bytes.byteCount == 0 { return }
    stream?.setParameters(level: level, strategy: strategy, into: &product.bytes)
    stream?.write(bytes, into: &product.bytes)
  }
}
