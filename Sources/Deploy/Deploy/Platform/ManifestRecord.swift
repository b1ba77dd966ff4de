// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import ApifyAPI
internal import FoundationEssentials
package import SourcePackage

/// What is in a version's zip, written down beside it in the same store: the zip itself need not be fetched
/// to learn that nothing has changed. It names the zip by its length, for other programs change zips without
/// writing down anything.
package struct ManifestRecord: Sendable {
  /// The first line; the manifest follows.
  private struct Head: Codable {
    static let format = 1
    var format = Self.format
    let digest: String
    let zipBytes: Int
    /// Where the package comes from, as the file in it says.
    var provenance: String?
  }

  /// What a record says.
  package struct Contents: Sendable {
    /// What the zip holds.
    package let manifest: Manifest
    /// Where that comes from, if it says so.
    package let provenance: Provenance?
  }

  /// A longer record is not a manifest.
  private static let limit = 256 << 20

  /// The zip that it is about.
  private let zip: RecordAddress

  /// The manifest of `zip`.
  package init(of zip: RecordAddress) { self.zip = zip }

  /// Where it lies: beside the zip.
  private var key: String {
    (zip.key.hasSuffix(".zip") ? String(zip.key.dropLast(4)) : zip.key) + ".manifest"
  }

  /// The manifest; nil where there is none, or where it is about another zip than the one that is there now.
  package func read(_ platform: any Platform) async throws -> Contents? {
    async let askedLength = platform.recordLength(store: zip.store, key: zip.key)
    let contents = try await platform.record(store: zip.store, key: key, limit: Self.limit)
    let length = try await askedLength
    guard let contents, let end = contents.firstIndex(of: UInt8(ascii: "\n")),
      let head = try? JSONDecoder().decode(Head.self, from: Data(contents[..<end])),
      head.format == Head.format,
      head.zipBytes == length, let manifest = try? Manifest(Array(contents[(end + 1)...])),
      manifest.digest == head.digest
    else { return nil }
    return Contents(manifest: manifest, provenance: head.provenance.flatMap { Provenance(Array($0.utf8)) })
  }

  /// Writes down that the zip of `zipBytes` bytes holds `manifest`.
  func write(
    _ manifest: Manifest, _ provenance: Provenance?, zipBytes: Int, _ platform: any Platform
  ) async throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let digest = manifest.digest
    let said = provenance.map { String(decoding: $0.contents(digest: digest), as: UTF8.self) }
    let head = try encoder.encode(Head(digest: digest, zipBytes: zipBytes, provenance: said))
    let contents = Array(head) + [UInt8(ascii: "\n")] + manifest.records
    try await platform.putRecord(
      store: zip.store, key: key,
      body: RequestBody(contents, contentType: "application/octet-stream"))
  }
}
