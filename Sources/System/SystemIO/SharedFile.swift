// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import CSystemIO

/// An open file that several users share, by places in it; closed when the last of them is gone.
package final class SharedFile: Sendable {
  /// The open file.
  package let descriptor: Descriptor

  private init(_ descriptor: consuming Descriptor) { self.descriptor = descriptor }

  /// The file `path`, to be read.
  package static func reading(_ path: [UInt8]) throws(SystemError) -> SharedFile {
    SharedFile(try Descriptor.open(CString(path), as: .file))
  }

  /// A new file without a name, in the first of `folders` that takes one: for what is too much for memory. Whatever happens,
  /// nothing of it is left.
  ///
  /// - Throws: what the last of them answered.
  package static func unnamed(in folders: [[UInt8]]) throws(SystemError) -> SharedFile {
    var failure = SystemError(code: ENOENT)
    for folder in folders {
      do throws(SystemError) { return SharedFile(try open(folder)) } catch { failure = error }
    }
    throw failure
  }

  private static func open(_ folder: [UInt8]) throws(SystemError) -> Descriptor {
    let path = CString(folder)
    let unnamed = unsafe actorpush_open_unnamed(path.pointer, 0o600)
    if unnamed >= 0 { return Descriptor(owning: unnamed) }
    guard errno == EOPNOTSUPP || errno == EISDIR || errno == EINVAL else { throw .current }
    // A file system that knows only files with names: it loses its name at once.
    let name = CString(
      Paths.join(folder, Array("actorpush-\(getpid())-\(UInt64.random(in: 0...UInt64.max))".utf8)))
    let file = try Descriptor.open(name, flags: O_RDWR | O_CREAT | O_EXCL, mode: 0o600)
    _ = unsafe unlink(name.pointer)
    return file
  }

  /// Its size in bytes.
  package func byteCount() throws(SystemError) -> Int { try descriptor.status().byteCount }
}
