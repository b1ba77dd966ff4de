// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import CPOSIX

/// Reads the names in a folder, sorted by bytes; its memory is used again for the next one.
@safe
package struct FolderScanner: ~Copyable {
  /// The kinds of things in a folder that a walk tells apart.
  package enum Kind {
    /// A regular file.
    case file
    /// A folder.
    case folder
    /// A symbolic link.
    case link
    /// A FIFO, socket or device.
    case special
  }

  /// One name.
  package struct Name {
    /// Its first eight bytes, the first one highest: decides most comparisons.
    package let head: UInt64
    /// Where it begins in `bytes`.
    package let offset: Int
    /// How many bytes it has.
    package let count: Int
    /// What it names.
    package let kind: Kind
  }

  /// The names, each ended by a NUL.
  package private(set) var bytes: [UInt8] = []
  /// The names in byte order, without "." and "..".
  package private(set) var names: [Name] = []

  private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 8)

  /// A scanner with no names yet.
  package init() {}

  deinit { unsafe buffer.deallocate() }

  /// Appends the bytes of `name` to `output`.
  package func append(_ name: Name, to output: inout WriteBuffer) {
    // SAFETY: bytes have no padding; read only, within the call. (A slice would be counted as a reference, for each name.)
    output.append(unsafe bytes.span.bytes.extracting(name.offset..<(name.offset + name.count)))
  }

  /// Appends the bytes of `name` and a NUL to `output`.
  package func append(endedByNUL name: Name, to output: inout [UInt8]) {
    let range = name.offset..<(name.offset + name.count + 1)
    // SAFETY: read only, within the call.
    unsafe bytes.withUnsafeBufferPointer { unsafe output.append(contentsOf: $0.extracting(range)) }
  }

  /// Reads the folder `descriptor` from where it stands, its beginning.
  package mutating func scan(_ descriptor: borrowing Descriptor) throws(SystemError) {
    bytes.removeAll(keepingCapacity: true)
    names.removeAll(keepingCapacity: true)
    while true {
      // SAFETY: the system fills at most the buffer's size with whole records.
      let filled = unsafe actorpush_getdents64(descriptor.number, buffer.baseAddress, buffer.count)
      if filled == 0 { break }
      if filled < 0 {
        if errno == EINTR { continue }
        throw .current
      }
      var offset = 0
      while offset < filled {
        // SAFETY: linux_dirent64 of getdents64(2): inode, offset, length of the record (at 16), type (18),
        // name (19).
        let recordCount = unsafe Int(buffer.load(fromByteOffset: offset + 16, as: UInt16.self))
        let type = unsafe buffer[offset + 18]
        try append(type: type, from: offset + 19, to: offset + recordCount, of: descriptor)
        offset += recordCount
      }
    }
    let bytes = bytes
    names.sort { left, right in
      if left.head != right.head { return left.head < right.head }
      var index = 8
      while index < left.count, index < right.count {
        let (one, other) = (bytes[left.offset + index], bytes[right.offset + index])
        if one != other { return one < other }
        index += 1
      }
      return left.count < right.count
    }
  }

  /// Takes in the name that begins at `start` of the buffer and ends with a NUL before `end`.
  private mutating func append(
    type: UInt8, from start: Int, to end: Int, of folder: borrowing Descriptor
  ) throws(SystemError) {
    let offset = bytes.count
    // SAFETY: a record lies in the buffer as a whole, and its name ends with a NUL in it; where it did not, the name ends with it.
    let name = unsafe UnsafeRawBufferPointer(rebasing: buffer[start..<end])
    let count = unsafe name.baseAddress.map { unsafe strnlen($0, name.count) } ?? 0
    let head = unsafe Self.head(name, count)
    unsafe bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: name[..<count]))
    bytes.append(0)
    if bytes[offset] == UInt8(ascii: "."),
      count == 1 || (count == 2 && bytes[offset + 1] == UInt8(ascii: "."))
    {
      bytes.removeLast(count + 1)
      return
    }
    let kind: Kind
    switch Int(type) {
    case Int(DT_REG): kind = .file
    case Int(DT_DIR): kind = .folder
    case Int(DT_LNK): kind = .link
    case Int(DT_UNKNOWN):
      guard let asked = try Self.kind(of: CString(bytes[offset..<(offset + count)]), in: folder) else {
        bytes.removeLast(count + 1)
        return
      }
      kind = asked
    default: kind = .special
    }
    names.append(Name(head: head, offset: offset, count: count, kind: kind))
  }

  /// The first eight bytes of `name`, which has `count` of them, the first one highest; zeros where there are fewer.
  private static func head(_ name: UnsafeRawBufferPointer, _ count: Int) -> UInt64 {
    if count >= 8 { return unsafe UInt64(bigEndian: name.loadUnaligned(as: UInt64.self)) }
    var head: UInt64 = 0
    for index in 0..<count { unsafe head |= UInt64(name[index]) << UInt64(56 - 8 * index) }
    return head
  }

  /// What the file system says where its folders don't hold the kind; nil for a name that is gone by now.
  private static func kind(
    of name: borrowing CString, in folder: borrowing Descriptor
  ) throws(SystemError) -> Kind? {
    do throws(SystemError) {
      let status = try Paths.status(name, in: folder.number, followingLinks: false)
      if status.isRegular { return .file }
      if status.isFolder { return .folder }
      return status.mode & UInt32(S_IFMT) == UInt32(S_IFLNK) ? .link : .special
    } catch {
      if error.code == ENOENT { return nil }
      throw error
    }
  }
}
