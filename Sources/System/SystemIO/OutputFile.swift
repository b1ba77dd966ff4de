// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import CSystemIO

/// A file that appears whole or not at all: written without a name in its directory, named when it is
/// complete. An existing device or FIFO is written directly.
package struct OutputFile: ~Copyable {
  /// Takes the bytes.
  package let descriptor: Descriptor
  private let path: [UInt8]
  /// The name of the incomplete file; nil where it has none or is written directly.
  private var temporary: [UInt8]?
  private let isDirect: Bool

  private init(_ descriptor: consuming Descriptor, path: [UInt8], temporary: [UInt8]?, isDirect: Bool) {
    self.descriptor = descriptor
    self.path = path
    self.temporary = temporary
    self.isDirect = isDirect
  }

  /// Opens the file `path` for writing; a symbolic link is followed. A new file gets the permissions `mode`,
  /// less the umask; one that replaces another gets that one's, and of a private `mode` no more than that.
  ///
  /// - Parameter waits: whether a FIFO is waited for until another process reads it; else that is an error
  ///   (`ENXIO`).
  package static func open(
    _ path: [UInt8], mode: UInt32 = 0o666, waits: Bool = true
  ) throws(SystemError) -> OutputFile {
    let target = (try? Paths.resolved(path)) ?? path
    let name = CString(target)
    let status = Paths.status(target)
    if let status {
      if !status.isRegular {
        let file = try Descriptor.open(
          name, flags: O_WRONLY | O_NOCTTY | (waits ? 0 : O_NONBLOCK), mode: mode)
        return OutputFile(file, path: target, temporary: nil, isDirect: true)
      }
      // A read-only file stays as it is.
      guard unsafe access(name.pointer, W_OK) == 0 else { throw .current }
    }
    let directory = CString(Paths.parent(target) ?? Array(".".utf8))
    let unnamed = unsafe actorpush_open_unnamed(directory.pointer, Int32(mode))
    let kept = status.map { mode & 0o077 == 0 ? $0.mode & mode : $0.mode & 0o7777 }
    if unnamed >= 0 {
      let file = Descriptor(owning: unnamed)
      if let kept { try file.setPermissions(kept) }
      return OutputFile(file, path: target, temporary: nil, isDirect: false)
    }
    guard errno == EOPNOTSUPP || errno == EISDIR || errno == EINVAL else { throw .current }
    let temporary = temporaryName(beside: target)
    let file = try Descriptor.open(
      CString(temporary), flags: O_WRONLY | O_CREAT | O_EXCL, mode: mode)
    let output = OutputFile(file, path: target, temporary: temporary, isDirect: false)
    if let kept { try output.descriptor.setPermissions(kept) }
    return output
  }

  deinit {
    guard let temporary else { return }
    let name = CString(temporary)
    _ = unsafe unlink(name.pointer)
  }

  /// Gives the complete file its name, in place of the one that has it.
  package consuming func commit() throws(SystemError) {
    if isDirect { return }
    if temporary == nil {
      let named = Self.temporaryName(beside: path)
      let source = CString("/proc/self/fd/\(descriptor.rawValue)")
      let name = CString(named)
      guard unsafe linkat(AT_FDCWD, source.pointer, AT_FDCWD, name.pointer, AT_SYMLINK_FOLLOW) == 0 else {
        throw .current
      }
      temporary = named
    }
    guard let from = temporary.map({ CString($0) }) else { return }
    let to = CString(path)
    guard unsafe rename(from.pointer, to.pointer) == 0 else { throw .current }
    temporary = nil
  }

  /// Makes `contents` those of the file `path`, as a whole or not at all. A FIFO that no process reads is not
  /// waited for.
  package static func write(
    _ contents: [UInt8], to path: [UInt8], mode: UInt32 = 0o666
  ) throws(SystemError) {
    let file = try open(path, mode: mode, waits: false)
    try Descriptor.write(contents, to: file.descriptor.rawValue)
    try file.commit()
  }

  /// A name that cannot be foreseen, and that is not too long where `path` has one of the longest (255
  /// bytes).
  private static func temporaryName(beside path: [UInt8]) -> [UInt8] {
    let start = (path.lastIndex(of: UInt8(ascii: "/")) ?? -1) + 1
    return path[..<start] + path[start...].prefix(200)
      + Array(".\(getpid())-\(UInt32.random(in: 0...UInt32.max)).partial".utf8)
  }
}

extension OutputFile {
  /// Adds the lines `lines` to the end of the file `path`, which is made where it is not there. Where its
  /// last line has no end, that comes first.
  package static func append(lines: [UInt8], to path: [UInt8]) throws(SystemError) {
    let flags = O_WRONLY | O_CREAT | O_APPEND | O_NONBLOCK
    let file = try Descriptor.open(CString(path), flags: flags, mode: 0o644)
    var bytes = lines
    // Through a name of its own: what may be written need not be readable.
    if let status = try? file.status(), status.isRegular, status.byteCount > 0,
      let reading = try? Descriptor.open(CString(path), as: .fileThroughLinks),
      let last = try? reading.bytes(at: status.byteCount - 1, count: 1), last != [UInt8(ascii: "\n")]
    {
      bytes.insert(UInt8(ascii: "\n"), at: 0)
    }
    try Descriptor.write(bytes, to: file.rawValue)
  }
}
