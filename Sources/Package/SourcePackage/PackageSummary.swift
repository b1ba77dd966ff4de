// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// What a package consists of, counted while it was written.
package struct PackageSummary: Sendable, Equatable {
  /// A file and its size.
  package struct Share: Sendable, Equatable {
    /// Its path, relative to the project directory.
    package let path: [UInt8]
    /// Its size in bytes.
    package let bytes: Int
  }

  /// Files sent as TEXT.
  package var textFiles = 0
  /// Files sent as BASE64.
  package var base64Files = 0
  /// Files in a zip, which knows no formats.
  package var zippedFiles = 0
  /// Folder entries.
  package var folders = 0
  /// Bytes of all files.
  package var bytes = 0
  /// Bytes of content as the platform counts them against its inline limit: BASE64 encoded, and one more for
  /// each character outside of the BMP than its UTF-8 has.
  package var inlineBytes = 0
  /// Bytes of the document before its compression, or of the zip.
  package var documentBytes = 0
  /// The largest files, the largest first; at most ten.
  package var largest: [Share] = []
  /// The package digest, 64 hexadecimal digits; empty where none was made.
  package var digest = ""

  /// A package of which no more is known than that the file at `path` is in it; with no file counted.
  package init(ofFile path: [UInt8], byteCount: Int) {
    inlineBytes = byteCount
    largest = [Share(path: path, bytes: byteCount)]
  }

  /// No file.
  package init() {}

  /// All files.
  package var files: Int { textFiles + base64Files + zippedFiles }

  /// Bytes that a zip of `payloadBytes` is shorter than its files; nil of another package.
  package func bytesSaved(sending payloadBytes: Int) -> Int? {
    zippedFiles > 0 ? max(0, bytes - payloadBytes) : nil
  }

  /// Adds the counts of `other`, a part of the same package.
  mutating func add(_ other: PackageSummary) {
    textFiles += other.textFiles
    base64Files += other.base64Files
    zippedFiles += other.zippedFiles
    folders += other.folders
    bytes += other.bytes
    inlineBytes += other.inlineBytes
    documentBytes += other.documentBytes
    for share in other.largest { note(share.path, bytes: share.bytes) }
  }

  /// Keeps the file at `path` if it is one of the ten largest.
  mutating func note(_ path: [UInt8], bytes: Int) {
    // Most files are not, and then the path is not copied.
    if largest.count == 10, let last = largest.last, last.bytes >= bytes { return }
    insert(Share(path: path, bytes: bytes))
  }

  private mutating func insert(_ share: Share) {
    let place = largest.firstIndex { $0.bytes < share.bytes } ?? largest.endIndex
    largest.insert(share, at: place)
    if largest.count > 10 { largest.removeLast() }
  }
}
