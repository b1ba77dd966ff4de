// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// A run of a package's document, made by one worker and written in its turn.
final class WorkUnit {
  /// What it stands for.
  enum Content {
    /// The entries of a plan, to be cut into parts.
    case entries(Range<Int>)
    /// The segments of a large file from one on, to be cut into single ones.
    case segments(LargeFile, from: Int)
    /// A part of the entries, being made.
    case batch(Range<Int>)
    /// One segment, being made.
    case segment(LargeFile, Int)
  }

  var content: Content
  /// What was made, once it is.
  var encoded: EncodedBox?
  var failure: PackageError?

  init(_ content: Content) { self.content = content }

  /// Whether work can still be cut from it.
  var isSupply: Bool {
    switch content {
    case .entries, .segments: true
    case .batch, .segment: false
    }
  }

  /// Whether it can be written.
  var isDone: Bool { encoded != nil || failure != nil }
}
