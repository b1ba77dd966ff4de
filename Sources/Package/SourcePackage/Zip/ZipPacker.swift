// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deflate
internal import SourceTree
internal import SystemIO

/// Compresses the contents of a zip's members, where that pays.
struct ZipPacker: ~Copyable {
  private var probe = CompressionProbe()
  private var encoder: DeflateEncoder
  /// What `compress` made.
  private(set) var compressed = WriteBuffer(capacity: 1 << 16)

  init() throws(DeflateError) { encoder = try DeflateEncoder() }

  /// Compresses a whole member; false where that does not make it shorter.
  mutating func compress(_ bytes: RawSpan) -> Bool {
    compressed.truncate(to: 0)
    guard bytes.byteCount > 0, probe.pays(bytes) else { return false }
    encoder.encode(bytes, into: &compressed)
    return compressed.count < bytes.byteCount
  }

  /// Whether it would pay to compress a sample of a large member: what lies behind the first `start` of
  /// `bytes`.
  mutating func pays(_ bytes: RawSpan, from start: Int) -> Bool { probe.paysHere(bytes, from: start) }

  /// Compresses a segment of a large member behind `output`: what lies behind the first `history` of `bytes`.
  mutating func compress(
    segment bytes: RawSpan, behind history: Int, isLast: Bool, into output: inout WriteBuffer
  ) {
    let segment = bytes.extracting(history...)
    if probe.pays(segment) {
      encoder.encode(bytes, behind: history, isLast: isLast, into: &output)
    } else {
      DeflateEncoder.store(segment, isLast: isLast, into: &output)
    }
  }
}
