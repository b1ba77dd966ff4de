// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import EmulatorTesting
import PlatformModel
import SystemIO
import TestSupport
import Testing

@testable import Deploy

@Suite("A version that is made to do harm", .serialized, .timeLimit(.minutes(5)))
struct HostileVersionTests {
  /// Names that must not be written.
  static let names = [
    "", "/", "/etc/passwd", "//etc/passwd", "..", "../up", "a/..", "a/../../up", "a/../b", "./a", ".", "a/.",
    "a/./b",
    "a//b", "a/", "a//", ".git", ".git/config", ".git/hooks/post-checkout", "a/.git/config", ".GIT/config",
    ".Git",
    ".gIt/x", "git~1", "GIT~1/config", "a/git~1", ".git ", ".git.", ".git. . ",
    ".git::$INDEX_ALLOCATION/config",
    ".git:x", ".g\u{200C}it/config", ".gi\u{200D}t", "\u{FEFF}.git", ".git\u{202A}", ".\u{206A}git",
    ".git\\config",
    "a\u{0}b", "a\nb", "a\r", "\t", "a\u{1B}[31mb", "a\u{7F}", "\u{1}", "a\u{9B}b", "a\u{85}",
    String(repeating: "a", count: 256), "x/" + String(repeating: "b", count: 300),
    String(repeating: "d/", count: 2001) + "x",
  ]

  @Test("by a name is refused with a line, and nothing is written", arguments: names)
  func name(_ name: String) async throws {
    let fixture = try PushFixture()
    try await fixture.push()
    let before = fixture.tree
    try fixture.setFiles([("main.js", "2"), (name, "harm")])
    let failure = try await fixture.failedPull()
    #expect(failure?.type == "unsafe-version" && failure?.status == .failed)
    #expect(failure.map { Samples.isHarmless($0.message) } == true, "\(failure?.message ?? "")")
    #expect(fixture.tree == before)
  }

  /// Files that cannot be together.
  static let together = [
    ["a", "a"], ["a", "a/b"], ["a/b", "a/b/c"], ["a", "a//folder"], ["a/b/c/d", "a/b"],
  ]

  @Test("by names that contradict each other is refused", arguments: together)
  func contradiction(_ names: [String]) async throws {
    let fixture = try PushFixture()
    try await fixture.push()
    let before = fixture.tree
    try fixture.setFiles(names.map { ($0, "x") })
    let failure = try await fixture.failedPull()
    #expect(["unsafe-version", "unreadable-version"].contains(failure?.type), "\(failure?.message ?? "")")
    #expect(fixture.tree == before)
  }

  /// Names that a file system without case takes for one.
  static let twins = [
    ["README", "readme"], ["src/a", "SRC/b"], ["caf\u{E9}", "cafe\u{301}"], ["stra\u{DF}e", "STRASSE"],
    ["\u{212A}", "k"], ["A/B/C", "a/b/c"],
  ]

  @Test("by names that the file system takes for one is refused there, and only there", arguments: twins)
  func twin(_ names: [String]) throws {
    let entries = names.map { PulledNames.Entry(Array($0.utf8)) }
    #expect(throws: PullError.self) { try PulledNames.check(entries, foldsNames: true) }
    try PulledNames.check(entries, foldsNames: false)
  }

  @Test("is told from one with odd names that are good")
  func good() throws {
    let names = [
      "a b", "-", "--help", "é", "日本", "a\\b", "...", "..a", "a..", ".gitignore", ".github/x", "git", ".gitx",
      "git~2",
      "%2e%2e/x", "~", "$(x)", "a:b", "NUL", "\u{202E}x",
    ]
    try PulledNames.check(names.map { PulledNames.Entry(Array($0.utf8)) }, foldsNames: false)
    #expect(PulledNames.problem(of: [0x61, 0xFF]) == "is not UTF-8")
  }

