// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

// A directory is opened from the one above it and through no symbolic link, but for the last component of one
// that is known to be a link. What has become a link since its name was read is noticed.
extension Walk {
  /// Opens `directory`: from the one above, or from the project directory where that has been closed.
  func open(_ directory: WalkedDirectory) throws(SourceTreeError) -> Descriptor {
    do throws(SystemError) {
      if let above = directory.parentHandle { return try Self.open(directory, in: above.descriptor) }
      let top = try Descriptor.open(CString("."), in: descriptor.rawValue, as: .directory)
      return try Self.open(directory, below: top)
    } catch {
      let code: SourceTreeError.Code =
        switch error.code {
        case ENOENT: .vanished
        // It was a directory, or a link to this one, when its name was read.
        case ENOTDIR, ELOOP, EXDEV: .changed
        default: .unreadable
        }
      throw SourceTreeError(code, path: directory.path, system: error)
    }
  }

  private static func open(
    _ directory: WalkedDirectory, below top: consuming Descriptor
  ) throws(SystemError) -> Descriptor {
    var way: [WalkedDirectory] = []
    var next: WalkedDirectory? = directory
    while let current = next, !current.path.isEmpty {
      way.append(current)
      next = current.parent
    }
    var current = top
    while let step = way.popLast() { current = try open(step, in: current) }
    return current
  }

  private static func open(
    _ directory: WalkedDirectory, in above: borrowing Descriptor
  ) throws(SystemError) -> Descriptor {
    let name = CString(directory.path[directory.basename...])
    guard let real = directory.linkedReal else {
      return try Descriptor.open(name, in: above.rawValue, as: .directory)
    }
    let opened = try Descriptor.open(name, in: above.rawValue, as: .directoryThroughLinks)
    guard try Paths.current(of: opened) == real else { throw SystemError(code: EXDEV) }
    return opened
  }
}
