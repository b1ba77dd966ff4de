// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deflate
internal import SourceTree
internal import SystemIO

/// Compresses the contents of a zip's members, where that pays.
struct ZipPacker: ~Copyable {
  /// How far back deflate refers.
  static let window = 32 << 10

  private var probe = CompressionProbe()
  private var chooser: EffortChooser
  private var stream: DeflateStream
  /// What `compress` made.
  private(set) var compressed = WriteBuffer(capacity: 1 << 16)

  init() throws(DeflateError) {
    let chooser = try EffortChooser()
    stream = try DeflateStream(format: .raw)
    self.chooser = chooser
  }

  /// Compresses a whole member; false where that does not make it shorter.
  mutating func compress(_ bytes: RawSpan) -> Bool {
    compressed.truncate(to: 0)
    guard bytes.byteCount > 0, probe.pays(bytes) else { return false }
    chooser.choose(for: bytes).apply(to: &stream)
    stream.write(bytes, into: &compressed)
    stream.beginAnew(finishing: true, into: &compressed)
    return compressed.count < bytes.byteCount
  }

  /// Whether it would pay to compress a sample of a large member: what lies behind the first `start` of
  /// `bytes`.
  mutating func pays(_ bytes: RawSpan, from start: Int) -> Bool { probe.paysHere(bytes, from: start) }

  /// Compresses a segment of a large member behind `output`; `before` is what lies before it.
  mutating func compress(
    segment bytes: RawSpan, behind before: RawSpan, isLast: Bool, into output: inout WriteBuffer
  ) {
    // A stretch that won't get shorter is only wrapped.
    let effort = probe.pays(bytes) ? chooser.choose(for: bytes) : .none
    effort.apply(to: &stream)
    if before.byteCount > 0 { stream.prime(with: before) }
    stream.write(bytes, into: &output)
    stream.beginAnew(finishing: isLast, into: &output)
  }
}
