// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO
internal import Zip

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
  var encoded: EncodedUnit?
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

/// What a unit of work made: bytes of the package and of the digest's records, and what they count.
final class EncodedUnit: @unchecked Sendable {
  // One thread has it at a time: who makes it, then who writes it.
  /// What goes to the sink.
  var bytes = WriteBuffer(capacity: 1 << 16)
  /// What goes into the digest.
  var records = WriteBuffer(capacity: 1 << 12)
  var summary = PackageSummary()
  /// The large file that ends with it.
  var completes: LargeFile?
  /// Where in a document lies base64 that compressing won't make shorter than its six bits a character.
  var incompressible: [Range<Int>] = []
  /// What a compressed document was before.
  var plain: Plain?
  /// The members of a zip that begin in it.
  var members: [ZipMember] = []
  /// The segment of a zip's large member that it is.
  var segment: ZipSegment?

  /// Bytes before compression.
  struct Plain {
    let count: Int
    let crc: UInt32
  }

  init() {}

  /// Makes it ready for other contents.
  func clear() {
    bytes.truncate(to: 0)
    records.truncate(to: 0)
    summary = PackageSummary()
    completes = nil
    incompressible.removeAll(keepingCapacity: true)
    plain = nil
    members.removeAll(keepingCapacity: true)
    segment = nil
  }

  /// The memory that it occupies.
  var footprint: Int { bytes.capacity + records.capacity }
}
