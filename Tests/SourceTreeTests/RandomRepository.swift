// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import FoundationEssentials
import TestSupport

/// A repository full of odd names and odd ignore files, the same for the same seed.
///
/// `RandomRepository+Settings` and `RandomRepository+Index` make what lies around the trees.
struct RandomRepository {
  static let treesEach = 20

  let folder: TemporaryFolder
  var random: SeededGenerator
  /// The top folders of its trees.
  private(set) var trees: [String] = []
  /// All files and folders, relative to the top.
  private(set) var paths: [String] = []
  private(set) var files: [String] = []
  let ignoresCase: Bool
  /// The user's home directory; nil for none.
  var home: String?
  /// Where `XDG_CONFIG_HOME` points; nil where it is not set.
  var configHome: String?

  /// - Parameter isPlain: whether the only configuration is a small one of the repository, and the index is
  ///   as `git add` leaves it.
  init(seed: Int, template: TemporaryFolder, isPlain: Bool = true) async throws {
    folder = try TemporaryFolder(inMemory: true)
    random = SeededGenerator(seed)
    ignoresCase = random.chance(15)
    try FileManager.default.copyItem(atPath: template(".git"), toPath: folder(".git"))
    if isPlain { try writePlainConfig() } else { try writeSettings() }
    if random.chance(40) { try folder.write(".git/info/exclude", ignoreFile()) }
    if random.chance(40) {
      try folder.write(".gitignore", ignoreFile())
      note(".gitignore")
    }
    for index in 0..<Self.treesEach { try grow("t\(index)", depth: 0) }
    trees = (0..<Self.treesEach).map { "t\($0)" }
    try await track(isPlain: isPlain)
  }

  private mutating func writePlainConfig() throws {
    var config = "[core]\n\trepositoryformatversion = 0\n\tbare = false\n"
    if ignoresCase { config += "\tignorecase = true\n" }
    if random.chance(30) {
      config += "\texcludesFile = .git/global ; the user's\n"
      try folder.write(".git/global", ignoreFile())
    }
    try folder.write(".git/config", config)
  }

  private mutating func grow(_ path: String, depth: Int) throws {
    try folder.folder(path)
    paths.append(path)
    if random.chance(depth == 0 ? 90 : 25) {
      try folder.write(path + "/.gitignore", ignoreFile())
      note(path + "/.gitignore")
    }
    var used: Set<String> = []
    for _ in 0..<Int.random(in: depth == 0 ? 2...5 : 0...4, using: &random) {
      let name = random.pick(Self.names)
      // Two names that differ by case only can't both be there where case is ignored.
      guard used.insert(ignoresCase ? name.lowercased() : name).inserted else { continue }
      let child = path + "/" + name
      if depth < 4, random.chance(45) {
        try grow(child, depth: depth + 1)
      } else {
        try folder.write(child, "x")
        note(child)
      }
    }
  }

  mutating func noteFolder(_ path: String) { paths.append(path) }

  mutating func note(_ file: String) {
    files.append(file)
    paths.append(file)
  }

  private mutating func track(isPlain: Bool) async throws {
    var chosen: [String] = []
    for file in files where random.chance(12) { chosen.append(file) }
    guard !chosen.isEmpty else { return }
    try await git(
      ["add", "-f", "--pathspec-from-file=-", "--pathspec-file-nul"], in: folder.path,
      input: Array(chosen.joined(separator: "\0").utf8))
    if !isPlain { return try await changeIndex(tracked: chosen) }
    if random.chance(30) { try await git(["update-index", "--index-version", "4"], in: folder.path) }
  }

  /// A path that exists, or one near or below such a path that may not.
  mutating func anyPath() -> String {
    var path = random.pick(paths)
    for _ in 0..<Int.random(in: 0...3, using: &random) {
      if random.chance(30), let slash = path.lastIndex(of: "/") {
        path = String(path[..<slash])
      } else {
        path += "/" + random.pick(Self.names)
      }
    }
    return path
  }

  /// Writes a random .actorignore into `directory`, relative to the top.
  mutating func writeActorIgnore(in directory: String) throws {
    try folder.write(directory + ".actorignore", ignoreFile().filter { $0 != 0 })
  }

  mutating func ignoreFile() -> [UInt8] {
    let lineEnd = random.pick(["\n", "\n", "\n", "\r\n"])
    var text = ""
    for _ in 0..<Int.random(in: 1...7, using: &random) { text += pattern() + lineEnd }
    if random.chance(20) {
      text = String(
        text.unicodeScalars.reversed().drop { $0 == "\n" || $0 == "\r" }.reversed().map(Character.init))
    }
    return (random.chance(5) ? [0xEF, 0xBB, 0xBF] : []) + Array(text.utf8)
  }

  mutating func pattern() -> String {
    var text: String
    switch Int.random(in: 0..<100, using: &random) {
    case 0..<25: text = random.pick(Self.names)
    case 25..<40: text = random.pick(Self.names) + "/" + random.pick(Self.names)
    case 40..<50:
      text =
        random.pick(["**/", "/", "*/", ""]) + random.pick(Self.names)
        + random.pick(["", "/", "/*", "/**", "*"])
    default:
      text = ""
      for _ in 0..<Int.random(in: 1...5, using: &random) { text += random.pick(Self.atoms) }
    }
    if random.chance(25) { text = "!" + text }
    if random.chance(10) { text = "/" + text }
    if random.chance(20) { text += "/" }
    if random.chance(10) { text += random.pick([" ", "  ", "\\ ", "\t", " \\", "\\"]) }
    if random.chance(3) { text = "#" + text }
    if random.chance(2) { text = " " + text }
    if random.chance(2) { text = "" }
    if random.chance(1) { text = text.prefix(1) + "\0" + text.dropFirst(1) }
    return text
  }

  static let names = [
    "a", "b", "foo", "bar", "foo.c", "bar.o", "a b", "x[1]", "b1", "Foo", "node", ".hid", "foo ", "a-b",
    "a.b", "ab", "abc", "c",
    "\\x", "!n", "#h", "é", "q?", "s*",
  ]

  private static let atoms = [
    "*", "**", "?", "[a-c]", "[!a]", "[^b]", "[[:alpha:]]", "[[:digit:]]", "[[:upper:]]", "[]-]", "[a-", "\\",
    "\\*", "\\ ",
    "[[:foo:]]", "[\\]]", "a", "b", "foo", "bar", ".c", ".o", "/", "/", "/", "**/", "/**", "*.o", "x[1]",
    "\\!", "\\#", "é", " ",
    "\t", "[[:space:]]", "[[:punct:]]", "***", "[a-c-e]", "[[:]", "[]a]", "[!]a]", "F", "B", "[A-Z]", "\r",
    "-", "[.-0]", "[/]",
    "[!/]", "\\/", "1", "t1", "t*",
  ]
}
