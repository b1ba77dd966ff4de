// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import FoundationEssentials
import Git
import TestSupport
import Testing

@Suite("A configuration file")
struct ConfigTests {
  @Test(
    "is read as git reads it",
    arguments: [
      "", "# only\n; comments", "[core]\n\texcludesFile = a\n", "[core]\r\n\tignoreCase = yes\r\n\tx\r\n",
      "[Core] ExcludesFile=a b  # comment", "\u{FEFF}[core]\nx=1", "[core]x=1\n[other]y=2 ; z\n[core]x=3",
      "[core]\nx = \"  a # b ; c \" # d\n", "[core]\nx = a \"b  \" c \n", "[core]\nx = \"\" a\n",
      "[core]\nx = \"\"\n", "[core]\nx =\n", "[core]\nx\n", "[core]\nx=1;y\n", "[core]\nx = a \"\" \n",
      "[core]\nx = a\\\n b\n", "[core]\nx = \"a\\\n  b\"\n", "[core]\nx = a \\\n", "[core]\nx = a\\",
      "[core]\nx = a\\\r\nb\n", "[core]\nx = a\\tb\\nc\\bd\\\\e\\\"f\n", "[core]\nx = grün\n",
      "[a \"B c\\\"d\\\\e\\f\"]\nx=1\n", "[a \"b\"]c=1\n", "[a.B.c]\nX-y9=1\n", "[a \"\"]\nx=1\n",
      "[a\t\"b]\"]\nx=1\n", "[core] ; c\nx=1\n", "x\n[a]\ny",
    ])
  func agrees(_ text: String) async throws {
    let (git, ours) = try await read(text)
    let expected = try #require(git)
    #expect(ours.settings == expected)
    #expect(!ours.isBroken)
  }

  @Test(
    "that git refuses ends where it is broken",
    arguments: [
      "[core\ny=1\n", "=1\n", "y=\"a\n", "y=\\q\n", "[co re]\ny=1\n", "9y=1\n", "[a \"b\" ]\ny=1\n",
      "y # c\n",
      "[a \"b\ny=1\n", "[a \"b\\\n\"]\ny=1\n", "y z\n", "[a_b]\ny=1\n", "[a \"b\"", "[a", "-y=1\n",
      "[]\ny=1\n", "[a\r\n \"b\"]\ny=1\n",
    ])
  func broken(_ rest: String) async throws {
    let (git, ours) = try await read("[core]\nx=1\n" + rest)
    #expect(git == nil)
    #expect(ours.settings == ["core.x=1"] && ours.isBroken)
  }

  @Test(
    "with a NUL is left to git, which ends values and keys there",
    arguments: ["[core]\nx = a\0b\n", "[a \"b\0c\"]\nx = 1\n", "[core]\n# \0\nx = 1\n"])
  func nul(_ text: String) async throws {
    let (git, ours) = try await read(text)
    #expect(git != nil && ours.settings == [] && ours.isBroken)
  }

  @Test(
    "is left to git where its versions read a value differently",
    arguments: [
      ("excludesFile = a\tb", false), ("excludesFile = a \t b", false), ("excludesFile = a\rb", false),
      ("excludesFile = \"a\tb\"", true), ("excludesFile = \t a b \t # c", true), ("other = a\tb", true),
    ])
  func innerTab(_ line: String, _ isCertain: Bool) async throws {
    let folder = try TemporaryFolder()
    try await git(["init", "-q", folder("tree")], in: folder.path)
    try folder.write("tree/.git/config", "[core]\n\tother2 = x\n\t\(line)\n")
    let directories = try #require(try GitDirectories(worktree: Array(folder("tree").utf8)))
    let environment = GitEnvironment(variables: plainVariables)
    let config = GitConfig(environment: environment, repository: directories)
    #expect((config.undecided == nil) == isCertain)
    let settled = try await blocking { try config.settled() }
    let theirs = try await shell(
      "git", ["config", "--file", folder("tree/.git/config"), "core.excludesFile"])
    #expect(settled.excludesFile.map { String(decoding: $0, as: UTF8.self) + "\n" } ?? "" == theirs.text)
  }

