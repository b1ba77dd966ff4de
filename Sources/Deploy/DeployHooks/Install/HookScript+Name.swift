// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

extension HookScript {
  /// What stands for a hook's own path, in the languages that hooks are written in.
  private static let names = [
    "$0", "${0", "$BASH_SOURCE", "${BASH_SOURCE", "argv[0]", "__file__", "$PROGRAM_NAME", "__FILE__",
  ]
  /// What stands before it where it is asked for the directory alone, which stays.
  private static let directories = ["dirname ", "dirname -- ", "dirname(", "dirname \"", "dirname -- \""]

  /// Whether the hook `contents` asks for its own name, as one does that runs `$0.d/*`: under another name it
  /// may do nothing, and succeed.
  static func goesByName(_ contents: [UInt8]) -> Bool {
    for line in contents.split(separator: UInt8(ascii: "\n")) {
      var rest = String(decoding: line, as: UTF8.self)
      if rest.first == "#" { continue }
      for directory in directories {
        for name in names { rest = rest.replacing(directory + name, with: "") }
      }
      if names.contains(where: { rest.utf8.holds($0) }) { return true }
    }
    return false
  }
}
