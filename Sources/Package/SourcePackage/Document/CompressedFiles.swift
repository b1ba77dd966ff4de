// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deflate
internal import SystemIO

/// The files of a document, compressed before it is known what stands around them: that depends on what the
/// platform holds, which is asked for meanwhile.
package struct CompressedFiles: Sendable {
  /// Deflate blocks that end on a byte; none of them is the last one.
  let blocks: [UInt8]
  /// The CRC-32 of what they hold.
  let crc: UInt32
  /// How many bytes they hold.
  let count: Int

  /// How many bytes they take up.
  package var byteCount: Int { blocks.count }

  /// How many bytes the document under `head`, with `provenance` as its last file, has before its
  /// compression.
  package func documentBytes(under head: DocumentHead, _ provenance: Provenance? = nil) -> Int {
    head.opening().count + count + closing(provenance).count
  }

  /// The document under `head`, with `provenance` as its last file, as one gzip member (RFC 1952), without a
  /// date, a name and a system.
  package func document(under head: DocumentHead, _ provenance: Provenance? = nil) -> [UInt8] {
    let opening = head.opening()
    let closing = closing(provenance)
    var document: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
    document.reserveCapacity(blocks.count + opening.count + 100)
    Self.append(stored: opening, to: &document)
    document += blocks
    Self.append(stored: closing, to: &document)
    // An empty block with the fixed codes, marked as the last one.
    document += [0x03, 0x00]
    var crc = crc32Combine(Self.crc(opening), crc, secondLength: count)
    crc = crc32Combine(crc, Self.crc(closing), secondLength: closing.count)
    for number in [crc, UInt32(truncatingIfNeeded: opening.count + count + closing.count)] {
      for shift in stride(from: 0, to: 32, by: 8) {
        document.append(UInt8(truncatingIfNeeded: number >> shift))
      }
    }
    return document
  }

  private func closing(_ provenance: Provenance?) -> [UInt8] {
    (provenance?.documentEntry(isFirst: count == 0) ?? []) + DocumentHead.closing
  }

  /// Appends `text` as stored blocks (RFC 1951 §3.2.4): it is short, unless there are long environment
  /// variables.
  private static func append(stored text: [UInt8], to document: inout [UInt8]) {
    var rest = text[...]
    while !rest.isEmpty {
      let block = rest.prefix(0xFFFF)
      let count = UInt16(block.count)
      document += [0, UInt8(count & 255), UInt8(count >> 8), UInt8(~count & 255), UInt8(~count >> 8)]
      document += block
      rest = rest.dropFirst(block.count)
    }
  }

  private static func crc(_ text: [UInt8]) -> UInt32 {
    // SAFETY: bytes have no padding; the array lives as long as the call.
    crc32(unsafe text.span.bytes)
  }
}
