// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import EmulatorTesting
import FoundationEssentials
import PlatformEmulator
import PlatformModel
import TestSupport
import Testing

@Suite("diff")
struct DiffTests {
  /// Deploys a folder, edits it, and gives it with a program that knows the platform.
  private static func edited(
    _ address: PlatformEmulator.Address, _ sourceType: String
  ) async throws -> (Program, TemporaryFolder) {
    let folder = try TemporaryFolder.actor()
    try folder.write("main.js", (1...20).map { "line \($0)\n" }.joined())
    try folder.write("a.png", [0x89, 0, 1])
    try folder.write("old \"name\"", "gone\n")
    let program = Program(address)
    let pushed = try await program("push", "--no-build", "--source-type", sourceType, in: folder)
    #expect(pushed.status == 0, "\(pushed.talk)")
    try folder.write("main.js", (1...20).map { $0 == 10 ? "ten\n" : "line \($0)\n" }.joined() + "end")
    try folder.write("a.png", [0x89, 0, 1, 2])
    try folder.write("new.txt", "\u{1B}[31mred\n")
    try FileManager.default.removeItem(atPath: folder("old \"name\""))
    return (program, folder)
  }

  @Test("is what git apply makes the platform's files into those here of", arguments: ["files", "zip"])
  func applies(_ sourceType: String) async throws {
    try await PlatformEmulator.running(.tests) { _, address in
      let (program, folder) = try await Self.edited(address, sourceType)
      let diff = try await program("diff", in: folder)
      #expect(diff.status == 0, "\(diff.talk)")
      #expect(diff.text.contains("Binary files a/a.png and b/a.png differ\n"))
      let work = try TemporaryFolder()
      try work.write("main.js", (1...20).map { "line \($0)\n" }.joined())
      try work.write("old \"name\"", "gone\n")
      // git has no words for a binary file without its content.
      let applied = try await shell(
        "git", ["apply", "--exclude=a.png"], in: work.path, input: Array(diff.text.utf8))
      #expect(applied.status == 0, "\(applied.talk)\(diff.text)")
      for name in ["main.js", "new.txt"] {
        let now = try Data(contentsOf: URL(fileURLWithPath: work(name)))
        #expect(now == (try Data(contentsOf: URL(fileURLWithPath: folder(name)))))
      }
      #expect(!FileManager.default.fileExists(atPath: work("old \"name\"")))
    }
  }

  @Test("has empty folders, and a file that became a folder, in text as in JSON")
  func folders() async throws {
    try await PlatformEmulator.running(.tests) { _, address in
      let folder = try TemporaryFolder.actor()
      try folder.folder("empty/deep")
      try folder.write("d", "file\n")
      let program = Program(address)
      #expect(try await program("push", "--no-build", in: folder).status == 0)
      try FileManager.default.removeItem(atPath: folder("empty"))
      let text = try await program("diff", "--exit-code", in: folder)
      #expect(text.status == 1 && text.talk.contains("no file differs; 1 empty folder does"), "\(text.talk)")
      let json = try await program("diff", "--exit-code", "--json", in: folder)
      #expect(json.status == 1, "\(json.text)")
      #expect(json.text.contains(#""change":"removed","path":"empty/deep/""#), "\(json.text)")
      try folder.folder("empty/deep")
      try FileManager.default.removeItem(atPath: folder("d"))
      try folder.write("d/e", "x\n")
      let moved = try await program("diff", "--json", in: folder)
      #expect(moved.text.contains(#"{"change":"removed","oldBytes":5,"path":"d""#), "\(moved.text)")
      #expect(moved.text.contains(#"{"change":"added","newBytes":2,"path":"d/e""#), "\(moved.text)")
      #expect(try await program("diff", in: folder).text.contains("deleted file mode 100644\n--- a/d\n"))
    }
  }