  /// What Python makes of a zip: the lines of a program that has `z`, a ZipFile, `add`, and the path `p`.
  static let zips: [(what: String, program: String)] = [
    ("a link out", "add('l', b'/etc/passwd', 0o120777)"), ("a link up", "add('d/l', b'../../x', 0o120777)"),
    ("a link inside", "add('l', b'main.js', 0o120777)"),
    ("a link and what lies below it", "add('l', b'/tmp', 0o120777); add('l/x', b'harm')"),
    ("a device", "add('d', b'', 0o020644)"), ("a FIFO", "add('f', b'', 0o010644)"),
    ("a socket", "add('s', b'', 0o140644)"), ("a name that leads up", "add('../x', b'harm')"),
    ("an absolute name", "add('/tmp/x', b'harm')"),
    ("git's own", "add('.git/hooks/pre-push', b'harm', 0o100755)"),
    ("a name twice", "add('a', b'1'); add('a', b'2')"),
    ("a file in a file", "add('a', b'1'); add('a/b', b'2')"),
    ("a name that is not UTF-8", "add('a', b'1'); patch(b'a', b'\\xff')"),
    ("a folder with contents", "add('d/', b'harm')"),
    (
      "more than its size can hold",
      "add('a', b'0' * 5000, 0o100644, 8); size(0x7fffffff)"
    ),
    (
      "sizes that sum up",
      "[add('f%d' % i, b'0' * (1 << 20), 0o100644, 8) for i in range(3)]; size(0x7ffffff0)"
    ),
    ("another size", "add('a', b'12345'); size(4)"), ("a wrong checksum", "add('a', b'12345'); crc(7)"),
    ("an end that is cut off", "add('a', b'1'); z.close(); cut(5)"),
    ("nothing of a zip", "z.close(); open(p, 'wb').write(b'no zip at all' * 9)"),
    ("no bytes", "z.close(); open(p, 'wb').write(b'')"),
  ]

  private static let script = """
    import struct, sys, zipfile, warnings
    warnings.simplefilter('ignore')
    p = sys.argv[1]
    z = zipfile.ZipFile(p, 'w')
    def add(name, contents, mode=0o100644, method=0):
        info = zipfile.ZipInfo(name); info.create_system = 3; info.external_attr = mode << 16
        info.compress_type = method
        z.writestr(info, contents)
    def edit(change):
        z.close(); data = bytearray(open(p, 'rb').read())
        start = data.find(b'PK\\x01\\x02')
        change(data, start)
        open(p, 'wb').write(data)
    def size(value): edit(lambda d, s: d.__setitem__(slice(s + 24, s + 28), struct.pack('<I', value)))
    def crc(value): edit(lambda d, s: d.__setitem__(slice(s + 16, s + 20), struct.pack('<I', value)))
    def cut(count): data = open(p, 'rb').read(); open(p, 'wb').write(data[:-count])
    def patch(old, new):
        def change(d, s): d[s + 46:s + 46 + len(old)] = new; d[30:30 + len(old)] = new
        edit(change)
    exec(sys.argv[2])
    z.close()
    """

  @Test("by what its zip holds is refused with a line, and nothing is written", arguments: zips.indices)
  func zip(_ index: Int) async throws {
    let (what, program) = Self.zips[index]
    let fixture = try PushFixture()
    try await fixture.push()
    let before = fixture.tree
    let path = fixture.state("made.zip")
    let made = try await shell("python3", ["-c", Self.script, path, program])
    #expect(made.status == 0, "\(made.talk)")
    try await fixture.setZip(try #require(Paths.contents(Array(path.utf8))))
    let failure = try await fixture.failedPull()
    #expect(
      ["unsafe-version", "unreadable-version"].contains(failure?.type), "\(what): \(failure?.message ?? "")")
    #expect(failure.map { Samples.isHarmless($0.message) } == true)
    #expect(fixture.tree == before, "\(what)")
  }

  @Test("with content that is no base64 is refused")
  func base64() async throws {
    let fixture = try PushFixture()
    try await fixture.push()
    let before = fixture.tree
    try fixture.setSource(.files([.init(name: "a", kind: .file(.base64, content: "%%%"))]))
    #expect(try await fixture.failedPull()?.type == "unreadable-version")
    #expect(fixture.tree == before)
  }

  @Test("is written through no link that lies in the project", arguments: ["dir/x", "dir", "dir/sub/x"])
  func links(_ name: String) async throws {
    let fixture = try PushFixture()
    try fixture.project.folder("real/sub")
    try fixture.project.link("dir", to: "real")
    try await fixture.push()
    let outside = fixture.tree.filter { $0.key.hasPrefix("real") }
    try fixture.setFiles([
      (".actor/actor.json", fixture.tree[".actor/actor.json"] ?? ""), ("main.js", "1"),
      ("real/sub//folder", ""), (name, "harm"),
    ])
    let outcome = try await fixture.pull()
    #expect(!outcome.conflicts.isEmpty)
    #expect(fixture.tree.filter { $0.key.hasPrefix("real") } == outside)
  }
}
