// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Crypto
internal import SystemIO

/// The records that ``PackageDigest`` is made of, as far as they are made: none at all where no digest is
/// asked for, since they are a quarter of the work on a package of small files.
struct DigestRecords: ~Copyable {
  private let areMade: Bool
  private var buffer: WriteBuffer

  /// No records, with room for `capacity` bytes of them.
  init(areMade: Bool = true, capacity: Int = 1 << 12) {
    self.areMade = areMade
    buffer = WriteBuffer(capacity: areMade ? capacity : 0)
  }

  /// The records, one behind the other.
  var bytes: RawSpan { @_lifetime(borrow self) get { buffer.bytes } }
  /// The same, copied.
  var array: [UInt8] { buffer.array }
  /// How many bytes they have.
  var count: Int { buffer.count }
  /// The memory that they occupy.
  var capacity: Int { buffer.capacity }

  /// Leaves no more than the first `count` bytes.
  mutating func truncate(to count: Int) { buffer.truncate(to: count) }

  /// Appends the record of a folder.
  mutating func append(folder name: [UInt8]) {
    guard areMade else { return }
    buffer.append("d")
    append(name.count)
    buffer.append(name)
  }

  /// Appends the beginning of a file's record; the blocks of its content follow.
  mutating func append(file name: [UInt8], contentCount: Int, isExecutable: Bool = false) {
    guard areMade else { return }
    buffer.append(isExecutable ? "x" : "f")
    append(name.count)
    buffer.append(name)
    append(contentCount)
  }

  /// Appends the record of a file with this ``Manifest/Entry/identity``.
  mutating func append(file name: [UInt8], identity: [UInt8]) {
    guard areMade else { return }
    buffer.append("f")
    append(name.count)
    buffer.append(name)
    buffer.append(identity)
  }

  /// Appends the SHA-256 of `block`, at most ``ContentDigest/blockSize`` bytes; of none, nothing.
  mutating func append(block: RawSpan) {
    guard areMade, block.byteCount > 0 else { return }
    var hash = SHA256()
    // SAFETY: read only, within the call.
    unsafe block.withUnsafeBytes { unsafe hash.update(bufferPointer: $0) }
    let digest = hash.finalize()
    unsafe digest.withUnsafeBytes { buffer.append(unsafe RawSpan(_unsafeBytes: $0)) }
  }

  private mutating func append(_ number: Int) {
    // SAFETY: an integer has no padding, and eight bytes have room for it.
    buffer.append(capacity: 8) { unsafe $0.append(UInt64(number).bigEndian, as: UInt64.self) }
  }
}
