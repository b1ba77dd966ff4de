// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Git
internal import SystemIO

/// What a package consists of: every directory and file in the byte order of their names, a directory before
/// what it holds. One plan feeds listing, packing and pushing, so that what is previewed is what is sent.
package struct Plan: Sendable {
  /// Something that is left out.
  package struct Excluded: Sendable {
    /// Its path, relative to the project directory.
    package let path: [UInt8]
    /// Whether it is a directory, left out with all that is in it.
    package let isDirectory: Bool
    package let rule: Rule

    /// Whether it is `path`, or a directory that holds it.
    package func covers(_ path: [UInt8]) -> Bool {
      self.path == path || isDirectory && Paths.isInside(path, self.path)
    }
  }

  /// Where the files' contents are.
  enum Origin: Sendable {
    /// In the directory `root`.
    case directory
    /// With a commit, of that time in nanoseconds since 1970.
    case commit(BlobSpool, modified: Int)
  }

  /// The project directory: absolute and without symbolic links, or of a commit as it was given.
  package let root: [UInt8]
  package internal(set) var entries: [Entry] = []
  /// The rules that entries name.
  package internal(set) var rules: [Rule] = []
  /// What is left out, in byte order, where the walk was asked to record it.
  package internal(set) var excluded: [Excluded] = []
  package internal(set) var warnings: [WalkWarning] = []
  /// Whether links may lead out of the project; needed to open the files.
  package let followsExternalLinks: Bool
  /// The project directory, by which it shows whether another one has taken its place; nil for a commit's.
  let rootIdentity: FileIdentity?
  /// The last components of all names, each ended by a NUL.
  package internal(set) var names: [UInt8] = []
  var origin = Origin.directory
  /// The directory that has another path in the package than on disk.
  package internal(set) var moved: Move?
  /// The contents of files that are sent otherwise than they are, by their indices.
  var replacements: [Int: [UInt8]] = [:]

  init(root: [UInt8], followsExternalLinks: Bool, rootIdentity: FileIdentity?) {
    self.root = root
    self.followsExternalLinks = followsExternalLinks
    self.rootIdentity = rootIdentity
  }

  /// Writes the path of the entry at `index`, relative to the project directory, into `path` in place of what
  /// it held.
  package func path(of index: Int, into path: inout [UInt8]) {
    path.removeAll(keepingCapacity: true)
    appendPath(of: index, to: &path)
  }

  /// The path of the entry at `index`, relative to the project directory.
  package func path(of index: Int) -> [UInt8] {
    var path: [UInt8] = []
    appendPath(of: index, to: &path)
    return path
  }

  private func appendPath(of index: Int, to path: inout [UInt8]) {
    // From the name up: first count, then fill from the end, so that no list of ancestors is needed.
    var count = 0
    var current = index
    while current >= 0 {
      count += Int(entries[current].nameCount) + 1
      current = Int(entries[current].parent)
    }
    var end = path.count + count - 1
    path.append(contentsOf: repeatElement(UInt8(ascii: "/"), count: count - 1))
    current = index
    while current >= 0 {
      let entry = entries[current]
      let start = end - Int(entry.nameCount)
      for offset in 0..<Int(entry.nameCount) { path[start + offset] = names[entry.nameOffset + offset] }
      end = start - 1
      current = Int(entry.parent)
    }
  }

  /// The rule that brought in the entry at `index`, if one spoke about it.
  package func rule(of index: Int) -> Rule? {
    let rule = entries[index].rule
    return rule < 0 ? nil : rules[Int(rule)]
  }
}
