// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Synchronization

/// What a package holds, as far as checks need it.
package struct CheckedPackage: Sendable {
  package struct Entry: Sendable {
    package enum Kind: Sendable {
      case directory
      case file
      /// A symbolic link to a file, sent as what it leads to.
      case link
    }

    /// The path, relative to the project directory.
    package let path: [UInt8]
    package let kind: Kind
    /// The size in bytes; 0 for a directory.
    package var byteCount: Int
    package var traits: Traits
    /// Whether a line of an ignore file names it to bring it back.
    package var isBroughtBack: Bool

    package init(
      _ path: [UInt8], _ kind: Kind = .file, byteCount: Int = 0, traits: Traits = [],
      isBroughtBack: Bool = false
    ) {
      self.path = path
      self.kind = kind
      self.byteCount = byteCount
      self.traits = traits
      self.isBroughtBack = isBroughtBack
    }
  }

  /// What a file's contents and mode show.
  package struct Traits: OptionSet, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let executable = Traits(rawValue: 1)
    /// It begins with "#!", and its first line ends with CR LF.
    package static let shebangWithReturn = Traits(rawValue: 2)
    package static let lfsPointer = Traits(rawValue: 4)
    /// A line begins as that of a conflict does; whether it is one has to be looked at.
    package static let conflictCandidate = Traits(rawValue: 8)
  }

  /// Something that is left out.
  package struct Exclusion: Sendable {
    package let path: [UInt8]
    /// Whether it is a directory, left out with all that is in it.
    package let isDirectory: Bool
    /// The rule in words: ".gitignore:3: dist/".
    package let rule: String
    /// The directory whose .actorignore can bring it back, relative to that of the package; nil where none
    /// can.
    package let isBroughtBackIn: [UInt8]?

    package init(_ path: [UInt8], isDirectory: Bool, rule: String, isBroughtBackIn: [UInt8]? = []) {
      self.path = path
      self.isDirectory = isDirectory
      self.rule = rule
      self.isBroughtBackIn = isBroughtBackIn
    }
  }

  package let entries: Entries
  /// Submodules that are not checked out.
  package var missingSubmodules: [[UInt8]] = []
  /// The contents of the file at a path; nil where there is none. Blocks.
  package var contents: @Sendable (_ path: [UInt8]) -> [UInt8]?
  /// What is left out; asked for only where something is missing. Blocks.
  var exclusions: [Exclusion] { excluded.all }

  private let excluded: Exclusions

  package init(
    _ entries: Entries, contents: @escaping @Sendable (_ path: [UInt8]) -> [UInt8]?,
    exclusions: @escaping @Sendable () -> [Exclusion] = { [] }
  ) {
    self.entries = entries
    self.contents = contents
    excluded = Exclusions(exclusions)
  }

  /// What is left out, found out once.
  private final class Exclusions: Sendable {
    private let state = Mutex<[Exclusion]?>(nil)
    private let find: @Sendable () -> [Exclusion]

    init(_ find: @escaping @Sendable () -> [Exclusion]) { self.find = find }

    var all: [Exclusion] {
      state.withLock { found in
        let all = found ?? find()
        found = all
        return all
      }
    }
  }

  /// The entry at `path`.
  func entry(_ path: [UInt8]) -> Entry? {
    let index = entries.firstIndex(notBefore: path)
    return index < entries.count && entries.path(index).elementsEqual(path) ? entries[index] : nil
  }

  /// What lies in the directory at `path`; everything for the empty path.
  func entries(below path: [UInt8]) -> Slice<Entries> { entries[indices(below: path)] }

  func indices(below path: [UInt8]) -> Range<Int> {
    if path.isEmpty { return entries.indices }
    let start = entries.firstIndex(notBefore: path + [UInt8(ascii: "/")])
    // "0" is the byte behind "/".
    let end = entries.firstIndex(notBefore: path + [UInt8(ascii: "0")])
    return min(start, end)..<end
  }

  /// The indices of what lies in the directory at `path` itself, and not deeper.
  func children(of path: [UInt8]) -> [Int] {
    let range = indices(below: path)
    let start = path.isEmpty ? 0 : path.count + 1
    var children: [Int] = []
    var index = range.lowerBound
    while index < range.upperBound {
      let name = entries.path(index).dropFirst(start)
      if let slash = name.firstIndex(of: UInt8(ascii: "/")) {
        // Behind all that lies in this one.
        let above = Array(entries.path(index)[..<slash])
        index = max(index + 1, entries.firstIndex(notBefore: above + [UInt8(ascii: "0")]))
      } else {
        children.append(index)
        index += 1
      }
    }
    return children
  }

  /// Whether there is a file at `path`.
  func hasFile(_ path: [UInt8]) -> Bool { entry(path).map { $0.kind != .directory } ?? false }
}
