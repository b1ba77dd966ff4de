// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import CSystemIO

/// Reads the names in a directory; its memory is reused for the next one.
@safe
package struct DirectoryScanner: ~Copyable {
  /// The kinds of names that a walk tells apart.
  package enum Kind {
    case file
    case directory
    case link
    /// A FIFO, socket or device.
    case special
  }

  /// A name, valid until the next scan.
  package struct Name {
    /// The first eight bytes, the first one highest, padded with zeros: decides most comparisons.
    package let head: UInt64
    /// The offset of its first byte in the system's records.
    @usableFromInline let offset: Int32
    /// The number of bytes.
    package let count: UInt16
    package internal(set) var kind: Kind
    package var isDirectory: Bool { @inlinable get { if case .directory = kind { true } else { false } } }
  }

  /// The names in the system's order, without "." and "..".
  package private(set) var names: [Name] = []

  /// The directory's records (linux_dirent64 of getdents64(2)).
  @usableFromInline var memory = UnsafeMutableRawPointer.allocate(byteCount: 1 << 16, alignment: 8)
  private var capacity = 1 << 16
  /// The space kept free behind the records: a system call gets at least this much, less the eight bytes that
  /// let a word be read at any name.
  private static let reserve = 1 << 15

  package init() {}

  deinit { unsafe memory.deallocate() }

  /// The bytes of `name`.
  @inlinable
  @_lifetime(borrow self)
  package borrowing func bytes(of name: Name) -> Span<UInt8> {
    // SAFETY: `scan` has found the name in the buffer, and that lives as long as the scanner.
    let start = unsafe (memory + Int(name.offset)).assumingMemoryBound(to: UInt8.self)
    let span = unsafe Span<UInt8>(_unsafeStart: start, count: Int(name.count))
    return unsafe _overrideLifetime(span, borrowing: self)
  }

  /// Appends the bytes of `name` to `output`.
  package borrowing func append(_ name: Name, to output: inout WriteBuffer) { output.append(bytes(of: name)) }

  /// Appends the bytes of `name` to `output`.
  package borrowing func append(_ name: Name, to output: inout [UInt8]) {
    output.append(copying: bytes(of: name))
  }

  /// Whether `left` comes before `right` in byte order.
  @inlinable
  package borrowing func precedes(_ left: Name, _ right: Name) -> Bool {
    left.head != right.head ? left.head < right.head : precedesBehindHead(left, right)
  }

  @usableFromInline
  borrowing func precedesBehindHead(_ left: Name, _ right: Name) -> Bool {
    let (one, other) = (bytes(of: left), bytes(of: right))
    var index = 8
    while index < one.count, index < other.count {
      if one[index] != other[index] { return one[index] < other[index] }
      index += 1
    }
    return one.count < other.count
  }

  /// Runs `body` with `name` as the system takes it, without a copy.
  package borrowing func withCString<Outcome, Failure: Error>(
    of name: Name, _ body: (borrowing CString) throws(Failure) -> Outcome
  ) throws(Failure) -> Outcome {
    // SAFETY: a name in the buffer ends with a NUL.
    try body(unsafe CString(borrowing: (memory + Int(name.offset)).assumingMemoryBound(to: CChar.self)))
  }

  /// Reads all names of the directory `descriptor`, which was just opened.
  package mutating func scan(_ descriptor: borrowing Descriptor) throws(SystemError) {
    names.removeAll(keepingCapacity: true)
    let end = try readRecords(of: descriptor)
    var offset = 0
    while offset < end {
      // SAFETY: a record's length is at 16, its type at 18, its name at 19, ended by a NUL; the
      // buffer goes on behind the last one.
      let count = unsafe Int(memory.load(fromByteOffset: offset + 16, as: UInt16.self))
      let type = unsafe memory.load(fromByteOffset: offset + 18, as: UInt8.self)
      try append(type: type, at: offset + 19, limit: count - 19, of: descriptor)
      offset += count
    }
  }

  /// Fills the buffer with all records of a directory. Returns where they end.
  private mutating func readRecords(of descriptor: borrowing Descriptor) throws(SystemError) -> Int {
    var end = 0
    while true {
      if capacity - end < Self.reserve { grow(keeping: end) }
      // SAFETY: the system fills at most what it is given, with whole records.
      let count = unsafe actorpush_getdents64(
        descriptor.rawValue, memory + end, capacity - end - 8)
      if count == 0 { return end }
      if end > Int(Int32.max) { throw SystemError(code: EFBIG) }
      if count > 0 { end += count } else if errno != EINTR { throw .current }
    }
  }

  private mutating func grow(keeping count: Int) {
    let larger = UnsafeMutableRawPointer.allocate(byteCount: capacity * 2, alignment: 8)
    // SAFETY: both hold that many bytes.
    unsafe larger.copyMemory(from: memory, byteCount: count)
    unsafe memory.deallocate()
    unsafe memory = larger
    capacity *= 2
  }

  /// Appends the name at `offset` of the buffer, which ends with a NUL within `limit` bytes.
  private mutating func append(
    type: UInt8, at offset: Int, limit: Int, of directory: borrowing Descriptor
  ) throws(SystemError) {
    // SAFETY: a record lies in the buffer as a whole; where its name did not end with a NUL, it ends with the
    // record.
    let start = unsafe memory + offset
    let count = unsafe strnlen(start.assumingMemoryBound(to: CChar.self), limit)
    var head = unsafe UInt64(bigEndian: start.loadUnaligned(as: UInt64.self))
    // What lies behind a short name is not part of it.
    if count < 8 { head &= ~(UInt64.max >> UInt64(8 * count)) }
    if head == Self.itself || head == Self.above { return }
    var name = Name(
      head: head, offset: Int32(truncatingIfNeeded: offset), count: UInt16(truncatingIfNeeded: count),
      kind: .special)
    switch Int(type) {
    case Int(DT_REG): name.kind = .file
    case Int(DT_DIR): name.kind = .directory
    case Int(DT_LNK): name.kind = .link
    case Int(DT_UNKNOWN):
      guard
        let kind = try withCString(
          of: name, { text throws(SystemError) in try Self.kind(of: text, in: directory) })
      else { return }
      name.kind = kind
    default: break
    }
    names.append(name)
  }

  /// The heads of "." and "..": no other name begins with a dot and zeros.
  private static let itself = UInt64(UInt8(ascii: ".")) << 56
  private static let above = itself | UInt64(UInt8(ascii: ".")) << 48

  /// Asks for the kind that the directory does not record. Returns nil for a name that is gone by now.
  private static func kind(
    of name: borrowing CString, in directory: borrowing Descriptor
  ) throws(SystemError) -> Kind? {
    do throws(SystemError) {
      let status = try Paths.status(name, in: directory.rawValue, followingLinks: false)
      if status.isRegular { return .file }
      if status.isDirectory { return .directory }
      return status.isLink ? .link : .special
    } catch {
      if error.code == ENOENT { return nil }
      throw error
    }
  }
}

extension DirectoryScanner {
  /// The names in `directory`, in the order in which the system gives them.
  package static func names(in directory: borrowing Descriptor) throws(SystemError) -> [[UInt8]] {
    var scanner = DirectoryScanner()
    try scanner.scan(directory)
    return scanner.names.map { name in
      var bytes: [UInt8] = []
      scanner.append(name, to: &bytes)
      return bytes
    }
  }
}
