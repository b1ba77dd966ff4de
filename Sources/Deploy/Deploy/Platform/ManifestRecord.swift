// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import ApifyAPI
internal import Crypto
internal import FoundationEssentials
package import SourcePackage
internal import SystemIO

/// What is in a version's zip, written down beside it in the same store: the zip need not be fetched to learn
/// that nothing has changed.
///
/// It is believed only as far as it proves itself: its digest is the one in the key of the zip, and the zip
/// has the length that its key says, and, where the platform sends parts of records, the end that is noted
/// here. In its end a zip says the CRC-32 of what it holds. The first line has the zip's ``ArchiveLease``,
/// too.
package struct ManifestRecord: Sendable {
  /// The first line; the manifest follows.
  private struct Head: Codable {
    static let format = 2
    var format = Self.format
    let digest: String
    /// The SHA-256 of the zip's last bytes.
    let tail: String
    /// Where the package comes from, as the file in it says.
    var provenance: String?
    /// The end of the lease; of a record that an early version has written, nothing.
    var lease: Int?
  }

  /// A longer first line is none. A branch's name is the longest in it.
  private static let headLimit = 1 << 16

  /// What a record says.
  package struct Contents: Sendable {
    /// What the zip holds.
    package let manifest: Manifest
    /// Where that comes from, if it says so.
    package let provenance: Provenance?
    /// How long a push may still name the zip that no version names.
    let lease: ArchiveLease?
  }

  /// A longer record is not a manifest.
  private static let limit = 256 << 20
  /// How many bytes of the zip's end are looked at.
  static let tailBytes = 1 << 16

  /// The zip that it is about.
  private let zip: RecordAddress

  /// The manifest of `zip`.
  package init(of zip: RecordAddress) { self.zip = zip }

  /// Where it lies: beside the zip at `key`.
  static func key(besideZip key: String) -> String {
    (key.hasSuffix(".zip") ? String(key.dropLast(4)) : key) + suffix
  }

  /// The zip that the record at `key` is about; nil where that is no such record.
  static func zip(besideRecord key: String) -> ArchiveKey? {
    key.hasSuffix(suffix) ? ArchiveKey(key.dropLast(suffix.count) + ".zip") : nil
  }

  private static let suffix = ".manifest"

  /// What is found beside a zip.
  enum Finding {
    /// What it holds.
    case contents(Contents)
    /// What it held: the zip itself is not there any longer.
    case gone(Contents)
    /// Nothing, and nothing speaks against what its key says.
    case nothing
    /// Something that is not about the zip that is there now.
    case contradiction
  }

  /// The manifest; nil where there is none, or none that is about the zip that is there now.
  package func read(_ platform: any Platform) async throws -> Contents? {
    if case .contents(let contents) = try await look(platform) { contents } else { nil }
  }

  /// What lies beside the zip.
  func look(_ platform: any Platform) async throws -> Finding {
    guard let key = ArchiveKey(zip.key) else { return .contradiction }
    async let askedTail = platform.recordTail(store: zip.store, key: zip.key, count: Self.tailBytes)
    let contents = try await platform.record(
      store: zip.store, key: Self.key(besideZip: zip.key), limit: Self.limit)
    let tail = try await askedTail
    guard let contents else {
      return tail.map { $0.recordLength == key.byteCount } ?? true ? .nothing : .contradiction
    }
    guard tail.map({ $0.recordLength == key.byteCount }) ?? true,
      let end = contents.firstIndex(of: UInt8(ascii: "\n")),
      let head = try? JSONDecoder().decode(Head.self, from: Data(contents[..<end])),
      head.format == Head.format, tail?.bytes.map({ Self.digest($0) == head.tail }) ?? true,
      let manifest = try? Manifest(Array(contents[(end + 1)...])), manifest.digest == head.digest,
      key.holds(manifest)
    else { return .contradiction }
    let found = Contents(
      manifest: manifest, provenance: head.provenance.flatMap { Provenance(Array($0.utf8)) },
      lease: head.lease.map(ArchiveLease.init(end:)))
    return tail == nil ? .gone(found) : .contents(found)
  }

  /// Writes down that the zip, which ends with `tail`, holds `manifest`, and lets a push name it that begins
  /// to send it now.
  ///
  /// - Returns: until when.
  @discardableResult
  func write(
    _ manifest: Manifest, _ provenance: Provenance?, tail: [UInt8], _ platform: any Platform
  ) async throws -> ArchiveLease {
    let lease = ArchiveLease(from: platform.time)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let said = provenance.map { String(decoding: $0.contents, as: UTF8.self) }
    let head = try encoder.encode(
      Head(digest: manifest.digest, tail: Self.digest(tail), provenance: said, lease: lease.end))
    let contents = Array(head) + [UInt8(ascii: "\n")] + manifest.records
    try await platform.putRecord(
      store: zip.store, key: Self.key(besideZip: zip.key),
      body: RequestBody(contents, contentType: "application/octet-stream"))
    return lease
  }

  /// Until when a push may name the zip at `key` of `store`; nil where that is not written down. No more than
  /// the first line is read.
  static func lease(
    ofZip key: String, in store: String, _ platform: any Platform
  ) async throws -> ArchiveLease? {
    struct Enough: Error {}
    var head: [UInt8] = []
    do {
      _ = try await platform.readRecord(store: store, key: Self.key(besideZip: key), onBegin: { head = [] }) {
        for offset in 0..<$0.byteCount {
          let byte = $0.byte(at: offset)
          if byte == UInt8(ascii: "\n") || head.count > headLimit { throw Enough() }
          head.append(byte)
        }
      }
      return nil
    } catch is Enough {
      return try? JSONDecoder().decode(Head.self, from: Data(head)).lease.map(ArchiveLease.init(end:))
    }
  }

  private static func digest(_ bytes: [UInt8]) -> String { Hex.lowercase(SHA256.hash(data: bytes)) }
}