  /// Files of a repository's configuration and of the user's, and whether git works with them.
  static let formatRows: [(own: String, user: String, worktree: String)] = [
    ("[core]\nrepositoryFormatVersion = 0\n", "", ""), ("[core]\nrepositoryFormatVersion = 1\n", "", ""),
    ("[core]\nrepositoryFormatVersion = 2\n", "", ""), ("[core]\nrepositoryFormatVersion = x\n", "", ""),
    ("[core]\nrepositoryFormatVersion = 1\n[extensions]\nfoo = 1\n", "", ""),
    ("[core]\nrepositoryFormatVersion = 0\n[extensions]\nfoo = 1\n", "", ""),
    ("[core]\nrepositoryFormatVersion = 1\n[extensions]\nnoop = 1\n", "", ""),
    ("", "[core]\nrepositoryFormatVersion = 2\n[extensions]\nfoo = 1\n", ""),
    ("[core]\nexcludesFile\n", "", ""), ("[core]\nexcludesFile\nexcludesFile = x\n", "", ""),
    ("[core]\nattributesFile\n", "", ""), ("[include]\npath\n", "", ""), ("", "[core]\nexcludesFile\n", ""),
    ("", "[extensions]\nworktreeConfig = true\n", "[core]\nexcludesFile = own\n"),
    ("[include]\npath = ../user\n", "[extensions]\nworktreeConfig = true\n", "[core]\nexcludesFile = own\n"),
    ("[extensions]\nworktreeConfig = true\n", "", "[core]\nexcludesFile = own\n"),
    ("", "[extensions]\nobjectFormat = sha256\n", ""),
    ("[core]\nrepositoryFormatVersion = 1\n[extensions]\nobjectFormat = foo\n", "", ""),
    ("[core]\nrepositoryFormatVersion = 1\n[extensions]\nobjectFormat\n", "", ""),
    ("[core]\nrepositoryFormatVersion = 1\n[extensions]\nobjectFormat = sha1\n", "", ""),
    ("[core]\nrepositoryFormatVersion = 0\n[extensions]\nobjectFormat = sha1\n", "", ""),
    ("[core]\nrepositoryFormatVersion = 0\n[extensions]\nnoop-v1 = 1\n", "", ""),
    ("[core]\nrepositoryFormatVersion = 1\n[extensions]\nrefStorage = none\n", "", ""),
    ("[core]\nrepositoryFormatVersion = 1\n[extensions]\npreciousObjects = maybe\n", "", ""),
  ]

  @Test("of a format, or with a key without a value, that git refuses is refused", arguments: formatRows)
  func formats(_ row: (own: String, user: String, worktree: String)) async throws {
    let folder = try TemporaryFolder()
    try await git(["init", "-q", folder("tree")], in: folder.path)
    try folder.write("tree/.git/config", row.own)
    try folder.write("tree/user", row.user)
    try folder.write("tree/.git/config.worktree", row.worktree)
    let variables = plainVariables.merging(["GIT_CONFIG_GLOBAL": folder("tree/user")]) { $1 }
    let theirs = try await shell(
      "git", ["check-ignore", "--no-index", "x"], in: folder("tree"), environment: variables)
    let value = try await shell(
      "git", ["config", "--get", "core.excludesFile"], in: folder("tree"), environment: variables)
    let directories = try #require(try GitDirectories(worktree: Array(folder("tree").utf8)))
    let config = GitConfig(environment: GitEnvironment(variables: variables), repository: directories)
    let settled = try await blocking { () -> Result<GitConfig, Git.Failure> in
      do throws(Git.Failure) { return .success(try config.settled()) } catch { return .failure(error) }
    }
    guard let status = theirs.status, status < 128 else {
      #expect(throws: Git.Failure.self, "\(theirs.talk)") { try settled.get() }
      return
    }
    let found = try settled.get()
    #expect((found.excludesFile.map { $0 + [10] } ?? []) == Array(value.text.utf8) && found.hashSize == 20)
  }

