// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import FoundationEssentials
internal import PlatformModel
internal import Zip

/// What a version's source has in it, to be looked at.
struct SourceListing: Sendable {
  /// How many entries a page shows, and how much of a file, in bytes.
  static let shown = 2000
  static let shownBytes = 1 << 20

  struct Item: Sendable {
    let name: [UInt8]
    /// In bytes; nil for a folder.
    let size: Int?
    let note: String

    var shownName: String { String(decoding: name, as: UTF8.self) }
  }

  private(set) var items: [Item] = []
  /// Where the source is, if the emulator does not have it.
  private(set) var place: String?
  /// Why the source can't be read.
  private(set) var problem: String?

  var fileCount: Int { items.count { $0.size != nil } }
  var byteCount: Int { items.reduce(0) { $0 + ($1.size ?? 0) } }

  /// The source of `version`; a zip is looked for where its address says.
  init(of version: VersionRecord, from source: BuildSource) {
    switch version.source {
    case .gitRepository(let address), .gist(let address): place = address
    case .files(let files):
      items = files.map { file in
        switch file.kind {
        case .folder: Item(name: Array(file.name.utf8), size: nil, note: "")
        case .file(let format, let content):
          Item(
            name: Array(file.name.utf8), size: Self.byteCount(content, format),
            note: format == .text ? "text" : "binary")
        }
      }
    case .tarball(let address):
      do {
        items = try source.archive(at: address).entries.map { entry in
          Item(
            name: entry.name, size: entry.isFolder ? nil : entry.byteCount,
            note: entry.isFolder ? "" : entry.isExecutable ? "executable" : "")
        }
      } catch {
        problem = error.description
      }
    }
    items.sort { $0.name.lexicographicallyPrecedes($1.name) }
  }

  /// The bytes of the file `name`; nil where there is none or where it is too large to be shown.
  static func bytes(of name: [UInt8], in version: VersionRecord, from source: BuildSource) -> [UInt8]? {
    switch version.source {
    case .gitRepository, .gist: return nil
    case .files(let files):
      guard let file = files.first(where: { $0.name.utf8.elementsEqual(name) }),
        case .file(let format, let content) = file.kind, byteCount(content, format) <= shownBytes
      else { return nil }
      return format == .text ? Array(content.utf8) : Data(base64Encoded: content).map { Array($0) }
    case .tarball(let address):
      guard let archive = try? source.archive(at: address),
        let entry = archive.entries.first(where: { $0.name == name && !$0.isFolder })
      else { return nil }
      return (try? archive.bytes(of: entry, limit: shownBytes)) ?? nil
    }
  }

  private static func byteCount(_ content: String, _ format: SourceFile.Format) -> Int {
    let count = content.utf8.count
    if format == .text { return count }
    return count / 4 * 3 - content.utf8.suffix(2).count { $0 == UInt8(ascii: "=") }
  }
}
