// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deflate
internal import SystemIO

/// Finds out by samples whether compressing pays: media, archives and keys come back from deflate as long as
/// they went in, after most of the time that the whole package takes.
struct CompressionProbe: ~Copyable {
  /// How much is looked at in one place, and in how many places.
  static let sampleSize = 8 << 10
  static let sampleCount = 4
  /// Less than this is compressed without asking.
  static let smallest = 4 << 10

  private var stream: DeflateStream
  private var histogram = [Int](repeating: 0, count: 256)

  init() throws(DeflateError) { stream = try DeflateStream(format: .raw, level: 1) }

  /// Whether it pays to compress `bytes`.
  mutating func pays(_ bytes: RawSpan) -> Bool {
    guard bytes.byteCount >= Self.smallest else { return true }
    for offset in Self.offsets(in: bytes.byteCount) {
      if paysHere(bytes.extracting(offset..<min(offset + Self.sampleSize, bytes.byteCount))) { return true }
    }
    return false
  }

  /// Where the samples of `count` bytes begin: spread evenly, from the first byte to the last.
  static func offsets(in count: Int) -> [Int] {
    let last = max(0, count - sampleSize)
    if last == 0 { return [0] }
    let steps = min(sampleCount, (count + sampleSize - 1) / sampleSize) - 1
    return (0...steps).map { last * $0 / steps }
  }

  /// Whether it would pay to compress `sample`: by a thirtieth, or it is not worth the time.
  mutating func paysHere(_ sample: RawSpan) -> Bool {
    // What uses few of the 256 values gains by that alone; only the rest has to be tried.
    if usesFewValues(sample) { return true }
    var compressed = 0
    stream.write(sample) { compressed += $0.byteCount }
    stream.beginAnew(finishing: true) { compressed += $0.byteCount }
    return compressed < sample.byteCount - sample.byteCount / 30
  }

  /// Whether half of `sample` consists of at most 64 values: random bytes have 128 for that.
  private mutating func usesFewValues(_ sample: RawSpan) -> Bool {
    for index in histogram.indices { histogram[index] = 0 }
    for offset in 0..<sample.byteCount { histogram[Int(sample.byte(at: offset))] += 1 }
    histogram.sort(by: >)
    return histogram.prefix(64).reduce(0, +) * 2 > sample.byteCount
  }
}
