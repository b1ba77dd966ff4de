// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO
internal import Zip

/// What a unit of work made: bytes of the package and of the digest's records, and what they count.
struct EncodedUnit: ~Copyable {
  /// What goes to the sink.
  var bytes = WriteBuffer(capacity: 1 << 16)
  /// What goes into the digest.
  var records: DigestRecords
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

  /// A unit for a package that has a digest, or has none.
  init(hasDigest: Bool) { records = DigestRecords(areMade: hasDigest) }

  /// Bytes before compression.
  struct Plain {
    let count: Int
    let crc: UInt32
  }

  /// Makes it ready for other contents.
  mutating func clear() {
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

/// An encoded unit on its way: one thread has it at a time, who makes it, then who writes it. Each of them
/// takes hold of the unit once, and not whenever it appends.
final class EncodedBox: @unchecked Sendable {
  var unit: EncodedUnit

  init(hasDigest: Bool) { unit = EncodedUnit(hasDigest: hasDigest) }
}
