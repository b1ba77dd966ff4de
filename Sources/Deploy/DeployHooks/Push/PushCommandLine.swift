// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// The command line of a `git push`, read as git reads it: options may be abbreviated, joined, taken back,
/// and may stand behind the remote.
///
/// git runs no hook for a command line that it refuses, so that an ambiguous abbreviation needs no answer.
struct PushCommandLine: Sendable, Equatable {
  /// Whether git only shows what it would push.
  private(set) var isDryRun = false

  /// Long options of `git push` whose value may be the next word; an abbreviation of two of them is refused.
  private static let valued = ["exec", "push-option", "receive-pack", "recurse-submodules", "repo"]
  /// Options of git itself, before the command, whose value is the next word. They are never abbreviated.
  private static let valuedBefore = [
    "-C", "-c", "--attr-source", "--config-env", "--git-dir", "--namespace", "--super-prefix",
    "--work-tree",
  ]

  /// Returns nil where `words`, the program's name among them, are no `git push`.
  init?(_ words: [String]) {
    guard let path = words.first?.utf8 else { return nil }
    // Nothing where the path ends with a slash.
    let program = path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).last ?? path[...]
    var rest = words.dropFirst()
    if !program.elementsEqual("git-push".utf8) {
      while let word = rest.first, word.hasPrefix("-") {
        rest = rest.dropFirst(Self.valuedBefore.contains(word) ? 2 : 1)
      }
      guard program.elementsEqual("git".utf8), rest.popFirst() == "push" else { return nil }
    }
    while let word = rest.popFirst() {
      if word == "--" || word == "--end-of-options" { break }
      let takesNext = word.hasPrefix("--") ? readLong(word.dropFirst(2)) : readShort(word)
      if takesNext { _ = rest.popFirst() }
    }
  }

  /// Returns nil where `contents`, of `/proc/PID/cmdline`, are no `git push`.
  init?(process contents: [UInt8]) {
    var words = contents.split(separator: 0, omittingEmptySubsequences: false)
    if words.last?.isEmpty == true { words.removeLast() }
    self.init(words.map { String(decoding: $0, as: UTF8.self) })
  }

  /// Reads a long option, given without its dashes. Returns whether its value is the next word.
  private mutating func readLong(_ option: Substring) -> Bool {
    let name = String(option.prefix { $0 != "=" })
    if "dry-run".hasPrefix(name) { isDryRun = true }
    // "--no-d" could be "--no-delete" as well.
    if name.hasPrefix("no-d"), "no-dry-run".hasPrefix(name) { isDryRun = false }
    return name.utf8.count == option.utf8.count && Self.valued.contains { $0.hasPrefix(name) }
  }

  /// Reads a word of short options: "-fn"; any other word changes nothing. Returns whether the value of the
  /// last one is the next word.
  private mutating func readShort(_ word: String) -> Bool {
    guard word.hasPrefix("-") else { return false }
    let options = word.utf8.dropFirst()
    for (index, option) in options.enumerated() {
      if option == UInt8(ascii: "n") { isDryRun = true }
      // The value of -o is the rest of the word, or the next one.
      if option == UInt8(ascii: "o") { return index == options.count - 1 }
    }
    return false
  }
}
