// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Git
package import SourceTree
internal import Synchronization
internal import SystemIO

/// Notes of each file of one plan, while it is packaged, what checks ask for: no file is read for that alone.
package final class ContentSurvey: Sendable {
  /// What was noted of a file.
  package struct Facts: Sendable {
    package var byteCount = 0
    package var isExecutable = false
    /// Whether it begins with "#!", and its first line ends with CR LF.
    package var hasShebangWithReturn = false
    /// Whether it begins as a pointer of Git LFS, and is as short as one.
    package var isLFSPointer = false
    /// Whether a line begins as that of a conflict does.
    package var mayHaveConflict = false
  }

  /// The first line of a script is no longer.
  private static let shebangLimit = 256
  private static let conflict = Array("<<<<<<< ".utf8)

  /// How many bytes behind a segment have to be seen with it.
  static let overlap = conflict.count

  private let facts: Mutex<[Facts]>
  private let search = ByteSearch([ContentSurvey.conflict])

  /// A survey of the files of `plan`.
  package init(_ plan: Plan) {
    facts = Mutex(Array(repeating: Facts(), count: plan.entries.count))
  }

  /// What was noted, by the indices of the plan.
  package var result: [Facts] { facts.withLock(\.self) }

  /// Looks at `bytes`, which begin at `offset` of the file at `index`.
  func inspect(_ bytes: RawSpan, at offset: Int, of index: Int, _ status: FileStatus) {
    var found = Facts(byteCount: status.byteCount, isExecutable: status.isExecutable)
    if offset == 0 {
      found.hasShebangWithReturn = Self.hasShebangWithReturn(bytes)
      found.isLFSPointer = LFSPointer.mayBe(byteCount: status.byteCount) && LFSPointer.begins(bytes)
    }
    search?.forEachMatch(in: bytes) { match in
      if match.offset == 0 || bytes.byte(at: match.offset - 1) == UInt8(ascii: "\n") {
        found.mayHaveConflict = true
      }
    }
    facts.withLock { facts in
      guard facts.indices.contains(index) else { return }
      // Of a large file each segment adds what it has.
      if offset > 0 || status.byteCount > bytes.byteCount {
        found.hasShebangWithReturn = found.hasShebangWithReturn || facts[index].hasShebangWithReturn
        found.mayHaveConflict = found.mayHaveConflict || facts[index].mayHaveConflict
      }
      facts[index] = found
    }
  }

  private static func hasShebangWithReturn(_ bytes: RawSpan) -> Bool {
    guard bytes.byteCount > 2, bytes.byte(at: 0) == UInt8(ascii: "#"), bytes.byte(at: 1) == UInt8(ascii: "!")
    else { return false }
    for place in 2..<min(bytes.byteCount, shebangLimit) where bytes.byte(at: place) == UInt8(ascii: "\n") {
      return bytes.byte(at: place - 1) == UInt8(ascii: "\r")
    }
    return false
  }
}
