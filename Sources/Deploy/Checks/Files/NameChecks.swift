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
    for (before, index) in NameTwins(entries).pairs(limit: Self.pairLimit) {
      let (before, path) = (entries.path(before), entries.path(index))
      findings.append(
        Finding(
          .nameCollision, at: Finding.Place(Array(path)),
          "differs from \(TerminalText.of(before)) only in "
            + (before.count == path.count && path.allSatisfy { $0 < 0x80 } ? "case" : "case or Unicode form"),
          remedy: "rename one of them: on macOS and Windows they are one file"))
    }
    return findings
  }

  /// Links to files that are sent once for each link.
  var linkFindings: [Finding] {
    let records = entries.records
    let links = records.indices.filter { records[$0].kind == .link }.map { entries[$0] }
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
}
