// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// A file's kind, size and times (stat(2)).
package struct FileStatus: Equatable, Sendable {
  /// Kind and permission bits, as st_mode.
  package let mode: UInt32
  package let byteCount: Int
  /// When its content changed, in nanoseconds since 1970.
  package let modified: Int
  /// When its content or anything of its status changed, in nanoseconds since 1970: no program sets that.
  package let changed: Int
  package let identity: FileIdentity
  /// The user that it belongs to.
  package let owner: UInt32

  /// Describes a regular file that exists in no file system.
  package init(ofFile byteCount: Int, modified: Int, isExecutable: Bool) {
    mode = UInt32(S_IFREG) | (isExecutable ? 0o755 : 0o644)
    self.byteCount = byteCount
    self.modified = modified
    changed = modified
    identity = FileIdentity(device: 0, inode: 0)
    owner = Paths.currentUser
  }

  init(_ raw: stat) {
    mode = UInt32(raw.st_mode)
    byteCount = Int(raw.st_size)
    #if canImport(Darwin)
      modified = raw.st_mtimespec.tv_sec &* 1_000_000_000 &+ raw.st_mtimespec.tv_nsec
      changed = raw.st_ctimespec.tv_sec &* 1_000_000_000 &+ raw.st_ctimespec.tv_nsec
    #else
      modified = raw.st_mtim.tv_sec &* 1_000_000_000 &+ raw.st_mtim.tv_nsec
      changed = raw.st_ctim.tv_sec &* 1_000_000_000 &+ raw.st_ctim.tv_nsec
    #endif
    identity = FileIdentity(device: UInt64(raw.st_dev), inode: UInt64(raw.st_ino))
    owner = raw.st_uid
  }

  package var isRegular: Bool { mode & UInt32(S_IFMT) == UInt32(S_IFREG) }
  package var isDirectory: Bool { mode & UInt32(S_IFMT) == UInt32(S_IFDIR) }
  package var isLink: Bool { mode & UInt32(S_IFMT) == UInt32(S_IFLNK) }
  /// Whether it is a FIFO.
  package var isFIFO: Bool { mode & UInt32(S_IFMT) == UInt32(S_IFIFO) }
  /// Whether it is a device.
  package var isDevice: Bool {
    mode & UInt32(S_IFMT) == UInt32(S_IFCHR) || mode & UInt32(S_IFMT) == UInt32(S_IFBLK)
  }
  /// Whether its owner may execute it.
  package var isExecutable: Bool { mode & 0o100 != 0 }
}

/// Identifies a file, whatever its name.
package struct FileIdentity: Hashable, Sendable {
  package let device: UInt64
  package let inode: UInt64
}
