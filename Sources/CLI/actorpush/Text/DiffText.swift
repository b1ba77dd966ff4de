// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deploy
internal import SourcePackage
internal import SystemIO
internal import TextDiff

/// Writes differences as git does.
struct DiffText {
  /// The width of a `--stat`.
  private static let width = 80

  let isColored: Bool
  /// Whether the output is a terminal: control characters are escaped then.
  let isTerminal: Bool

  /// The names alone.
  func writeNames(_ comparison: Comparison, to output: inout StandardOutput) throws(SystemError) {
    for change in comparison.difference.files { try output.write(text: shown(change.name) + "\n") }
  }

  /// The unified format.
  func writeHunks(_ comparison: Comparison, to output: inout StandardOutput) throws(SystemError) {
    var lines: [(code: String?, text: [UInt8])] = []
    try comparison.forEachFile { file throws(SystemError) in
      lines.removeAll()
      head(file, into: &lines)
      if let (old, new) = file.lines {
        let difference = LineDifference(from: old, to: new)
        UnifiedDifference(from: old, to: new, difference).forEachLine { kind, line in
          lines.append((Self.code(kind), Array(line)))
        }
      }
      for line in lines { try write(line.text, line.code, to: &output) }
    }
  }

  /// How much each file differs.
  func writeStat(_ comparison: Comparison, to output: inout StandardOutput) throws(SystemError) {
    var rows: [(name: String, added: Int, removed: Int, text: String?)] = []
    comparison.forEachFile { file in
      let name = shown(file.change.name)
      if let (old, new) = file.lines {
        let difference = LineDifference(from: old, to: new)
        rows.append((name, difference.addedCount, difference.removedCount, nil))
      } else {
        rows.append((name, 0, 0, "Bin \(Self.size(file.change.old)) -> \(Self.size(file.change.new)) bytes"))
      }
    }
    let nameWidth = rows.map { $0.name.unicodeScalars.count }.max() ?? 0
    let most = rows.map { $0.added + $0.removed }.max() ?? 0
    let digits = String(most).utf8.count
    let room = max(10, Self.width - nameWidth - digits - 5)
    for row in rows {
      let padding = String(repeating: " ", count: nameWidth - row.name.unicodeScalars.count)
      guard row.text == nil else {
        try output.write(text: " \(row.name)\(padding) | \(row.text ?? "")\n")
        continue
      }
      let count = String(row.added + row.removed)
      // At least one sign for what is there, and never more than there is room for.
      func signs(_ count: Int) -> Int { most <= room || count == 0 ? count : max(1, count * room / most) }
      let plus = painted(String(repeating: "+", count: signs(row.added)), "32")
      let minus = painted(String(repeating: "-", count: signs(row.removed)), "31")
      let space = String(repeating: " ", count: digits - count.utf8.count)
      try output.write(text: " \(row.name)\(padding) | \(space)\(count) \(plus)\(minus)\n")
    }
    if rows.isEmpty { return }
    let added = rows.reduce(0) { $0 + $1.added }
    let removed = rows.reduce(0) { $0 + $1.removed }
    var summary = " \(rows.count) \(Quantity.word(rows.count, "file")) changed"
    if added > 0 { summary += ", \(added) \(Quantity.word(added, "insertion"))(+)" }
    if removed > 0 { summary += ", \(removed) \(Quantity.word(removed, "deletion"))(-)" }
    try output.write(text: summary + "\n")
  }

  /// What stands before the hunks.
  private func head(_ file: Comparison.File, into lines: inout [(code: String?, text: [UInt8])]) {
    func add(_ text: String) { lines.append(("1", Array(text.utf8))) }
    let (old, new) = (quoted("a/", file.change.name), quoted("b/", file.change.name))
    add("diff --git \(old) \(new)")
    let modes = (Self.mode(file.change.old), Self.mode(file.change.new))
    switch modes {
    case (nil, let mode?): add("new file mode \(mode)")
    case (let mode?, nil): add("deleted file mode \(mode)")
    case (let before?, let after?) where before != after:
      add("old mode \(before)")
      add("new mode \(after)")
    default: break
    }
    let (from, to) = (modes.0 == nil ? "/dev/null" : old, modes.1 == nil ? "/dev/null" : new)
    guard let (oldLines, newLines) = file.lines else {
      if let mode = modes.0, mode == modes.1 {
        // Without a line of git's own here git apply takes what follows for a part of this file.
        add("old mode \(mode)")
        add("new mode \(mode)")
      }
      // git apply knows where the next file begins by these words.
      lines.append((nil, Array("Binary files \(from) and \(to) differ".utf8)))
      return
    }
    if oldLines.bytes == newLines.bytes { return }
    add("--- \(from)")
    add("+++ \(to)")
  }

  private func write(
    _ line: [UInt8], _ code: String?, to output: inout StandardOutput
  ) throws(SystemError) {
    let text = isTerminal ? Array(TerminalText.line(line).utf8) : line
    if isColored, let code {
      try output.write(text: "\u{1B}[\(code)m")
      try output.write(text)
      try output.write("\u{1B}[m\n")
    } else {
      try output.write(text)
      try output.write("\n")
    }
  }

  private func painted(_ text: String, _ code: String) -> String {
    isColored && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[m" : text
  }

  private func shown(_ name: [UInt8]) -> String { isTerminal ? TerminalText.of(name) : quoted("", name) }

  /// A name as git writes it: in double quotes, with escapes, where it has characters that would not survive
  /// otherwise.
  private func quoted(_ prefix: String, _ name: [UInt8]) -> String {
    let isPlain = name.allSatisfy {
      $0 >= 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
    }
    let text = prefix + String(decoding: name, as: UTF8.self)
    if isPlain { return text }
    var quoted = "\"" + prefix
    for byte in name {
      switch byte {
      case UInt8(ascii: "\n"): quoted += "\\n"
      case UInt8(ascii: "\t"): quoted += "\\t"
      case UInt8(ascii: "\""): quoted += "\\\""
      case UInt8(ascii: "\\"): quoted += "\\\\"
      case 0x20..<0x7F: quoted.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 8)
        quoted += "\\" + String(repeating: "0", count: 3 - digits.utf8.count) + digits
      }
    }
    return quoted + "\""
  }

  private static func code(_ kind: UnifiedDifference.LineKind) -> String? {
    switch kind {
    case .header: "36"
    case .removed: "31"
    case .added: "32"
    case .context, .note: nil
    }
  }

  private static func mode(_ entry: Manifest.Entry?) -> String? {
    guard let entry, !entry.isFolder else { return nil }
    return entry.isExecutable ? "100755" : "100644"
  }

  private static func size(_ entry: Manifest.Entry?) -> Int {
    entry.flatMap { $0.isFolder ? nil : $0.byteCount } ?? 0
  }
}

extension DiffText {
  /// Which commit the platform's version comes from, where it tells, and where that matters: for a
  /// difference.
  static func provenance(_ outcome: DiffOperation.Outcome) -> String? {
    guard let provenance = outcome.found.remote.provenance, provenance.commit != nil,
      !outcome.comparison.difference.changes.isEmpty
    else { return nil }
    return "the platform's version comes from " + VersionText.provenance(provenance, outcome.found.remote)
  }

  /// That only directories differ, which no line of a diff shows.
  static func foldersOnly(_ outcome: DiffOperation.Outcome) -> String? {
    let difference = outcome.comparison.difference
    let folders = difference.filesAndEmptyFolders.count
    guard difference.files.isEmpty, folders > 0 else { return nil }
    return "no file differs; \(Quantity.of(folders, "empty folder")) \(Quantity.word(folders, "does", "do"))"
  }
}
