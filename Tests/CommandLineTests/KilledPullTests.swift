// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import EmulatorTesting
import FoundationEssentials
import PlatformEmulator
import PlatformModel
import TestSupport
import Testing

/// `kill -9` while files are written, at ten places.
@Suite("A pull that is killed", .timeLimit(.minutes(10)))
struct KilledPullTests {
  /// Kills a pull, of what the last arguments name, as soon as so many of its files are there.
  private static let script = """
    import os, subprocess, sys
    program, folder, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
    place = os.path.join(folder, *sys.argv[5:6], 'new')
    pull = subprocess.Popen([program, 'pull'] + sys.argv[4:], cwd=folder, stderr=subprocess.DEVNULL)
    while pull.poll() is None:
        try: there = len(os.listdir(place))
        except FileNotFoundError: there = 0
        if there >= count:
            pull.kill()
            break
    pull.wait()
    print(pull.returncode, there)
    """
  private static let count = 600

  /// All paths and contents, without the label.
  private static func tree(_ folder: TemporaryFolder) async throws -> String {
    try await shell(
      "sh", ["-c", "find . -type d | sort; find . -type f | sort | xargs sha256sum"], in: folder.path
    ).text
  }

  @Test("leaves a directory that --abort makes what it was, or a second pull what it should be")
  func killed() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor()
      for number in 0..<50 { try folder.write("a/\(number)", "1") }
      try folder.write("z", "1")
      let program = Program(address)
      #expect(try await program("push", "--no-build", in: folder).status == 0)
      let old = try emulator.version("0.1", of: "~my-actor").files ?? []
      let before = try await Self.tree(folder)
      let kept = old.filter { $0.name.hasPrefix(".actor") }
      let new = (0..<50).map { ("a/\($0)", "2") } + (0..<Self.count).map { ("new/\($0)", "3") }
      try emulator.setFiles(
        kept + new.map { SourceFile(name: $0.0, kind: .file(.text, content: $0.1)) }, of: "0.1", "~my-actor")
      var killed = 0
      for place in 0..<10 {
        let output = try await shell(
          "python3", ["-c", Self.script, Program.location(), folder.path, "\(1 + place * Self.count / 12)"],
          environment: program.environment)
        if output.text.hasPrefix("-9") {
          killed += 1
          let push = try await program("push", in: folder)
          #expect(push.status == 7 && push.talk.contains("a pull was interrupted"), "\(push.talk)")
        }
        if place % 2 == 1 {
          let whole = try await program("pull", in: folder)
          #expect(whole.status == 0, "\(output.text)\(whole.talk)")
          let check = try await shell(
            "sh", ["-c", "ls new | wc -l; cat new/* a/* | tr -d '23' | wc -c; ls z 2>/dev/null | wc -l"],
            in: folder.path)
          #expect(
            check.text.split(separator: "\\n").joined().filter { !$0.isWhitespace } == "60000",
            "\(check.text)")
          #expect(try await program("pull", "--dry-run", in: folder).talk.contains("nothing to pull"))
        }
        // Where it ended before it could be killed it is undone as well.
        let undone = try await program("pull", "--abort", in: folder)
        #expect(undone.status == 0, "\(output.text)\(undone.talk)")
        #expect(try await Self.tree(folder) == before, "\(output.text)")
      }
      #expect(killed >= 5, "\(killed) of 10 could be killed")
    }
  }

  @Test("into a new directory is started again by the same pull; the directory is no project meanwhile")
  func killedNew() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor()
      for number in 0..<Self.count { try folder.write("new/\(number)", "3") }
      let program = Program(address)
      #expect(try await program("push", "--no-build", in: folder).status == 0)
      var killed = 0
      for place in 0..<6 {
        let above = try TemporaryFolder()
        let output = try await shell(
          "python3",
          ["-c", Self.script, Program.location(), above.path, "\(1 + place * 60)", "~my-actor", "out"],
          environment: program.environment)
        guard output.text.hasPrefix("-9") else { continue }
        killed += 1
        let merged = try await shell(
          Program.location(), ["pull", "~my-actor", "out"], in: above.path, environment: program.environment)
        #expect(merged.status == 0 && merged.talk.contains("its changes were undone"), "\(merged.talk)")
        let count = try await shell("sh", ["-c", "ls out/new | wc -l"], in: above.path).text
        #expect(count.filter(\.isNumber) == "\(Self.count)")
      }
      #expect(killed >= 2, "\(killed) of 6 could be killed")
    }
  }
}
