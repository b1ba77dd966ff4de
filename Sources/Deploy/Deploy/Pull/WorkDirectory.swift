// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SourcePackage
internal import SystemIO

/// The files of an open directory by their paths, through no symbolic link.
struct WorkDirectory: ~Copyable {
  let root: Descriptor

  /// Opens `path`.
  init(_ path: [UInt8]) throws(SystemError) {
    root = try Descriptor.open(CString(path), as: .directoryThroughLinks)
  }

  /// Opens `path`; the error names it.
  static func open(_ path: [UInt8]) throws(DeployError) -> WorkDirectory {
    do throws(SystemError) { return try WorkDirectory(path) } catch {
      throw .output(TerminalText.utf8(path), error)
    }
  }

  /// What is called `path` itself; nil where there is nothing of that name, or a link or a file above it.
  func status(_ path: [UInt8]) throws(SystemError) -> FileStatus? {
    let (parent, name) = Self.split(path)
    do throws(SystemError) {
      return try root.descend(parent).status(of: name)
    } catch {
      if [ENOENT, ENOTDIR, ELOOP].contains(error.code) { return nil }
      throw error
    }
  }

  /// The open directory that holds `path`.
  func parent(of path: [UInt8]) throws(SystemError) -> Descriptor {
    try root.descend(Self.split(path).parent)
  }

  /// The same; nil where there is no such directory, or a link or a file in its place.
  func parentIfThere(of path: [UInt8]) throws(SystemError) -> Descriptor? {
    do throws(SystemError) { return try parent(of: path) } catch {
      if [ENOENT, ENOTDIR, ELOOP].contains(error.code) { return nil }
      throw error
    }
  }

  /// Opens the regular file `path` for reading.
  func open(_ path: [UInt8]) throws(SystemError) -> Descriptor {
    let parent = try parent(of: path)
    let file = try Descriptor.open(CString(Self.split(path).name), in: parent.rawValue, as: .file)
    guard try file.status().isRegular else { throw SystemError(code: EISDIR) }
    return file
  }

  /// The identity of what the regular file `path` holds; nil where there is none.
  func identity(_ path: [UInt8]) throws(SystemError) -> [UInt8]? {
    guard try status(path)?.isRegular == true else { return nil }
    return try open(path).identity()
  }

  /// The directory part of `path`, empty for none, and its last component.
  static func split(_ path: [UInt8]) -> (parent: ArraySlice<UInt8>, name: [UInt8]) {
    guard let slash = path.lastIndex(of: UInt8(ascii: "/")) else { return ([], path) }
    return (path[..<slash], Array(path[(slash + 1)...]))
  }
}

extension Descriptor {
  /// How many bytes of a file are in memory at a time.
  static let part = 1 << 18

  /// Calls `body` with all of the file, in parts.
  borrowing func forEachPart<Failure: Error>(
    _ body: ([UInt8]) throws(Failure) -> Void
  ) throws -> Int {
    var offset = 0
    while true {
      let bytes = try bytes(at: offset, count: Self.part)
      if bytes.isEmpty { return offset }
      try body(bytes)
      offset += bytes.count
    }
  }

  /// The identity of what the open file holds.
  borrowing func identity() throws(SystemError) -> [UInt8] {
    let byteCount = try status().byteCount
    do {
      return try Manifest.Entry.identity(byteCount: byteCount) { emit in
        // SAFETY: bytes have no padding; the array lives as long as the call.
        _ = try forEachPart { try emit(unsafe $0.span.bytes) }
      }
    } catch let error as SystemError {
      throw error
    } catch {
      throw SystemError(code: EIO)
    }
  }
}
