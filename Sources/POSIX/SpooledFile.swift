// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import CPOSIX

/// A file without a name, for what is too much for memory: whatever happens, nothing of it is left when its last user is gone.
package final class SpooledFile: Sendable {
  /// The open file; what is written goes to its end.
  package let descriptor: Descriptor

  private init(_ descriptor: consuming Descriptor) { self.descriptor = descriptor }

  /// A new file in the first of `folders` that takes one.
  ///
  /// - Throws: what the last of them answered.
  package static func make(in folders: [[UInt8]]) throws(SystemError) -> SpooledFile {
    var failure = SystemError(code: ENOENT)
    for folder in folders {
      do throws(SystemError) { return SpooledFile(try open(folder)) } catch { failure = error }
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
    #if canImport(Darwin)
      let number = unsafe Darwin.open(name.pointer, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    #else
      let number = unsafe Glibc.open(name.pointer, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    #endif
    guard number >= 0 else { throw .current }
    _ = unsafe unlink(name.pointer)
    return Descriptor(owning: number)
  }

  /// Its size in bytes.
  package func byteCount() throws(SystemError) -> Int { try descriptor.status().byteCount }
}
