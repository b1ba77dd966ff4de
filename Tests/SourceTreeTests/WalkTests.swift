// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import FoundationEssentials
import SourceTree
import SystemIO
import TestSupport
import Testing

/// The names in the package of `folder`, folders with a "/".
func names(_ folder: String, _ options: WalkOptions = WalkOptions()) throws -> [String] {
  let plan = try Walk.plan(Array(folder.utf8), options: options)
  return plan.entries.indices.map { index in
    String(decoding: plan.path(of: index), as: UTF8.self)
      + (plan.entries[index].kind == .directory ? "/" : "")
  }
}

@Suite("The walk")
struct WalkTests {
  @Test("gives whole names in byte order, a folder before what it holds")
  func order() throws {
    let folder = try TemporaryFolder()
    for name in ["src/b", "src-old/x", "src.txt", "src/a/z", "src", "a", "src-"] where name != "src" {
      try folder.write(name)
    }
    try folder.folder("src/empty")
    #expect(
      try names(folder.path) == [
        "a", "src/", "src-", "src-old/", "src-old/x", "src.txt", "src/a/", "src/a/z", "src/b", "src/empty/",
      ])
  }

  @Test("ends where links to directories multiply", .timeLimit(.minutes(10)), arguments: [1, 2])
  func links(_ threadCount: Int) throws {
    let folder = try TemporaryFolder(inMemory: true)
    for level in 0..<12 {
      try folder.write("d\(level)/file")
      for link in 0..<10 where level < 11 { try folder.link("d\(level)/l\(link)", to: "../d\(level + 1)") }
    }
    #expect {
      try names(folder.path, WalkOptions(threadCount: threadCount))
    } throws: { error in
      (error as? SourceTreeError)?.code == .tooManyLinks
    }
  }

  @Test("takes links to directories that show a few of them")
  func fewLinks() throws {
    let folder = try TemporaryFolder()
    for level in 0..<4 {
      try folder.write("d\(level)/file")
      for link in 0..<5 where level < 3 { try folder.link("d\(level)/l\(link)", to: "../d\(level + 1)") }
    }
    // Of each directory: itself, and what five links to the next one show.
    #expect(try names(folder.path).count == 2 * (1 + 5 + 25 + 125) + 2 * (1 + 5 + 25) + 2 * (1 + 5) + 2)
  }

  @Test("gives the same plan on any number of threads", arguments: [1, 2, 3, 8])
  func threads(_ count: Int) throws {
    let folder = try TemporaryFolder()
    for index in 0..<300 { try folder.write("d\(index % 7)/e\(index % 31)/f\(index)") }
    #expect(
      try names(folder.path, WalkOptions(threadCount: count))
        == names(folder.path, WalkOptions(threadCount: 1)))
  }

  @Test("takes thousands of long names in one folder, of which half are ignored", arguments: [1, 2])
  func wide(_ threadCount: Int) throws {
    let folder = try TemporaryFolder()
    // More than 64 KiB of names, and more than a thousand files in each folder that keep some together in
    // memory.
    var expected: [String] = []
    for part in ["a", "b", "c"] {
      expected.append(part + "/")
      for index in 0..<1600 {
        // Alike in the first eight bytes, and of all lengths up to 120.
        let name = "\(part)/same-beginning-\(String(repeating: "x", count: index % 100))\(index)"
        try folder.write(name + (index % 2 == 0 ? ".txt" : ".log"), "")
        if index % 2 == 0 { expected.append(name + ".txt") }
      }
    }
    try folder.write(".actorignore", "*.log\n")
    expected.append(".actorignore")
    expected.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    #expect(try names(folder.path, WalkOptions(threadCount: threadCount)) == expected)
  }

  @Test("goes thousands of folders deep")
  func deep() async throws {
    let folder = try TemporaryFolder()
    let script = """
      import os, sys
      os.chdir(sys.argv[1])
      for index in range(2200):
          os.mkdir('d')
          if index % 100 == 0: os.mkdir('e')
          os.chdir('d')
      open('bottom', 'w').close()
      """
    let made = try await shell("python3", ["-c", script, folder.path])
    #expect(made.status == 0, "\(made.talk)")
    let plan = try Walk.plan(Array(folder.path.utf8), options: WalkOptions(detail: .formats))
    #expect(plan.entries.count == 2200 + 22 + 1)
    var reader = try PlanReader(plan)
    let bottom = try #require(plan.entries.lastIndex { $0.kind == .file })
    let opened = try reader.open(bottom)
    #expect(opened.status.byteCount == 0)
    // FileManager can't remove what has so long a path.
    _ = try await shell("rm", ["-rf", folder.path])
  }

  @Test("knows TEXT from BASE64 by the bytes")
  func formats() throws {
    let folder = try TemporaryFolder()
    try folder.write("a.png", "text")
    try folder.write("b.txt", [0x61, 0])
    try folder.write("c.txt", [0xC3])
    try folder.write("d", Array(repeating: 0x61, count: 300_000) + [0xFF])
    try folder.write("e", Array(repeating: 0x61, count: 300_000))
    let plan = try Walk.plan(Array(folder.path.utf8), options: WalkOptions(detail: .formats))
    #expect(plan.entries.map(\.format) == [.text, .base64, .base64, .base64, .text])
    #expect(plan.entries.map(\.byteCount) == [4, 2, 1, 300_001, 300_000])
  }

  @Test("reads one file of a plan to tell its format, and no other")
  func formatOfOne() throws {
    let folder = try TemporaryFolder()
    try folder.write("a", "text")
    try folder.write("b", Array(repeating: 0x61, count: 600_000) + [0])
    try folder.write("c", Array(repeating: 0x61, count: 1 << 19))
    // A regular file that can be opened, and that fails to be read.
    try folder.link("poison", to: "/proc/self/mem")
    let options = WalkOptions(recordsExcluded: true, followsExternalLinks: true)
    let plan = try Walk.plan(Array(folder.path.utf8), options: options)
    let formats = try (0..<3).map { try plan.format(of: $0) }
    #expect(formats.map(\.format) == [.text, .base64, .text])
    #expect(formats.map(\.byteCount) == [4, 600_001, 1 << 19])
    #expect(throws: SourceTreeError.self) { try plan.format(of: 3) }
    var reading = options
    reading.detail = .formats
    #expect(throws: SourceTreeError.self) { try Walk.plan(Array(folder.path.utf8), options: reading) }
  }

  @Test("follows links that stay inside, to files and folders")
  func links() throws {
    let folder = try TemporaryFolder()
    try folder.write("real/file")
    try folder.link("file", to: "real/file")
    try folder.link("folder", to: "real")
    #expect(try names(folder.path) == ["file", "folder/", "folder/file", "real/", "real/file"])
  }

  @Test("follows links out of the folder only when told to")
  func externalLinks() throws {
    let outside = try TemporaryFolder()
    try outside.write("secret")
    let folder = try TemporaryFolder()
    try folder.link("out", to: outside.path)
    #expect(throws: SourceTreeError.self) { try names(folder.path) }
    #expect(try names(folder.path, WalkOptions(followsExternalLinks: true)) == ["out/", "out/secret"])
  }

  @Test("passes over a link that leads nowhere only when told to")
  func brokenLinks() throws {
    let folder = try TemporaryFolder()
    try folder.link("gone", to: "nowhere")
    #expect(throws: SourceTreeError(.linkBroken, path: Array("gone".utf8), target: Array("nowhere".utf8))) {
      try names(folder.path)
    }
    let plan = try Walk.plan(Array(folder.path.utf8), options: WalkOptions(skipsBrokenLinks: true))
    #expect(plan.entries.isEmpty && plan.warnings.map(\.kind) == [.brokenLink])
  }

  @Test("does not mind what is wrong with what is left out")
  func excludedTrouble() throws {
    let folder = try TemporaryFolder()
    try folder.write(".gitignore", "bad\nclosed/\n")
    try folder.link("bad", to: "/etc/passwd")
    try folder.folder("closed")
    #expect(try names(folder.path) == [".gitignore"])
  }
}

