// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deflate
internal import SystemIO

/// How hard deflate searches for repetitions.
struct SearchEffort {
  /// zlib's bounds of a search (`DeflateStream.tune`).
  private struct Bounds {
    let good: Int32
    let lazy: Int32
    let nice: Int32
    let chain: Int32
  }

  private let level: Int32
  private let strategy: DeflateStrategy
  private let bounds: Bounds?

  /// What `zip -6` and `gzip` do.
  static let full = SearchEffort(level: 6, strategy: .standard, bounds: nil)
  /// Nothing is compressed, only wrapped.
  static let none = SearchEffort(level: 0, strategy: .standard, bounds: nil)

  // In the order of their cost. Below level 4 zlib takes the first match, and `lazy` bounds the length up to
  // which all of a match is remembered.

  /// For what repeats itself at length: tables, logs.
  static let brief = SearchEffort(
    level: 3, strategy: .standard, bounds: Bounds(good: 4, lazy: 16, nice: 8, chain: 8))
  /// For short patterns that are exact repetitions or none: code.
  static let greedy = SearchEffort(
    level: 3, strategy: .standard, bounds: Bounds(good: 4, lazy: 258, nice: 32, chain: 16))
  /// For what has few values and few long repetitions: words, numbers in text.
  static let long = SearchEffort(
    level: 6, strategy: .filtered, bounds: Bounds(good: 4, lazy: 4, nice: 8, chain: 3))
  /// A short search for a better match a byte further on.
  static let short = SearchEffort(
    level: 6, strategy: .standard, bounds: Bounds(good: 4, lazy: 4, nice: 16, chain: 16))
  /// Half of the full search.
  static let half = SearchEffort(
    level: 6, strategy: .standard, bounds: Bounds(good: 8, lazy: 16, nice: 64, chain: 64))

  /// Makes `stream` search like this: for one that has just been made or begun anew, before it is primed.
  func apply(to stream: inout DeflateStream) {
    // Nothing has been written that could be emitted.
    stream.setParameters(level: level, strategy: strategy) { _ in }
    if let bounds {
      stream.tune(good: bounds.good, lazy: bounds.lazy, nice: bounds.nice, chain: bounds.chain)
    }
  }
}
