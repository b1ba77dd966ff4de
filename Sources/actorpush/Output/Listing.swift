// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import POSIX
internal import SourcePackage
internal import SourceTree

/// Writes what a plan holds, or leaves out, to standard output.
struct Listing: ~Copyable {
  /// How it is written.
  enum Form {
    /// Lines for people.
    case text
    /// Names, each ended by a NUL byte.
    case names
    /// One JSON array.
    case json
  }

  private let plan: Plan
  private var path: [UInt8] = []

  init(_ plan: Plan) { self.plan = plan }

  /// Writes what is in the package.
  mutating func writeEntries(to output: inout StandardOutput, as form: Form) throws(SystemError) {
    if form == .json { try output.write("[") }
    for index in plan.entries.indices {
      let entry = plan.entries[index]
      plan.path(of: index, into: &path)
      if entry.kind == .folder, form != .json { path.append(UInt8(ascii: "/")) }
      switch form {
      case .names:
        path.append(0)
        try output.write(path)
      case .text:
        let size = entry.kind == .folder ? "-" : String(entry.byteCount)
        try output.write(
          Self.padded(Self.format(entry) ?? "folder", 6) + Self.aligned(size, 12) + "  " + SafeText.of(path)
            + "\n")
      case .json:
        try output.write(index == 0 ? "\n" : ",\n")
        let rule = plan.rule(of: index)?.description
        let members: [(String, [UInt8])] = [
          ("name", JSONString.quoted(String(decoding: path, as: UTF8.self))),
          ("kind", JSONString.quoted(entry.kind == .folder ? "folder" : "file")),
          ("format", Self.optional(Self.format(entry))),
          ("bytes", Array((entry.byteCount < 0 ? "null" : String(entry.byteCount)).utf8)),
          ("rule", Self.optional(rule)),
        ]
        try output.write(Self.object(members))
      }
    }
    if form == .json { try output.write("\n]\n") }
  }

  /// Writes what is left out.
  mutating func writeExcluded(to output: inout StandardOutput, as form: Form) throws(SystemError) {
    if form == .json { try output.write("[") }
    let width = plan.excluded.lazy.map { $0.path.count + 1 }.max().map { min($0, 60) } ?? 0
    for (index, excluded) in plan.excluded.enumerated() {
      let name = excluded.isFolder && form != .json ? excluded.path + [UInt8(ascii: "/")] : excluded.path
      switch form {
      case .names: try output.write(name + [0])
      case .text:
        let rule =
          if case .always = excluded.rule { "never packaged" } else { SafeText.of(excluded.rule.description) }
        try output.write(Self.padded(SafeText.of(name), width) + "  " + rule + "\n")
      case .json:
        try output.write(index == 0 ? "\n" : ",\n")
        let members: [(String, [UInt8])] = [
          ("name", JSONString.quoted(SafeText.utf8(name))),
          ("kind", JSONString.quoted(excluded.isFolder ? "folder" : "file")),
          ("format", Array("null".utf8)), ("bytes", Array("null".utf8)),
          ("rule", JSONString.quoted(excluded.rule.description)),
        ]
        try output.write(Self.object(members))
      }
    }
    if form == .json { try output.write("\n]\n") }
  }

  private static func format(_ entry: Entry) -> String? {
    switch entry.format {
    case .text: "TEXT"
    case .base64: "BASE64"
    case nil: nil
    }
  }

  private static func optional(_ text: String?) -> [UInt8] {
    text.map { JSONString.quoted($0) } ?? Array("null".utf8)
  }

  private static func object(_ members: [(String, [UInt8])]) -> [UInt8] {
    var text = Array("{".utf8)
    for (name, value) in members {
      if text.count > 1 { text.append(UInt8(ascii: ",")) }
      text += Array("\"\(name)\":".utf8) + value
    }
    return text + Array("}".utf8)
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.unicodeScalars.count))
  }

  private static func aligned(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.utf8.count)) + text
  }
}
