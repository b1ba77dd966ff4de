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
  /// Where each record begins: a package may have a million files, and a push compares three manifests.
  fileprivate let starts: [UInt32]
  /// Of a package with nothing in it.
  package static let empty = Manifest(records: [], starts: [])

  private init(records: [UInt8], starts: [UInt32]) {
    self.records = records
    self.starts = starts
  }

  /// Reads `records`.
  ///
  /// - Throws: ``Malformed`` where they are cut off, out of order, no records at all, or 4 GiB and more.
  package init(_ records: [UInt8]) throws(Malformed) {
    guard records.count < UInt32.max else { throw Malformed() }
    var starts: [UInt32] = []
    var reader = ManifestReader(records[...])
    var last: ArraySlice<UInt8>?
    while let (start, entry) = try reader.next() {
      if let last, !last.lexicographicallyPrecedes(entry.name) { throw Malformed() }
      last = entry.name
      starts.append(UInt32(start))
    }
    self.init(records: records, starts: starts)
  }

  /// The entries, in the byte order of their names.
  package var entries: Entries { Entries(manifest: self) }

  /// The entries of a manifest, each read from its record.
  package struct Entries: RandomAccessCollection, Sendable {
    fileprivate let manifest: Manifest

    package var startIndex: Int { 0 }
    package var endIndex: Int { manifest.starts.count }

    package subscript(index: Int) -> Entry {
      var reader = ManifestReader(manifest.records[Int(manifest.starts[index])...])
      // What was read once is no longer malformed.
      return (try? reader.next())?.entry ?? Entry(kind: 0, name: [], byteCount: 0, blocks: [])
    }
  }

  /// Reads the records that a package's writer has given to `sink`.
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

  /// The same with files of these identities at their paths; nil for no file.
  package func replacing(_ files: [[UInt8]: [UInt8]?]) -> Manifest {
    if files.isEmpty { return self }
    var kept: [(name: ArraySlice<UInt8>, record: [UInt8])] = []
    for index in entries.indices {
      let entry = entries[index]
      if !entry.isFolder, files.keys.contains(Array(entry.name)) { continue }
      let end = index + 1 < starts.count ? Int(starts[index + 1]) : records.count
      kept.append((entry.name, Array(records[Int(starts[index])..<end])))
    }
    for case (let name, let identity?) in files {
      var record = DigestRecords()
      record.append(file: name, identity: identity)
      kept.append((name[...], record.array))
    }
    kept.sort { $0.name.lexicographicallyPrecedes($1.name) }
    return (try? Manifest(kept.flatMap(\.record))) ?? self
  }

  package static func == (left: Manifest, right: Manifest) -> Bool { left.records == right.records }
}

extension Manifest.Entry {
  /// The file `name` of this ``identity``; nil where that is none.
  package init?(file name: [UInt8], identity: [UInt8]) {
    var record = DigestRecords()
    record.append(file: name, identity: identity)
    let bytes = record.array
    guard let manifest = try? Manifest(bytes), manifest.entries.count == 1, let entry = manifest.entries.first
    else { return nil }
    self = entry
  }

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
