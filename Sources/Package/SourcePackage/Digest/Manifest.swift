// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// What a package holds, without the contents: the records of ``PackageDigest``, which is their SHA-256. So a
/// manifest proves itself, and two packages can be compared file by file when neither is at hand.
package struct Manifest: Sendable, Equatable {
  /// A folder or a file.
  package struct Entry: Sendable {
    /// `d`, `f` or `x`, as in the digest.
    let kind: UInt8
    /// Its path, relative to the project directory.
    package let name: ArraySlice<UInt8>
    /// Its size in bytes; 0 for a folder.
    package let byteCount: Int
    /// The SHA-256 of each of its blocks.
    let blocks: ArraySlice<UInt8>

    /// Whether it is a folder.
    package var isFolder: Bool { kind == UInt8(ascii: "d") }

    /// Whether it is an executable file, where that is known.
    package var isExecutable: Bool { kind == UInt8(ascii: "x") }

    /// What is the same for all files of the same content, and for no others.
    package var identity: [UInt8] {
      // SAFETY: read only, within the call.
      unsafe withUnsafeBytes(of: UInt64(byteCount).bigEndian) { unsafe Array($0) } + blocks
    }

    /// Whether `other` is the same folder, or a file of the same content; whether it may be executed is left
    /// out of account where the other's form of package doesn't say.
    package func hasSameContent(as other: Entry) -> Bool {
      isFolder == other.isFolder && byteCount == other.byteCount && blocks == other.blocks
    }
  }

  /// Why bytes are no manifest.
  package struct Malformed: Error {}

  /// The records, one behind the other.
  package let records: [UInt8]
  /// Of a package with nothing in it.
  package static let empty = Manifest()

  /// The entries, in the byte order of their names.
  package let entries: [Entry]

  private init() { (records, entries) = ([], []) }

  /// Reads `records`.
  ///
  /// - Throws: ``Malformed`` where they are cut off, out of order, or no records at all.
  package init(_ records: [UInt8]) throws(Malformed) {
    var entries: [Entry] = []
    var rest = records[...]
    while let kind = rest.popFirst() {
      let name = try Self.take(try Self.takeNumber(&rest), from: &rest)
      if let last = entries.last, !last.name.lexicographicallyPrecedes(name) { throw Malformed() }
      switch kind {
      case UInt8(ascii: "d"): entries.append(Entry(kind: kind, name: name, byteCount: 0, blocks: []))
      case UInt8(ascii: "f"), UInt8(ascii: "x"):
        let count = try Self.takeNumber(&rest)
        let blockCount = count / ContentDigest.blockSize + (count % ContentDigest.blockSize == 0 ? 0 : 1)
        let blocks = try Self.take(blockCount * ContentDigest.byteCount, from: &rest)
        entries.append(Entry(kind: kind, name: name, byteCount: count, blocks: blocks))
      default: throw Malformed()
      }
    }
    self.records = records
    self.entries = entries
  }

  /// The records that a package's writer has given to `sink`.
  package init(writtenTo sink: MemorySink) {
    do throws(Malformed) { self = try Manifest(sink.bytes ?? []) } catch {
      // The writer's own records, in the plan's order.
      preconditionFailure("a package's records are no manifest")
    }
  }

  /// The package digest, 64 hexadecimal digits.
  package var digest: String {
    var digest = PackageDigest()
    // SAFETY: bytes have no padding; the array lives as long as the call.
    digest.update(unsafe records.span.bytes)
    return digest.finalize()
  }

  /// How many of its entries are files.
  package var fileCount: Int { entries.count { !$0.isFolder } }

  private static func takeNumber(_ rest: inout ArraySlice<UInt8>) throws(Malformed) -> Int {
    let number = try take(8, from: &rest).reduce(into: UInt64(0)) { $0 = $0 << 8 | UInt64($1) }
    guard number < UInt64(Int.max) >> 8 else { throw Malformed() }
    return Int(number)
  }

  private static func take(
    _ count: Int, from rest: inout ArraySlice<UInt8>
  ) throws(Malformed) -> ArraySlice<UInt8> {
    guard count <= rest.count else { throw Malformed() }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }

  package static func == (left: Manifest, right: Manifest) -> Bool { left.records == right.records }
}

extension Manifest {
  /// Makes a manifest of entries that come in any order, and of files whose contents come in parts.
  package struct Builder {
    private var records: [(name: [UInt8], record: [UInt8])] = []

    /// A builder with no entries.
    package init() {}

    /// Adds a folder.
    package mutating func add(folder name: [UInt8]) {
      var record = WriteBuffer(capacity: 64)
      PackageDigest.append(folder: name, to: &record)
      records.append((name, record.array))
    }

    /// Adds a file of `byteCount` bytes, which `contents` gives in parts.
    package mutating func add(
      file name: [UInt8], byteCount: Int, isExecutable: Bool = false,
      contents: ((RawSpan) throws -> Void) throws -> Void
    ) throws {
      var record = WriteBuffer(capacity: 128)
      PackageDigest.append(name: name, contentCount: byteCount, isExecutable: isExecutable, to: &record)
      var block: [UInt8] = []
      func close() {
        // SAFETY: bytes have no padding; the array lives as long as the call.
        if !block.isEmpty { ContentDigest.append(unsafe block.span.bytes, to: &record) }
        block.removeAll(keepingCapacity: true)
      }
      try contents { part in
        var rest = part
        while rest.byteCount > 0 {
          let count = min(rest.byteCount, ContentDigest.blockSize - block.count)
          // SAFETY: read only, within the call.
          unsafe rest.extracting(..<count).withUnsafeBytes { unsafe block.append(contentsOf: $0) }
          if block.count == ContentDigest.blockSize { close() }
          rest = rest.extracting(count...)
        }
      }
      close()
      records.append((name, record.array))
    }

    /// The manifest.
    ///
    /// - Throws: ``Malformed`` where two entries have the same name.
    package consuming func finish() throws(Malformed) -> Manifest {
      records.sort { $0.name.lexicographicallyPrecedes($1.name) }
      return try Manifest(records.flatMap(\.record))
    }
  }
}

extension Manifest.Entry {
  /// The identity of a file of `byteCount` bytes, which `contents` gives in parts.
  package static func identity(
    byteCount: Int, contents: ((RawSpan) throws -> Void) throws -> Void
  ) throws -> [UInt8] {
    var builder = Manifest.Builder()
    try builder.add(file: [], byteCount: byteCount, contents: contents)
    return try builder.finish().entries.first?.identity ?? []
  }

  /// The identity of a file that holds `bytes`.
  package static func identity(of bytes: [UInt8]) -> [UInt8] {
    // SAFETY: bytes have no padding; the array lives as long as the call.
    (try? identity(byteCount: bytes.count) { try $0(unsafe bytes.span.bytes) }) ?? []
  }
}
