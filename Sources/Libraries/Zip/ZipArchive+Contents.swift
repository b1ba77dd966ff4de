// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deflate
internal import SystemIO

extension ZipArchive {
  /// Gives the contents of `entry` in parts of at most 256 KiB, and checks them: their length and CRC-32.
  /// Before this has returned without an error, the parts can't be trusted.
  ///
  /// - Throws: ``ZipReaderError``, or what the source's `read` or `emit` throws.
  package func contents(of entry: ZipEntry, _ emit: (RawSpan) throws -> Void) throws {
    try contents(of: entry, ZipHeader(of: entry, in: source, before: directoryOffset), emit)
  }

  /// A whole member in memory; nil where it is longer than `limit`.
  ///
  /// - Throws: ``ZipReaderError``, or what the source's `read` throws.
  package func bytes(of entry: ZipEntry, limit: Int) throws -> [UInt8]? {
    guard entry.byteCount <= limit else { return nil }
    var bytes: [UInt8] = []
    try contents(of: entry) { part in
      bytes.append(copying: part)
    }
    return bytes
  }

  func contents(of entry: ZipEntry, _ header: ZipHeader, _ emit: (RawSpan) throws -> Void) throws {
    var crc: UInt32 = 0
    var count = 0
    func take(_ bytes: RawSpan) throws {
      count += bytes.byteCount
      // Nothing beyond what was announced is handed on.
      guard count <= entry.byteCount else { throw entry.error(.wrongLength) }
      crc = crc32(bytes, continuing: crc)
      try emit(bytes)
    }
    switch entry.method {
    case 0:
      guard entry.compressedCount == entry.byteCount else { throw entry.error(.wrongLength) }
      try forEachPart(from: header.contentsOffset, of: entry) { try take($0) }
    case 8:
      // Deflate can't hold more than this in a byte.
      guard entry.byteCount / 1032 <= entry.compressedCount else { throw entry.error(.wrongLength) }
      do {
        var stream = try InflateStream(format: .raw)
        try forEachPart(from: header.contentsOffset, of: entry) { try stream.write($0) { try take($0) } }
        try stream.finish()
      } catch let error as DeflateError {
        throw entry.error(.corrupt("\(error)"))
      }
    default: throw entry.error(.unknownMethod(entry.method))
    }
    guard count == entry.byteCount else { throw entry.error(.wrongLength) }
    guard crc == entry.crc else { throw entry.error(.wrongChecksum) }
  }

  private func forEachPart(from start: Int, of entry: ZipEntry, _ body: (RawSpan) throws -> Void) throws {
    var offset = 0
    while offset < entry.compressedCount {
      let part = try source.bytes(
        at: start + offset, count: Swift.min(ZipSource.step, entry.compressedCount - offset),
        for: entry.fullName)
      // SAFETY: bytes have no padding; the array lives as long as the call.
      try body(unsafe part.span.bytes)
      offset += part.count
    }
  }
}
