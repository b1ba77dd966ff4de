// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deflate

/// A zip to be read from anything that gives bytes by their place, in constant memory beside its directory. What it claims about
/// itself is believed only as far as it has been checked.
package struct ZipArchive: Sendable {
  /// How much is read at a time.
  private static let step = 256 << 10

  /// The members, in the order of the directory.
  package let entries: [ZipEntry]
  private let read: @Sendable (_ offset: Int, _ count: Int) throws -> [UInt8]

  /// Opens a zip of `byteCount` bytes.
  ///
  /// - Parameter read: gives up to `count` bytes from an offset on; fewer only at the end.
  /// - Throws: ``ZipError``, or what `read` throws.
  package init(byteCount: Int, read: @escaping @Sendable (_ offset: Int, _ count: Int) throws -> [UInt8])
    throws
  {
    self.read = read
    entries = try ZipDirectoryReader(byteCount: byteCount, read: read).entries()
  }

  /// Gives the contents of `entry`, in parts, and checks them: their length and CRC-32.
  ///
  /// - Throws: ``ZipError``, or what `read` or `emit` throws.
  package func contents(of entry: ZipEntry, _ emit: (RawSpan) throws -> Void) throws {
    let start = try dataOffset(of: entry)
    var crc: UInt32 = 0
    var count = 0
    func take(_ bytes: RawSpan) throws {
      count += bytes.byteCount
      guard count <= entry.byteCount else { throw ZipError("it is longer than it says", name: entry.name) }
      crc = crc32(bytes, continuing: crc)
      try emit(bytes)
    }
    switch entry.method {
    case 0:
      guard entry.compressedCount == entry.byteCount else {
        throw ZipError("its sizes don't agree", name: entry.name)
      }
      try forEachPart(from: start, entry) { try take($0) }
    case 8:
      do {
        var stream = try InflateStream(format: .raw)
        try forEachPart(from: start, entry) { try stream.write($0) { try take($0) } }
        try stream.finish()
      } catch let error as DeflateError {
        throw ZipError("its contents are broken: \(error)", name: entry.name)
      }
    default:
      throw ZipError("it is compressed in a way that is not known here (\(entry.method))", name: entry.name)
    }
    guard count == entry.byteCount else { throw ZipError("it is shorter than it says", name: entry.name) }
    guard crc == entry.crc else { throw ZipError("its checksum is wrong", name: entry.name) }
  }

  /// A whole member in memory; nil where it is longer than `limit`.
  package func bytes(of entry: ZipEntry, limit: Int) throws -> [UInt8]? {
    guard entry.byteCount <= limit else { return nil }
    var bytes: [UInt8] = []
    try contents(of: entry) { part in
      // SAFETY: read only, within the call.
      unsafe part.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
    }
    return bytes
  }

  /// Reads all of it, as whoever unpacks it would, and finds names that must not be unpacked.
  package func validate() throws {
    var names: Set<[UInt8]> = []
    for entry in entries {
      try Self.checkName(entry.name)
      guard names.insert(entry.name).inserted else { throw ZipError("it is there twice", name: entry.name) }
      if entry.isFolder, entry.byteCount > 0 {
        throw ZipError("it is a folder with contents", name: entry.name)
      }
      try contents(of: entry) { _ in }
    }
  }

  private static func checkName(_ name: [UInt8]) throws {
    let parts = name.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    let isPlain = parts.allSatisfy { part in
      !part.isEmpty && !part.elementsEqual(".".utf8) && !part.elementsEqual("..".utf8)
    }
    guard isPlain, !name.contains(0), !name.contains(UInt8(ascii: "\\")) else {
      throw ZipError("no name to unpack", name: name)
    }
  }

  /// Where the contents begin: behind the member's own header, which must be about the same member (4.3.7).
  private func dataOffset(of entry: ZipEntry) throws -> Int {
    let header = try read(entry.headerOffset, 30)
    guard header.count == 30, header.number32(at: 0) == 0x0403_4B50 else {
      throw ZipError("its header is not where the directory says", name: entry.name)
    }
    let nameCount = Int(header.number16(at: 26))
    let name = try read(entry.headerOffset + 30, nameCount)
    guard name == entry.name + (entry.isFolder ? [UInt8(ascii: "/")] : []),
      header.number16(at: 8) == entry.method
    else { throw ZipError("its header and the directory don't agree", name: entry.name) }
    return entry.headerOffset + 30 + nameCount + Int(header.number16(at: 28))
  }

  private func forEachPart(from start: Int, _ entry: ZipEntry, _ body: (RawSpan) throws -> Void) throws {
    var offset = 0
    while offset < entry.compressedCount {
      let part = try read(start + offset, Swift.min(Self.step, entry.compressedCount - offset))
      if part.isEmpty { throw ZipError("it is cut off", name: entry.name) }
      // SAFETY: bytes have no padding; the array lives as long as the call.
      try body(unsafe part.span.bytes)
      offset += part.count
    }
  }
}
