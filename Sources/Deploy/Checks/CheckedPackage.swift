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
    /// Whether a line of .actorignore can bring it back.
    package let canBeBroughtBack: Bool

    package init(_ path: [UInt8], isDirectory: Bool, rule: String, canBeBroughtBack: Bool = true) {
      self.path = path
      self.isDirectory = isDirectory
      self.rule = rule
      self.canBeBroughtBack = canBeBroughtBack
    }
  }

  /// In byte order of the paths, a directory before what it holds.
  package let entries: [Entry]
  /// Submodules that are not checked out.
  package var missingSubmodules: [[UInt8]] = []
  /// The contents of the file at a path; nil where there is none. Blocks.
  package var contents: @Sendable (_ path: [UInt8]) -> [UInt8]?
  /// What is left out; asked for only where something is missing. Blocks.
  var exclusions: [Exclusion] { excluded.all }

  private let excluded: Exclusions

  package init(
    _ entries: [Entry], contents: @escaping @Sendable (_ path: [UInt8]) -> [UInt8]?,
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
    let index = firstIndex(notBefore: path)
    return index < entries.count && entries[index].path == path ? entries[index] : nil
  }

  /// What lies in the directory at `path`; everything for the empty path.
  func entries(below path: [UInt8]) -> ArraySlice<Entry> {
    if path.isEmpty { return entries[...] }
    let start = firstIndex(notBefore: path + [UInt8(ascii: "/")])
    // "0" is the byte behind "/".
    let end = firstIndex(notBefore: path + [UInt8(ascii: "0")])
    return entries[min(start, end)..<end]
  }

  /// Whether there is a file at `path`.
  func hasFile(_ path: [UInt8]) -> Bool { entry(path).map { $0.kind != .directory } ?? false }

  private func firstIndex(notBefore path: [UInt8]) -> Int {
    var (low, high) = (0, entries.count)
    while low < high {
      let middle = low + (high - low) / 2
      if entries[middle].path.lexicographicallyPrecedes(path) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
