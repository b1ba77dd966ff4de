// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SourcePackage
internal import SourceTree
internal import SystemIO

/// Writes what a plan holds, or leaves out, to standard output.
struct Listing: ~Copyable {
  /// How it is written.
  enum Form {
    /// Lines for people.
    case text
    /// Names, each ended by a NUL byte.
    case names
    /// One JSON object.
    case json
  }

  private let plan: Plan
  /// The names of the secrets in a file, by its path.
  private let secrets: [[UInt8]: [String]]
  private let warnings: WarningLog
  private var cursor = PathCursor()

  init(_ plan: Plan, secrets: [SecretFinder.Find], _ warnings: WarningLog) {
    self.plan = plan
    self.warnings = warnings
    self.secrets = Dictionary(grouping: secrets, by: \.path).mapValues { $0.map(\.name) }
  }

  /// Writes what is in the package.
  mutating func writeEntries(
    to output: inout StandardOutput, as form: Form, _ order: ListingOrder
  ) throws(SystemError) {
    if form == .names { return try output.writeNames(of: plan) }
    if form == .json { try output.write(Self.head) }
    var isFirst = true
    for position in 0..<(order.indices?.count ?? plan.entries.count) {
      let index = order.indices?[position] ?? position
      let entry = plan.entries[index]
      cursor.move(to: index, in: plan)
      switch form {
      case .names: break
      case .text:
        try output.write(Self.column(entry))
        if entry.isDirectory {
          try output.write("           -")
        } else {
          try output.write(entry.byteCount, width: 12)
        }
        try output.write("  ")
        try writeShown(cursor.path, to: &output)
        if entry.isDirectory { try output.write("/") }
        if let names = secrets[cursor.path] {
          try output.write(text: "  (contains \(TerminalText.of(names.joined(separator: ", "))))")
        }
        try output.write("\n")
      case .json:
        let rule = plan.rule(of: index)?.description
        try writeObject(
          cursor.path, isDirectory: entry.isDirectory, entry: entry, rule: rule, isFirst: isFirst,
          total: entry.isDirectory ? order.totals?.bytes[index] : nil, to: &output)
      }
      isFirst = false
    }
    if form == .json { try writeEnd(to: &output) }
  }

  /// Writes what is left out.
  mutating func writeExcluded(to output: inout StandardOutput, as form: Form) throws(SystemError) {
    if form == .json { try output.write(Self.head) }
    let width = plan.excluded.lazy.map { $0.path.count + 1 }.max().map { min($0, 60) } ?? 0
    for (index, excluded) in plan.excluded.enumerated() {
      let name = excluded.isDirectory && form != .json ? excluded.path + [UInt8(ascii: "/")] : excluded.path
      switch form {
      case .names: try output.write(name + [0])
      case .text:
        let shown = TerminalText.of(name)
        try output.write(
          text: shown + String(repeating: " ", count: max(0, width - shown.unicodeScalars.count)))
        let rule = if case .always = excluded.rule { "never packaged" } else { excluded.rule.description }
        try output.write(text: "  " + TerminalText.of(rule) + "\n")
      case .json:
        try writeObject(
          Array(TerminalText.utf8(name).utf8), isDirectory: excluded.isDirectory, entry: nil,
          rule: excluded.rule.description, isFirst: index == 0, to: &output)
      }
    }
    if form == .json { try writeEnd(to: &output) }
  }

  // What `Report` would write, without the list in memory.
  private static let head: StaticString = "{\"entries\":["

  private func writeEnd(to output: inout StandardOutput) throws(SystemError) {
    try output.write("],")
    let report = Report(ListCommand.operation, EndingReport(warnings: warnings))
    try output.write(Array(JSONLine.bytes(report).dropFirst()))
    try output.write("\n")
  }

  private func writeStrings(_ texts: [String], to output: inout StandardOutput) throws(SystemError) {
    try output.write("[")
    for (index, text) in texts.enumerated() {
      if index > 0 { try output.write(",") }
      output.writeQuoted(Array(text.utf8))
    }
    try output.write("]")
  }

  private func writeObject(
    _ name: [UInt8], isDirectory: Bool, entry: Entry?, rule: String?, isFirst: Bool, total: Int? = nil,
    to output: inout StandardOutput
  ) throws(SystemError) {
    try output.write(isFirst ? "{\"path\":" : ",{\"path\":")
    output.writeQuoted(name)
    try output.write(isDirectory ? ",\"kind\":\"folder\"" : ",\"kind\":\"file\"")
    switch entry?.format {
    case .text: try output.write(",\"format\":\"TEXT\"")
    case .base64: try output.write(",\"format\":\"BASE64\"")
    case nil: break
    }
    if let count = total ?? entry?.byteCount, count >= 0 {
      try output.write(",\"bytes\":")
      try output.write(count)
    }
    if let rule {
      try output.write(",\"rule\":")
      output.writeQuoted(Array(rule.utf8))
    }
    if let names = secrets[name] {
      try output.write(",\"secrets\":")
      try writeStrings(names, to: &output)
    }
    try output.write("}")
  }

  private func writeShown(_ path: [UInt8], to output: inout StandardOutput) throws(SystemError) {
    // Most names are harmless as they are.
    if TerminalText.isPlain(path) {
      try output.write(path)
    } else {
      try output.write(text: TerminalText.of(path))
    }
  }

  private static func column(_ entry: Entry) -> StaticString {
    switch entry.format {
    case .text: "TEXT  "
    case .base64: "BASE64"
    case nil: "folder"
    }
  }
}
