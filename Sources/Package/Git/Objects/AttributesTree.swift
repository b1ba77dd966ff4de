// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Synchronization
internal import SystemIO

/// What git needs to know the attributes of a commit that is not checked out: a work tree with nothing but
/// the commit's files of attributes.
///
/// There is no index: for one that git writes, it runs a hook of the repository (`post-index-change`).
final class AttributesTree: Sendable {
  /// A git with that work tree and no index.
  let git: Git
  private let directory: [UInt8]
  /// What was made in it, relative to it: what holds comes before what it holds.
  private let made = Mutex<[(path: [UInt8], isDirectory: Bool)]>([])

  /// A tree of `files` in the first of `directories` that accepts it.
  static func make(
    of files: [CommitAttributes.File], _ git: Git, in directories: [[UInt8]]
  ) throws(SystemError) -> AttributesTree {
    // What is there is removed by its owner, also where the rest can't be written.
    let tree = AttributesTree(git, in: try makeDirectory(in: directories))
    try tree.write(files)
    return tree
  }

  private static func makeDirectory(in directories: [[UInt8]]) throws(SystemError) -> [UInt8] {
    let name = Array("actorpush-\(UInt64.random(in: 0...UInt64.max))".utf8)
    var failure = SystemError(code: ENOENT)
    for directory in directories where Paths.status(directory)?.isDirectory == true {
      do throws(SystemError) {
        let path = Paths.join(directory, name)
        try Paths.makeDirectory(path, mode: 0o700)
        return try Paths.resolved(path)
      } catch {
        failure = error
      }
    }
    throw failure
  }

  private init(_ git: Git, in directory: [UInt8]) {
    self.directory = directory
    self.git = git.using(index: Paths.join(directory, Array(".no-index".utf8)), worktree: directory)
  }

  private func write(_ files: [CommitAttributes.File]) throws(SystemError) {
    let top = try Descriptor.open(CString(directory), as: .directory)
    for file in files {
      let start = file.path.lastIndex(of: UInt8(ascii: "/")) ?? -1
      let parent = try top.descend(file.path[..<max(0, start)], creating: 0o700) { path in
        made.withLock { $0.append((Array(path), true)) }
      }
      let output = try parent.create(Array(file.path[(start + 1)...]), mode: 0o600)
      made.withLock { $0.append((file.path, false)) }
      try Descriptor.write(file.contents, to: output.rawValue)
    }
  }

  deinit {
    if let top = try? Descriptor.open(CString(directory), as: .directory) {
      for (path, isDirectory) in made.withLock({ $0.reversed() }) {
        let start = path.lastIndex(of: UInt8(ascii: "/")) ?? -1
        try? top.descend(path[..<max(0, start)])
          .remove(Array(path[(start + 1)...]), isDirectory: isDirectory)
      }
    }
    try? Paths.removeDirectory(directory)
  }
}
