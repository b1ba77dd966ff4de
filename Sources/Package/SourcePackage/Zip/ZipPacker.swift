// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deflate
internal import SourceTree
internal import SystemIO

/// Compresses the contents of a zip's members, where that pays.
struct ZipPacker: ~Copyable {
  private static let level: Int32 = 6
  /// Up to this size a file is searched for all that it has: text of people, most of the time.
  private static let smallFile = 128 << 10
  /// How far back deflate refers.
  static let window = 32 << 10

  private var probe: CompressionProbe
  private var stream: DeflateStream
  /// What `compress` made.
  private(set) var compressed = WriteBuffer(capacity: 1 << 16)

  init() throws(DeflateError) {
    let probe = try CompressionProbe()
    stream = try DeflateStream(format: .raw, level: Self.level)
    self.probe = probe
  }

  /// Compresses a whole member; false where that does not make it shorter.
  mutating func compress(_ bytes: RawSpan) -> Bool {
    compressed.truncate(to: 0)
    guard bytes.byteCount > 0, probe.pays(bytes) else { return false }
    if bytes.byteCount > Self.smallFile { hurry() }
    stream.write(bytes, into: &compressed)
    stream.beginAnew(finishing: true, into: &compressed)
    return compressed.count < bytes.byteCount
  }

  /// In large files the search is kept short: most of the time would go there, and hardly anything is found
  /// by it.
  private mutating func hurry() { stream.tune(good: 4, lazy: 4, nice: 8, chain: 4) }

  /// Whether it would pay to compress `sample` of a large member.
  mutating func pays(_ sample: RawSpan) -> Bool { probe.paysHere(sample) }

  /// Compresses a segment of a large member behind `output`; `before` is what lies before it.
  mutating func compress(
    segment bytes: RawSpan, behind before: RawSpan, isLast: Bool, into output: inout WriteBuffer
  ) {
    if before.byteCount > 0 { stream.prime(with: before) }
    // A stretch that won't get shorter is only wrapped.
    let pays = probe.pays(bytes)
    if pays { hurry() } else { stream.setParameters(level: 0, strategy: .standard, into: &output) }
    stream.write(bytes, into: &output)
    stream.beginAnew(finishing: isLast, into: &output)
    if !pays { stream.setParameters(level: Self.level, strategy: .standard, into: &output) }
  }
}