  @Test("with --base says where nothing is known that both sides have had in common")
  func noBase() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let (_, folder) = try await Self.edited(address, "files")
      let theirs = SourceFile(name: "theirs.js", kind: .file(.text, content: "theirs"))
      _ = try emulator.setFiles([theirs], of: "0.1", "~my-actor")
      // One that remembers nothing.
      let output = try await Program(address)("diff", "--base", "--json", in: folder)
      let failure = try JSONFailure(output)
      #expect(failure.error.type == "no-common-base", "\(output.text)")
      #expect(failure.error.message.hasSuffix("is not known; leave out --base"))
    }
  }

  @Test("says how much, which, and whether")
  func forms() async throws {
    try await PlatformEmulator.running(.tests) { _, address in
      let (program, folder) = try await Self.edited(address, "files")
      let stat = try await program("diff", "--stat", in: folder)
      #expect(stat.text.contains(" main.js ") && stat.text.contains("| 3 ++-\n"), "\(stat.text)")
      #expect(stat.text.contains("Bin 3 -> 4 bytes"))
      #expect(stat.text.hasSuffix(" 4 files changed, 3 insertions(+), 2 deletions(-)\n"))
      let names = try await program("diff", "--name-only", "--exit-code", in: folder)
      #expect(names.status == 1 && names.talk.isEmpty)
      #expect(names.text == "a.png\nmain.js\nnew.txt\n\"old \\\"name\\\"\"\n")
      let json = try await program("diff", "--json", in: folder)
      #expect(
        json.text.contains(#"{"change":"added","newBytes":9,"path":"new.txt","side":"here"}"#), "\(json.text)"
      )
      _ = try await program("push", "--no-build", in: folder)
      let same = try await program("diff", "--exit-code", in: folder)
      #expect(same.status == 0 && same.text.isEmpty && same.talk.isEmpty)
    }
  }

  @Test("says that only empty directories differ, one or more of them", arguments: [1, 2])
  func folders(_ count: Int) async throws {
    try await PlatformEmulator.running(.tests) { _, address in
      let folder = try TemporaryFolder.actor()
      let program = Program(address)
      #expect(try await program("push", "--no-build", in: folder).status == 0)
      for index in 1...count { try folder.folder("empty\(index)") }
      let diff = try await program("diff", in: folder)
      let words = count == 1 ? "1 empty folder does" : "2 empty folders do"
      #expect(diff.talk.contains("no file differs; \(words)\n"), "\(diff.talk)")
    }
  }

  @Test("needs a version with files")
  func nothing() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor()
      let program = Program(address)
      #expect(try await program("diff", in: folder).status == 4)
      _ = try await program("push", "--no-build", in: folder)
      #expect(try await program("diff", "--version", "0.9", in: folder).talk.contains("has no version 0.9"))
      _ = try await program("version", "set", "--git-repo", "https://example.com/x.git#main:sub", in: folder)
      let elsewhere = try await program("diff", in: folder)
      #expect(elsewhere.status == 4 && elsewhere.talk.contains("GIT_REPO"))
    }
  }

  @Test(
    "turns round with -R, and with --base tells what was changed here alone", arguments: ["files", "zip"])
  func sides(_ sourceType: String) async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let (program, folder) = try await Self.edited(address, sourceType)
      let reversed = try await program("diff", "-R", in: folder)
      #expect(reversed.text.contains("\n-ten\n+line 10\n"), "\(reversed.text)")
      let json = try await program("diff", "-R", "--json", in: folder)
      #expect(
        json.text.contains(#"{"change":"removed","oldBytes":9,"path":"new.txt","side":"here"}"#),
        "\(json.text)")
      guard sourceType == "files" else { return }
      // Others change the version, too.
      let files = try emulator.version("0.1", of: "~my-actor").files ?? []
      try emulator.setFiles(
        files + [SourceFile(name: "theirs.txt", kind: .file(.text, content: "1"))], of: "0.1", "~my-actor")
      let plain = try await program("diff", "--name-only", in: folder)
      #expect(plain.text.contains("theirs.txt\n"), "\(plain.text)")
      let base = try await program("diff", "--base", "--name-only", in: folder)
      #expect(
        base.status == 0 && base.text == "a.png\nmain.js\nnew.txt\n\"old \\\"name\\\"\"\n", "\(base.text)"
      )
      try folder.write("main.js", "all is new")
      let stranger = try await Program(address)("diff", "--base", in: folder)
      #expect(stranger.status == 4 && stranger.talk.contains("leave out --base"), "\(stranger.talk)")
    }
  }
}
