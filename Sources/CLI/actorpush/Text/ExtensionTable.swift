// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SourceTree
internal import SystemIO

/// What files of each extension take of a plan whose formats are known, the largest share first.
struct ExtensionTable {
  struct Row: Encodable, Sendable {
    /// In small letters, with its dot; empty where a name has none.
    let name: String
    var files = 0
    var bytes = 0
    var textFiles = 0
    var base64Files = 0

    private enum CodingKeys: String, CodingKey {
      case name = "extension"
      case files, bytes, textFiles, base64Files
    }
  }

  let rows: [Row]

  init(_ plan: Plan) {
    var rows: [[UInt8]: Row] = [:]
    for index in plan.entries.indices where !plan.entries[index].isDirectory {
      let entry = plan.entries[index]
      let ending = Self.ending(plan.name(of: index))
      var row = rows[ending] ?? Row(name: TerminalText.utf8(ending))
      row.files += 1
      row.bytes += max(0, entry.byteCount)
      switch entry.format {
      case .text?: row.textFiles += 1
      case .base64?: row.base64Files += 1
      case nil: break
      }
      rows[ending] = row
    }
    self.rows = rows.sorted { left, right in
      let (first, second) = (left.value, right.value)
      if first.bytes != second.bytes { return first.bytes > second.bytes }
      return left.key.lexicographicallyPrecedes(right.key)
    }.map(\.value)
  }

  /// What stands behind the last dot of `name`, with the dot. A name that begins with its only dot has none.
  private static func ending(_ name: ArraySlice<UInt8>) -> [UInt8] {
    let dot = UInt8(ascii: ".")
    guard let place = name.lastIndex(of: dot), place > name.startIndex, place + 1 < name.endIndex else {
      return []
    }
    return name[place...].map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
  }

  /// "    1.2 MB   60 %     12 files  .png  (BASE64)".
  var lines: [String] {
    let total = max(1, rows.reduce(0) { $0 + $1.bytes })
    return rows.map { row in
      let format =
        row.base64Files == 0
        ? "" : row.textFiles == 0 ? "  BASE64" : "  \(Quantity.number(row.base64Files)) BASE64"
      let name = row.name.isEmpty ? "(none)" : TerminalText.of(row.name)
      return [
        Self.right(Quantity.bytes(row.bytes), 10), Self.right("\(row.bytes * 100 / total) %", 6),
        Self.right(Quantity.of(row.files, "file"), 14),
      ].joined(separator: " ") + "  " + name + format
    }
  }

  private static func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.utf8.count)) + text
  }
}
