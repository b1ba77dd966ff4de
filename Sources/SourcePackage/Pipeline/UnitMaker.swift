// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Base64Stream
internal import JSONText
internal import POSIX
internal import SourceTree

/// Makes units of work on one thread: reads files, decides on TEXT or BASE64, encodes and digests.
struct UnitMaker: ~Copyable {
  /// From how many bytes of document on a batch is given away, and its rest left to others.
  private static let batchBytes = 1 << 19
  /// How much text is escaped at a time: its worst case is six times as long.
  private static let escapeStep = 1 << 16

  private let plan: Plan
  private var reader: PlanReader
  // Room for a character that begins in a segment and ends in the next.
  private var buffer = ReadBuffer(capacity: ContentDigest.blockSize + 4)
  private var path: [UInt8] = []

  init(_ plan: Plan) throws(SourceTreeError) {
    self.plan = plan
    reader = try PlanReader(plan)
  }

  /// Where a batch ended early.
  enum Stop {
    /// It is complete.
    case none
    /// The entry at this index and those behind it are left.
    case full(Int)
    /// The entry at this index is a large file; it and those behind it are left.
    case large(LargeFile)
  }

  /// Makes the entries `range`, as far as they fit into one product.
  mutating func make(_ range: Range<Int>, into product: Product) throws(SourceTreeError) -> Stop {
    for index in range {
      if product.document.count >= Self.batchBytes { return .full(index) }
      plan.path(of: index, into: &path)
      if plan.entries[index].kind == .folder {
        product.summary.folders += 1
        PackageDigest.append(name: path, contentCount: nil, to: &product.records)
        begin(path, at: index, in: product)
        product.document.append(",\"folder\":true}")
        continue
      }
      let file = try reader.open(index)
      if file.status.byteCount > ContentDigest.blockSize {
        return .large(try LargeFile(file, index: index, path: path, buffer: &buffer))
      }
      try makeSmall(file, index, into: product)
    }
    return .none
  }

  /// Makes a whole file in one go: it is read, then told to be as it was.
  private mutating func makeSmall(
    _ file: borrowing OpenedFile, _ index: Int, into product: Product
  ) throws(SourceTreeError) {
    do throws(SystemError) {
      buffer.clear()
      // A file that has grown shows by one byte too many.
      while try buffer.read(from: file.descriptor) > 0, !buffer.isFull, buffer.count <= file.status.byteCount
      {
        if buffer.count == file.status.byteCount { break }
      }
    } catch {
      throw file.failure(error)
    }
    try file.checkUnchanged(afterReading: buffer.count)
    PackageDigest.append(name: path, contentCount: buffer.count, to: &product.records)
    if buffer.count > 0 { ContentDigest.append(buffer.bytes, to: &product.records) }
    begin(path, at: index, in: product)
    let start = product.document.count
    product.document.append(",\"format\":\"TEXT\",\"content\":\"")
    var escaper = JSONTextEscaper()
    let inlineBytes: Int
    if escape(buffer.bytes, with: &escaper, into: product), escaper.finish() {
      product.summary.textFiles += 1
      inlineBytes = buffer.count + escaper.supplementaryCount
    } else {
      product.document.truncate(to: start)
      product.document.append(",\"format\":\"BASE64\",\"content\":\"")
      product.summary.base64Files += 1
      inlineBytes = Base64Encoder.encodedCount(buffer.count)
      encode(buffer.bytes, isLast: true, into: product)
    }
    product.document.append("\"}")
    product.summary.bytes += buffer.count
    product.summary.inlineBytes += inlineBytes
    product.summary.note(PackageSummary.Share(path: path, inlineBytes: inlineBytes))
  }

  /// Makes one segment of a large file. Segments are made out of turn, so none knows more than its own bytes.
  mutating func make(_ segment: Int, of large: LargeFile, into product: Product) throws(SourceTreeError) {
    let offset = segment * ContentDigest.blockSize
    let isLast = segment + 1 == large.segmentCount
    do throws(SystemError) {
      try buffer.fill(from: large.file.descriptor, at: offset, limit: ContentDigest.blockSize + 4)
    } catch {
      throw large.file.failure(error)
    }
    let count = min(ContentDigest.blockSize, large.byteCount - offset)
    guard isLast ? buffer.count == count : buffer.count > count else { throw large.file.changed() }
    if segment == 0 {
      PackageDigest.append(name: large.path, contentCount: large.byteCount, to: &product.records)
      begin(large.path, at: large.index, in: product)
      product.document.append(
        large.format == .text
          ? ",\"format\":\"TEXT\",\"content\":\"" : ",\"format\":\"BASE64\",\"content\":\"")
    }
    ContentDigest.append(buffer.bytes.extracting(..<count), to: &product.records)
    if large.format == .text {
      // A character belongs to the segment that it begins in.
      let start = segment == 0 ? 0 : continuationBytes(at: 0)
      let end = count + continuationBytes(at: count)
      var escaper = JSONTextEscaper()
      guard escape(buffer.bytes.extracting(start..<end), with: &escaper, into: product), escaper.finish()
      else {
        throw large.file.changed()
      }
      product.summary.inlineBytes += end - start + escaper.supplementaryCount
    } else {
      encode(buffer.bytes.extracting(..<count), isLast: isLast, into: product)
      product.summary.inlineBytes += Base64Encoder.encodedCount(count)
    }
    product.summary.bytes += count
    if isLast {
      product.document.append("\"}")
      if large.format == .text { product.summary.textFiles += 1 } else { product.summary.base64Files += 1 }
      let inline = large.format == .text ? large.byteCount : Base64Encoder.encodedCount(large.byteCount)
      product.summary.note(PackageSummary.Share(path: large.path, inlineBytes: inline))
      product.completes = large
    }
  }

  /// Begins the entry `name` at `index`: all up to and with its name.
  private func begin(_ name: [UInt8], at index: Int, in product: Product) {
    product.document.append(index == 0 ? "{\"name\":" : ",{\"name\":")
    JSONString.append(name, to: &product.document)
  }

  /// How many bytes at `start` of the buffer go on with a character that began before.
  private func continuationBytes(at start: Int) -> Int {
    var end = start
    while end < buffer.count, buffer.bytes.byte(at: end) & 0xC0 == 0x80 { end += 1 }
    return end - start
  }

  private func escape(
    _ bytes: RawSpan, with escaper: inout JSONTextEscaper, into product: Product
  ) -> Bool {
    var rest = bytes
    while rest.byteCount > 0 {
      let step = rest.extracting(..<min(rest.byteCount, Self.escapeStep))
      let isText = product.document.append(room: JSONTextEscaper.maximumOutputCount(for: step.byteCount)) {
        output in
        escaper.escape(step, into: &output)
      }
      if !isText { return false }
      rest = rest.extracting(step.byteCount...)
    }
    return true
  }

  private func encode(_ bytes: RawSpan, isLast: Bool, into product: Product) {
    var encoder = Base64Encoder()
    product.document.append(room: encoder.outputCount(adding: bytes.byteCount) + 4) { output in
      encoder.encode(bytes, into: &output)
      if isLast { encoder.finish(into: &output) }
    }
  }
}