  @Test("names another work tree only where the repository's format has a version", arguments: [true, false])
  func worktree(_ hasVersion: Bool) async throws {
    let folder = try TemporaryFolder()
    try await git(["init", "-q", folder("tree")], in: folder.path)
    try folder.folder("tree/sub")
    try folder.write(
      "tree/.git/config",
      "[core]\n\tworktree = ../sub\n" + (hasVersion ? "\trepositoryFormatVersion = 0\n" : ""))
    let theirs = try await git(["-C", folder("tree/sub"), "rev-parse", "--show-toplevel"], in: folder.path)
    #expect(theirs == Array((folder(hasVersion ? "tree/sub" : "tree") + "\n").utf8))
    let directories = try #require(try GitDirectories(worktree: Array(folder("tree").utf8)))
    let config = GitConfig(environment: GitEnvironment(variables: plainVariables), repository: directories)
    #expect((config.worktree != nil) == hasVersion)
  }

  @Test("of random lines is read, or refused, as by git", arguments: 1...200)
  func random(_ seed: Int) async throws {
    var random = SeededGenerator(seed)
    var text = random.chance(80) ? "[core]\n" : ""
    for _ in 0..<Int.random(in: 1...12, using: &random) { text += random.pick(Self.atoms) }
    let (git, ours) = try await read(text)
    #expect(ours.isBroken == (git == nil), "\(text.debugDescription)")
    if let git { #expect(ours.settings == git, "\(text.debugDescription)") }
  }

  private static let atoms = [
    "x", "X-1", "=", " = ", "a", "\"", "\"", "\\\"", "\\\\", "\\n", "\\\n", "\n", "\n", "\r\n", " ", "  ",
    "#", ";",
    "[b]", "[b \"C\"]", "[b.c]\n", "y = 1\n", "z\n", "w = \" v \"\n", "é", "]", "[", "9", "\nx=",
  ]

  @Test("counts after those that git reads before it, and includes others where their condition holds")
  func order() async throws {
    let folder = try TemporaryFolder()
    try await git(["init", "-q", "-b", "main", folder("tree")], in: folder.path)
    try folder.write("system", "[core]\n\texcludesFile = system\n")
    try folder.write(".gitconfig", "[core]\n\texcludesFile = ~/user\n")
    var variables = ["HOME": folder.path, "GIT_CONFIG_SYSTEM": folder("system"), "PATH": searchPath]
    let directories = try #require(try GitDirectories(worktree: Array(folder("tree").utf8)))
    func check(_ expected: String, _ comment: Comment) async throws {
      let git = Git(repository: directories.git, variables: variables)
      let theirs = try await blocking {
        try git.output(["config", "--type=path", "--get", "core.excludesFile"])
      }
      #expect(theirs.dropLast().elementsEqual(expected.utf8), comment)
      let config = GitConfig(environment: GitEnvironment(variables: variables), repository: directories)
      #expect(config.excludesFile == Array(expected.utf8), comment)
    }
    try await check(folder("user"), "the user's after the system's")
    try folder.write("included", "[core]\n\texcludesFile = included\n")
    for (condition, holds) in [
      ("gitdir:\(folder.path)/", true), ("gitdir:~/tree/.git", true), ("gitdir:~/", true),
      ("gitdir:~/tree", false), ("gitdir:tree/", true),
      ("gitdir:elsewhere/", false), ("gitdir/i:TREE/", true), ("gitdir:TREE/", false), ("onbranch:ma*", true),
      ("onbranch:other", false), ("onbranch:main/", false), ("unknown:x", false),
    ] {
      try folder.write(
        ".gitconfig", "[core]\n\texcludesFile = ~/user\n[includeIf \"\(condition)\"]\n\tpath = included\n")
      try await check(holds ? "included" : folder("user"), "\(condition)")
    }
    try await git(["config", "core.excludesFile", "own"], in: folder("tree"))
    try await check("own", "the repository's after the user's")
    try await git(["config", "extensions.worktreeConfig", "true"], in: folder("tree"))
    try folder.write("tree/.git/config.worktree", "[core]\n\texcludesFile = worktree\n")
    try await check("worktree", "the work tree's after the repository's")
    variables["GIT_CONFIG_COUNT"] = "1"
    variables["GIT_CONFIG_KEY_0"] = "core.excludesFile"
    variables["GIT_CONFIG_VALUE_0"] = "variable"
    try await check("variable", "the variables' after all files'")
  }

  @Test(
    "switches on what git takes for true, and leaves to git what it refuses",
    arguments: [
      "true", "TRUE", "yes", "On", "1", "-1", "+7", "0x1F", "010", "1k", "2M", "1g", " 1", "false", "no",
      "off", "0", "",
      "0x0", "00", "0k", "truee", "1kb", "08", "0x", "k", "2g", "4294967296", "banana", "1 ", "--1", "1e3",
      "\u{131}",
    ])
  func booleans(_ value: String) async throws {
    let folder = try TemporaryFolder()
    try await git(["init", "-q", folder("tree")], in: folder.path)
    try folder.write("tree/.git/config", "[core]\n\tignoreCase = \"\(value)\"\n")
    let directories = try #require(try GitDirectories(worktree: Array(folder("tree").utf8)))
    let config = GitConfig(
      environment: GitEnvironment(variables: ["PATH": searchPath, "GIT_CONFIG_GLOBAL": "/dev/null"]),
      repository: directories)
    let theirs = try await shell(
      "git", ["config", "--file", folder("tree/.git/config"), "--type=bool", "core.ignoreCase"])
    if theirs.status == 0 {
      #expect(theirs.text == "\(config.ignoresCase)\n" && config.undecided == nil)
    } else {
      #expect(config.undecided != nil)
      await #expect(throws: Git.Failure.self) { try await blocking { try config.settled() } }
    }
  }

  @Test("has less to say than the command line")
  func commandLine() async throws {
    let folder = try TemporaryFolder()
    let environment = [
      "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "core.excludesFile", "GIT_CONFIG_VALUE_0": "variable",
      "GIT_CONFIG_PARAMETERS": "'core.excludesfile'='of the '\\''line'\\''' 'core.ignorecase'",
    ]
    let theirs = try await shell(
      "git", ["config", "--get", "core.excludesFile"], in: folder.path, environment: environment)
    let config = GitConfig(environment: GitEnvironment(variables: environment), repository: nil)
    #expect(theirs.text == "of the 'line'\n")
    #expect(config.excludesFile == Array("of the 'line'".utf8))
    #expect(config.ignoresCase)
  }

  /// What git reads in `text`, nil where it refuses to, and what `GitConfigParser` does.
  private func read(
    _ text: String
  ) async throws -> (git: [String]?, ours: (settings: [String], isBroken: Bool)) {
    let folder = try TemporaryFolder()
    try folder.write("config", text)
    let output = try await shell("git", ["config", "--file", folder("config"), "--list", "-z"])
    let listed = output.bytes.split(separator: 0).map { record in
      // A key without a value is true.
      let text = String(decoding: record, as: UTF8.self)
      guard let end = text.utf8.firstIndex(of: UInt8(ascii: "\n")) else { return text + "=true" }
      return "\(text[..<end])=\(text[text.utf8.index(after: end)...])"
    }
    var parser = GitConfigParser(Array(text.utf8))
    var settings: [String] = []
    while let setting = parser.next() {
      settings.append("\(setting.key)=\(String(decoding: setting.value, as: UTF8.self))")
    }
    return (output.status == 0 ? listed : nil, (settings, parser.isBroken))
  }
}
