// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import Deflate
import FuzzDriver
import SystemIO
import Zip

/// A zip that is read, and one that is written and read again.
struct ZipTarget: FuzzTarget {
  static let name = "zip"
  static let summary = "a zip is read; one that is written is read again"
  static let longest = 4096

  /// What a zip may hold altogether, and what of it is kept.
  private static let (limit, kept) = (64 << 20, 1 << 20)

  init(isSingle: Bool) throws {}

  mutating func run(_ input: [UInt8]) {
    guard let flags = input.first else { return }
    let bytes = Array(input.dropFirst())
    if flags & 1 == 0 { Self.read(bytes) } else { Self.writeAndRead(bytes) }
  }

  private static func open(_ bytes: [UInt8]) throws -> ZipArchive {
    try ZipArchive(byteCount: bytes.count) { offset, count in
      Array(bytes[offset..<min(bytes.count, offset + count)])
    }
  }

  private static func read(_ bytes: [UInt8]) {
    do {
      let archive = try open(bytes)
      var total = 0
      for entry in archive.entries.prefix(100) {
        do {
          if let contents = try archive.bytes(of: entry, limit: kept) {
            require(contents.count == entry.byteCount, "a member is not as long as it says")
          }
          try archive.contents(of: entry) { part in
            total += part.byteCount
            if total > limit { throw Enough() }
          }
        } catch let error as ZipReaderError {
          require(!error.description.isEmpty, "an error without words")
        }
      }
      let totals = try archive.validate(limit: limit)
      require(totals.files + totals.folders == archive.entries.count, "not every member is counted")
      require(
        totals.bytes == archive.entries.reduce(0) { $0 + $1.byteCount },
        "the members have not the bytes of all")
      require(
        archive.entries.reduce(0) { $0 + $1.compressedCount } <= bytes.count,
        "the members are larger than the zip")
    } catch let error as ZipReaderError {
      require(!error.description.isEmpty, "an error without words")
    } catch {
      require(error is Enough, "\(error)")
    }
  }

  private struct Enough: Error {}

  private struct Written {
    let name: [UInt8]
    let contents: [UInt8]
    let isFolder: Bool
    let isExecutable: Bool
  }

  /// Writes a zip of the members that `input` describes: for each a byte of flags, the length of its name,
  /// the name, the length of its contents, and the contents.
  private static func writeAndRead(_ input: [UInt8]) {
    var rest = input[...]
    var members: [Written] = []
    var output = WriteBuffer(capacity: 1024)
    var directory = ZipDirectoryWriter(capacity: 4)
    func take() -> [UInt8] {
      guard let count = rest.popFirst() else { return [] }
      defer { rest = rest.dropFirst(Int(count)) }
      return Array(rest.prefix(Int(count)))
    }
    while let flags = rest.popFirst() {
      let written = Written(
        name: take(), contents: flags & 1 == 0 ? take() : [], isFolder: flags & 1 != 0,
        isExecutable: flags & 2 != 0 && flags & 1 == 0)
      let isDeflated = flags & 4 != 0 && !written.isFolder
      // A name that ends with a slash is a folder's.
      if !written.isFolder, written.name.last == UInt8(ascii: "/") { continue }
      let contents = repeated(written.contents, flags >> 4)
      guard let compressed = try? isDeflated ? compress(contents, format: .raw) : contents else {
        finding("\(contents.count) bytes cannot be compressed")
      }
      let member = ZipMember(
        method: isDeflated ? .deflated : .stored, isFolder: written.isFolder,
        isExecutable: written.isExecutable, hasDescriptor: flags & 8 != 0 && !written.isFolder,
        crc: checksum(contents), compressed: compressed.count, size: contents.count)
      ZipRecords.appendLocalHeader(
        member, name: written.name + (written.isFolder ? [UInt8(ascii: "/")] : []), to: &output)
      output.append(compressed)
      if member.hasDescriptor { ZipRecords.appendDescriptor(member, to: &output) }
      directory.add(member)
      members.append(
        Written(
          name: written.name, contents: contents, isFolder: written.isFolder,
          isExecutable: written.isExecutable))
    }
    while let part = directory.nextPart({ index, name in name = members[index].name }) { output.append(part) }
    compare(members, output.array)
  }

  private static func repeated(_ bytes: [UInt8], _ power: UInt8) -> [UInt8] {
    Array(repeatElement(bytes, count: 1 << Int(power)).joined())
  }

  // SAFETY: bytes have no padding to read.
  private static func checksum(_ bytes: [UInt8]) -> UInt32 { crc32(unsafe bytes.span.bytes) }

  private static func compare(_ members: [Written], _ bytes: [UInt8]) {
    do {
      let archive = try open(bytes)
      require(archive.entries.count == members.count, "\(archive.entries.count) of \(members.count) members")
      for (entry, member) in zip(archive.entries, members) {
        require(
          entry.name == member.name && entry.isFolder == member.isFolder
            && entry.isExecutable == (member.isExecutable || member.isFolder),
          "\(member.name.shown) is \(entry.name.shown)")
        let contents = try archive.bytes(of: entry, limit: .max)
        require(contents == member.contents, "\(member.name.shown) has other contents")
      }
      try archive.validateContents()
    } catch {
      finding("a zip that was written cannot be read: \(error)")
    }
  }

  static func seeds() throws -> [[UInt8]] {
    let directory = try Workspace.make("zip-seeds")
    let python = #"""
      import sys, zipfile
      for number in range(6):
          with zipfile.ZipFile(sys.argv[1] + "/%d" % number, "w") as made:
              for index in range(number):
                  kind = [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED][index % 2]
                  entry = zipfile.ZipInfo("d/f%d" % index)
                  entry.compress_type, entry.external_attr = kind, [0o100644, 0o100755, 0o120777][index % 3] << 16
                  with made.open(entry, "w", force_zip64=index == 3) as member:
                      member.write(b"d/f0" if index % 3 == 2 else b"contents " * index)
              if number % 2:
                  made.mkdir("folder") if hasattr(made, "mkdir") else made.writestr("folder/", b"")
                  made.comment = b"a comment"
      """#
    _ = try Program(words: ["python3", "-c", python, directory], directory: directory).run()
    let read = (0..<6).compactMap { readFile("\(directory)/\($0)").map { [0] + $0 } }
    let written: [[UInt8]] = [
      [1, 0, 1, 97, 3, 120, 121, 122], [1, 4, 1, 97, 3, 120, 121, 122, 1, 1, 98],
      [1, 0xFC, 2, 97, 98, 2, 1, 2],
      [1, 0x0A, 1, 97, 0],
    ]
    return read + written
  }

  static let words: [[UInt8]] = [
    [0x50, 0x4B, 1, 2], [0x50, 0x4B, 3, 4], [0x50, 0x4B, 5, 6], [0x50, 0x4B, 6, 6], [0x50, 0x4B, 6, 7],
    [0x50, 0x4B, 7, 8], [1, 0, 16, 0], [255, 255, 255, 255], [255, 255], [8, 0], Array("../".utf8),
    [0, 0, 0xED, 0x41], [0, 0, 0xFF, 0xA1],
  ]
}
