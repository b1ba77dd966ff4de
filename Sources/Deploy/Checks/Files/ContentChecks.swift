// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

extension CheckedPackage {
  /// Larger files are not read again.
  private static let longest = 8 << 20
  /// More findings of one kind tell nothing new.
  private static let limit = 20

  /// Pointers, submodules, scripts of DOS, conflicts.
  var contentFindings: [Finding] {
    var findings: [Finding] = []
    for (index, record) in entries.records.enumerated()
    where !record.traits.isDisjoint(with: [.lfsPointer, .shebangWithReturn]) {
      let entry = entries[index]
      let check: Check = entry.traits.contains(.lfsPointer) ? .lfsPointer : .shebangLineEnd
      if findings.count(where: { $0.check == check }) == Self.limit { continue }
      let shown = TerminalText.of(entry.path)
      if check == .lfsPointer {
        findings.append(
          Finding(
            .lfsPointer, at: Finding.Place(entry.path),
            "only a Git LFS pointer: a few lines that stand for the file, which is not fetched",
            remedy: "git lfs pull fetches it; install git-lfs first where git does not know lfs"))
      } else {
        findings.append(
          Finding(
            .shebangLineEnd, at: Finding.Place(entry.path, line: 1),
            "the first line ends with CR LF, so its interpreter is not found",
            remedy: "save \(shown) with LF, and add \"\(shown) text eol=lf\" to .gitattributes"))
      }
    }
    for path in missingSubmodules {
      findings.append(
        Finding(
          .submoduleMissing, at: Finding.Place(path),
          "a submodule that is not checked out, an empty directory in the package",
          remedy: "run git submodule update --init"))
    }
    return findings + conflictFindings
  }

  private var conflictFindings: [Finding] {
    var findings: [Finding] = []
    for (index, record) in entries.records.enumerated()
    where record.traits.contains(.conflictCandidate) && record.byteCount <= Self.longest {
      let entry = entries[index]
      if findings.count == Self.limit { break }
      guard let text = contents(entry.path), let line = ConflictMarkers.firstLine(text) else { continue }
      findings.append(
        Finding(
          .conflictMarker, at: Finding.Place(entry.path, line: line), "an unresolved merge conflict",
          remedy: "resolve it: the lines from <<<<<<< to >>>>>>>"))
    }
    return findings
  }
}

/// What git writes around the two sides of a conflict.
enum ConflictMarkers {
  /// The line, from 1, of the first whole conflict in `text`: its three markers, each at the start of a line
  /// and in order. One of them alone may be a heading.
  static func firstLine(_ text: [UInt8]) -> Int? {
    var start: Int?
    var hasMiddle = false
    let lines = text.split(separator: 0x0A, omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      if begins(line, "<") {
        (start, hasMiddle) = (index + 1, false)
      } else if start != nil, isMiddle(line) {
        hasMiddle = true
      } else if hasMiddle, begins(line, ">") {
        return start
      }
    }
    return nil
  }

  /// Seven signs and a blank.
  private static func begins(_ line: ArraySlice<UInt8>, _ sign: Unicode.Scalar) -> Bool {
    let sign = UInt8(ascii: sign)
    guard line.count > 8, line[line.startIndex + 7] == 0x20 else { return false }
    return line.prefix(7).allSatisfy { $0 == sign }
  }

  private static func isMiddle(_ line: ArraySlice<UInt8>) -> Bool {
    let line = line.last == 0x0D ? line.dropLast() : line
    return line.count == 7 && line.allSatisfy { $0 == UInt8(ascii: "=") }
  }
}
