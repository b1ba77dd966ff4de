// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

extension HookScript {
  /// What stands for a hook's own path, in the languages that hooks are written in.
  private static let names = [
    "$0", "${0", "$BASH_SOURCE", "${BASH_SOURCE", "argv[0]", "process.argv[1]", "__file__",
    "__filename", "$PROGRAM_NAME", "__FILE__",
  ]
  /// What stands before it where it is asked for the directory alone, which stays.
  private static let directories = ["dirname ", "dirname -- ", "dirname(", "dirname \"", "dirname -- \""]

  /// A shell's other word for that.
  private static let shellDirectories = ["${0%/*}", "${BASH_SOURCE%/*}", "${BASH_SOURCE[0]%/*}"]

  /// Whether the hook `contents` asks for its own name, as one does that runs `$0.d/*`: under another name it
  /// may do nothing, and succeed.
  static func goesByName(_ contents: [UInt8]) -> Bool {
    for line in contents.split(separator: UInt8(ascii: "\n")) {
      var rest = String(decoding: line, as: UTF8.self)
      let text = rest.drop { $0 == " " || $0 == "\t" }
      if text.hasPrefix("#") || text.hasPrefix("//") { continue }
      if rest.utf8.holds("awk") { rest = withoutQuotes(rest) }
      for directory in shellDirectories { rest = rest.replacing(directory, with: "") }
      for directory in directories {
        for name in names { rest = rest.replacing(directory + name, with: "") }
      }
      if names.contains(where: { rest.utf8.holds($0) }) { return true }
    }
    return false
  }

  /// `line` without what stands in single quotes: a shell puts nothing in there, the `$0` of an awk is awk's.
  private static func withoutQuotes(_ line: String) -> String {
    let parts = line.split(separator: "'", omittingEmptySubsequences: false)
    return parts.indices.filter { $0 % 2 == 0 }.map { String(parts[$0]) }.joined(separator: "''")
  }
}
