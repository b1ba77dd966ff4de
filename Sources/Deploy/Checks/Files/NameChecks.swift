// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

extension CheckedPackage {
  /// More pairs tell nothing new.
  private static let pairLimit = 20
  /// Links whose copies are smaller than this do no harm.
  private static let smallCopy = 1 << 16

  /// Names in one directory that differ only in case or Unicode form: on macOS and Windows they are one file.
  var nameFindings: [Finding] {
    var findings: [Finding] = []
    // By a hash of the folded path; the few that meet are compared.
    var seen: [Int: Int] = [:]
    seen.reserveCapacity(entries.count)
    for index in entries.indices {
      let path = entries[index].path
      guard let other = seen.updateValue(index, forKey: Self.foldedHash(path)) else { continue }
      let before = entries[other].path
      // Of directories that differ so, all that they hold does, too.
      guard PackagePath.parent(before) == PackagePath.parent(path),
        Self.folded(before[...]) == Self.folded(path[...])
      else { continue }
      findings.append(
        Finding(
          .nameCollision, at: Finding.Place(path),
          "differs from \(TerminalText.of(before)) only in "
            + (before.count == path.count && Self.isASCII(path[...]) ? "case" : "case or Unicode form"),
          remedy: "rename one of them: on macOS and Windows they are one file"))
      if findings.count == Self.pairLimit { break }
    }
    return findings
  }

  /// Links to files that are sent once for each link.
  var linkFindings: [Finding] {
    let links = entries.filter { $0.kind == .link }
    let bytes = links.reduce(0) { $0 + $1.byteCount }
    guard bytes >= Self.smallCopy, let largest = links.max(by: { $0.byteCount < $1.byteCount }) else {
      return []
    }
    return [
      Finding(
        .linkFlattened, at: Finding.Place(largest.path),
        "\(Quantity.of(links.count, "symbolic link")) to files: packaged as copies, \(Quantity.bytes(bytes)) in all",
        remedy:
          "exclude them in .actorignore where the image does not need them, or make them in the Dockerfile")
    ]
  }

  private static func isASCII(_ bytes: ArraySlice<UInt8>) -> Bool { bytes.allSatisfy { $0 < 0x80 } }

  private static func foldedHash(_ path: [UInt8]) -> Int {
    guard isASCII(path[...]) else { return folded(path[...]).hashValue }
    // FNV-1a over small letters.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in path {
      let isCapital = byte >= 0x41 && byte <= 0x5A
      hash = (hash ^ UInt64(isCapital ? byte | 0x20 : byte)) &* 0x100_0000_01B3
    }
    return Int(truncatingIfNeeded: hash)
  }

  /// Small letters, composed: `String`'s equality is that of canonical equivalence.
  private static func folded(_ path: ArraySlice<UInt8>) -> String {
    String(decoding: path, as: UTF8.self).lowercased()
  }
}
