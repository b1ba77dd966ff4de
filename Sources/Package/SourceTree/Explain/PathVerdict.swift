// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Whether one path is in the package, or would be if it existed, and all rules that speak about it.
package struct PathVerdict: Sendable {
  /// What lies at the path.
  package enum Kind: Sendable {
    case directory
    /// A regular file, or a symbolic link to one that is in the package.
    case file
    /// Something else, as a FIFO or a link that leads nowhere.
    case other
    /// Nothing.
    case absent
  }

  /// Something that speaks about the path or about a directory above it.
  package struct Reason: Sendable {
    package enum Cause: Sendable {
      case rule(Rule)
      /// A directory that is left out holds this path, which is in.
      case contents([UInt8])
      /// A FIFO, socket or device.
      case specialFile
      /// A symbolic link that leads nowhere, with the option to skip them.
      case brokenLink
      /// A symbolic link by which an editor marks that it has a file open.
      case editorLock
      /// A directory that is left out and cannot be looked into.
      case unreadable
    }

    package let cause: Cause
    /// Whether it leaves the path out; otherwise it brings it in.
    package let excludes: Bool
    /// What it speaks about: the path, or a directory above it.
    package let path: [UInt8]

    init(_ cause: Cause, excludes: Bool, at path: [UInt8]) {
      self.cause = cause
      self.excludes = excludes
      self.path = path
    }
  }

  /// The path, relative to the project directory; empty for that itself.
  package let path: [UInt8]
  package let kind: Kind
  package let isIncluded: Bool
  /// In the order in which they are asked: the last one decides. Empty where the path is in as no rule
  /// matches.
  package let reasons: [Reason]
  /// Of an absent path the nearest one above it that exists; empty for the project directory.
  package let nearest: [UInt8]?
  /// The file, and the directories on the way to it; nil for what is no file of the package.
  let file: Plan?

  /// What the bytes of the file say; nil where it is no file of the package. Reads the file.
  package func contents() throws(SourceTreeError) -> ContentFacts? {
    guard let file, let last = file.entries.indices.last else { return nil }
    var reader = try PlanReader(file)
    return try ContentFacts(reading: reader.open(last))
  }
}
