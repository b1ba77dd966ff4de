// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import JSONText
internal import SystemIO

/// What a file's bytes say of how it is sent, and how much that is.
package struct ContentFacts: Sendable, Equatable {
  /// The first byte by which a file is no text.
  package struct Offence: Sendable, Equatable {
    /// Where it is, from 0.
    package let offset: Int
    /// A NUL, or a byte that is not UTF-8 where it stands.
    package let byte: UInt8
  }

  package private(set) var byteCount = 0
  /// Why the file is sent as BASE64; nil for TEXT.
  package private(set) var offence: Offence?
  /// Characters outside of the BMP; of a text only.
  package private(set) var supplementaryCount = 0
  /// Bytes of the text as the inside of a JSON string.
  package private(set) var escapedCount = 0

  /// How much is escaped at a time: the worst case is six times as long.
  private static let step = 1 << 16
  /// As many bytes before a step may belong to a character that it cuts.
  private static let overlap = 3

  package var format: Entry.Format { offence == nil ? .text : .base64 }

  /// What `bytes` say, in place of a file's.
  package init(of bytes: [UInt8]) {
    var escaper = JSONTextEscaper()
    let capacity = JSONTextEscaper.maximumOutputCount(for: bytes.count)
    var output = WriteBuffer(capacity: capacity)
    let isText = output.append(capacity: capacity) { escaper.escape(unsafe bytes.span.bytes, into: &$0) }
    if isText, escaper.isText {
      (escapedCount, supplementaryCount) = (output.count, escaper.supplementaryCount)
    } else {
      offence = Self.offence(in: unsafe bytes.span.bytes, at: 0)
    }
    byteCount = bytes.count
  }

  /// Reads `file`: all of a text, and else up to the first byte that is not.
  package init(reading file: borrowing OpenedFile) throws(SourceTreeError) {
    var buffer = ReadBuffer(capacity: Self.step + Self.overlap)
    var output = WriteBuffer(capacity: JSONTextEscaper.maximumOutputCount(for: Self.step))
    var escaper = JSONTextEscaper()
    var total = 0
    // What the system says of the size is believed afterwards.
    while true {
      try file.read(into: &buffer, at: total, limit: Self.step)
      if buffer.count == 0 { break }
      output.truncate(to: 0)
      let bytes = buffer.bytes
      let isText = output.append(capacity: JSONTextEscaper.maximumOutputCount(for: bytes.byteCount)) {
        escaper.escape(bytes, into: &$0)
      }
      if !isText { break }
      escapedCount += output.count
      total += buffer.count
    }
    if escaper.isText {
      try file.checkUnchanged(afterReading: total)
      supplementaryCount = escaper.supplementaryCount
    } else {
      // In the step that failed, or in the character that the file's end cuts.
      let start = max(0, total - Self.overlap)
      try file.read(into: &buffer, at: start, limit: buffer.capacity)
      offence = Self.offence(in: buffer.bytes, at: start)
      guard offence != nil else { throw file.changed() }
    }
    byteCount = file.status.byteCount
  }

  /// The first offence in `bytes`, which begin at `offset` of a file; what they go on with is no offence.
  private static func offence(in bytes: RawSpan, at offset: Int) -> Offence? {
    var start = 0
    if offset > 0 {
      while start < min(overlap, bytes.byteCount), bytes.byte(at: start) & 0xC0 == 0x80 { start += 1 }
    }
    let text = (start..<bytes.byteCount).map { bytes.byte(at: $0) }
    var place = text.firstIndex(of: 0)
    do throws(UTF8.ValidationError) { _ = try UTF8Span(validating: text.span) } catch {
      place = min(place ?? .max, error.byteOffsets.lowerBound)
    }
    return place.map { Offence(offset: offset + start + $0, byte: text[$0]) }
  }
}
