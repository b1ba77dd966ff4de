// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

extension HostileRow {
  /// Names that a terminal, a shell or another file system takes for something else.
  static let ofNames: [HostileRow] = [
    HostileRow("a name with a line's end", "list", 0, shows: ["a\\nb"]) { try $0.write("a\nb", "x") },
    HostileRow("a name with escape sequences", "list", 0, shows: ["red"], never: ["\u{1B}"]) {
      try $0.write("\u{1B}[31mred\u{7}", "x")
    },
    HostileRow("a name that turns the text's direction", "list", 0, shows: ["cod"], never: ["\u{202E}"]) {
      try $0.write("gpj.\u{202E}cod", "x")
    },
    HostileRow(
      "an error about a name with escape sequences", "list", 5, says: ["error: a broken symbolic link"],
      never: ["\u{1B}"]
    ) {
      try $0.link("\u{1B}[2Jgone", to: "\u{1B}[31mnowhere")
    },
    HostileRow("a name of 255 bytes", "list -0", 0, shows: [String(repeating: "n", count: 255)]) {
      try $0.write(String(repeating: "n", count: 255), "x")
    },
    HostileRow("a name of 255 bytes of emoji", "pack -o /dev/null", 0) {
      try $0.write(String(repeating: "🦊", count: 63), "x")
    },
    HostileRow("a name that is not UTF-8", "list", 5, says: ["error: the name is not valid UTF-8", "\\xFF"]) {
      try $0.write(named: [0x61, 0xFF])
    },
    HostileRow("a name that is not UTF-8, ignored", "list", 0, never: ["\\xFF"]) {
      try $0.write(named: [0x61, 0xFF])
      try $0.write(".gitignore", "a?\n")
    },
    HostileRow(
      "an argument that is not UTF-8", #"list "$(printf 'a\377')""#, 64,
      says: ["the argument a\\xFF is not valid UTF-8"]
    ) {
      try $0.write(named: [0x61, 0xFF])
    },
    HostileRow("names that differ by case", "check", 0, shows: ["name-collision"]) {
      try $0.write("readme", "x")
      try $0.write("README", "x")
    },
    HostileRow("names that differ by Unicode form", "check", 0, shows: ["name-collision"]) {
      try $0.write("e\u{301}", "x")
      try $0.write("\u{E9}", "x")
    },
    HostileRow("names that look like options", "list -- .", 0, shows: ["-rf", "--all", "--output=x"]) {
      for name in ["-rf", "--all", "--output=x"] { try $0.write(name, "x") }
    },
    HostileRow("a directory that looks like an option", "list -- --all", 0, shows: ["inner"]) {
      try $0.write("--all/inner", "x")
    },
    HostileRow("names of the shell's language", "pack -o /dev/null", 0) {
      for name in ["$(touch ran)", "`touch ran`", ";touch ran", "a b", "'", "\"", "\\", "*"] {
        try $0.write(name, "x")
      }
    },
    HostileRow("a name of blanks", "list", 0) { try $0.write("   ", "x") },
  ]
}
