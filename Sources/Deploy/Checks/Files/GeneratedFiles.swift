// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

extension CheckedPackage {
  /// Directories that tools make, and make again.
  private static let generatedNames: Set<[UInt8]> = Set(
    [
      "node_modules", "bower_components", ".venv", "__pycache__", ".pytest_cache", ".mypy_cache",
      ".ruff_cache", ".tox",
      ".nox", ".gradle", ".next", ".nuxt", ".turbo", ".parcel-cache", ".cache", ".nyc_output", ".build",
      ".eggs",
    ].map { Array($0.utf8) })
  /// A smaller file is not worth a word.
  private static let large = 1 << 20

  /// Large files below such directories, a finding for each outermost one.
  var generatedFindings: [Finding] {
    var total = 0
    // In the order of bytes what lies below one directory stands together.
    var groups: [(top: [UInt8], files: Int, bytes: Int)] = []
    for (index, record) in entries.records.enumerated() where record.kind != .directory {
      total += record.byteCount
      guard record.byteCount >= Self.large, !record.isBroughtBack,
        let top = Self.generatedTop(Array(entries.path(index)))
      else { continue }
      if groups.last?.top != top { groups.append((top, 0, 0)) }
      groups[groups.count - 1].files += 1
      groups[groups.count - 1].bytes += record.byteCount
    }
    let sorted = groups.sorted {
      $0.bytes != $1.bytes ? $0.bytes > $1.bytes : $0.top.lexicographicallyPrecedes($1.top)
    }
    return sorted.map { found in
      let (top, shown) = (found.top, TerminalText.of(found.top))
      let share = found.bytes * 100 / max(1, total)
      return Finding(
        .generatedFiles, at: Finding.Place(top),
        "\(Quantity.of(found.files, "file")) over 1 MiB in a directory that tools generate: "
          + "\(Quantity.bytes(found.bytes)), \(share) % of the package",
        remedy: "the line /\(shown)/ in .actorignore leaves it out")
    }
  }

  /// The outermost directory above `path` that has such a name.
  private static func generatedTop(_ path: [UInt8]) -> [UInt8]? {
    var start = 0
    while let end = path[start...].firstIndex(of: UInt8(ascii: "/")) {
      if generatedNames.contains(Array(path[start..<end])) { return Array(path[..<end]) }
      start = end + 1
    }
    return nil
  }
}