@Suite("A file that is read")
struct OpenedFileTests {
  @Test("is refused when it has changed, shrunk or gone since it was opened")
  func snapshot() throws {
    let folder = try TemporaryFolder()
    for name in ["changes", "shrinks", "stays"] { try folder.write(name, "0123456789") }
    let plan = try Walk.plan(Array(folder.path.utf8), options: WalkOptions())
    var reader = try PlanReader(plan)
    let changes = try reader.open(0)
    let shrinks = try reader.open(1)
    let stays = try reader.open(2)
    try folder.write("changes", "01234567890")
    try folder.write("shrinks", "0")
    let (changed, shrunk, short) = (isRefused(changes, 11), isRefused(shrinks, 10), isRefused(stays, 9))
    #expect(changed && shrunk && short)
    let stayed = isRefused(stays, 10)
    #expect(!stayed)
    try FileManager.default.removeItem(atPath: folder("stays"))
    let vanished = isRefused(&reader, 2)
    #expect(vanished)
  }

  @Test("is refused when it was written anew with the size and the time of before")
  func restored() async throws {
    let folder = try TemporaryFolder()
    try folder.write("file", "0123456789")
    _ = try await shell("touch", ["-d", "2020-01-01", folder("file")])
    let plan = try Walk.plan(Array(folder.path.utf8), options: WalkOptions())
    var reader = try PlanReader(plan)
    let file = try reader.open(0)
    let rewrite = "printf 9876543210 1<> file && touch -d 2020-01-01 file"
    #expect(try await shell("sh", ["-c", rewrite], in: folder.path).status == 0)
    let refused = isRefused(file, 10)
    #expect(refused)
  }

  @Test("is refused when a link has come in its place")
  func swapped() throws {
    let folder = try TemporaryFolder()
    try folder.write("file", "x")
    let plan = try Walk.plan(Array(folder.path.utf8), options: WalkOptions())
    try FileManager.default.removeItem(atPath: folder("file"))
    try folder.link("file", to: "/etc/passwd")
    var reader = try PlanReader(plan)
    let swapped = isRefused(&reader, 0)
    #expect(swapped)
  }
}

private func isRefused(_ file: borrowing OpenedFile, _ count: Int) -> Bool {
  do throws(SourceTreeError) {
    try file.checkUnchanged(afterReading: count)
    return false
  } catch {
    return error.code == .changed
  }
}

private func isRefused(_ reader: inout PlanReader, _ index: Int) -> Bool {
  do throws(SourceTreeError) {
    _ = try reader.open(index).status
    return false
  } catch {
    return error.code == .changed || error.code == .vanished
  }
}
