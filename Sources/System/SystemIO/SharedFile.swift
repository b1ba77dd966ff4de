// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import CSystemIO

/// An open file that several users read at offsets of their own; closed when the last of them is gone.
package final class SharedFile: Sendable {
  package let descriptor: Descriptor

  private init(_ descriptor: consuming Descriptor) { self.descriptor = descriptor }

  /// Opens the file `path` for reading.
  package static func reading(_ path: [UInt8]) throws(SystemError) -> SharedFile {
    SharedFile(try Descriptor.open(CString(path), as: .file))
  }

  /// Creates a file without a name, in the first of `directories` that accepts one: storage for what is too
  /// much for memory, which vanishes when it is closed or the process ends.
  ///
  /// - Throws: the error of the last directory.
  package static func unnamed(in directories: [[UInt8]]) throws(SystemError) -> SharedFile {
    var failure = SystemError(code: ENOENT)
    for directory in directories {
      do throws(SystemError) { return SharedFile(try open(directory)) } catch { failure = error }
    }
    throw failure
  }

  private static func open(_ directory: [UInt8]) throws(SystemError) -> Descriptor {
    let path = CString(directory)
    let unnamed = unsafe actorpush_open_unnamed(path.pointer, 0o600)
    if unnamed >= 0 { return Descriptor(owning: unnamed) }
    guard errno == EOPNOTSUPP || errno == EISDIR || errno == EINVAL else { throw .current }
    // On a file system without unnamed files it loses its name at once.
    let name = CString(
      Paths.join(directory, Array("actorpush-\(getpid())-\(UInt64.random(in: 0...UInt64.max))".utf8)))
    let file = try Descriptor.open(name, flags: O_RDWR | O_CREAT | O_EXCL, mode: 0o600)
    _ = unsafe unlink(name.pointer)
    return file
  }

  package func byteCount() throws(SystemError) -> Int { try descriptor.status().byteCount }
}
