// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import FoundationEssentials
import SourceTree
import SystemIO
import TestSupport
import Testing

/// What of a tree is refused, or not heeded, by its kind alone.
@Suite("The walk refuses")
struct TreeErrorTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func walked() -> Result<Plan, SourceTreeError> {
    do throws(SourceTreeError) {
      return .success(try Walk.plan(Array(folder.path.utf8), options: WalkOptions()))
    } catch {
      return .failure(error)
    }
  }

  private func refusal() -> SourceTreeError? {
    if case .failure(let error) = walked() { error } else { nil }
  }

  /// Makes a FIFO, a directory, a socket or a link of the name.
  private func make(_ name: String, _ kind: String) async throws {
    let script =
      switch kind {
      case "FIFO": "mkfifo '\(name)'"
      case "directory": "mkdir '\(name)'"
      case "socket": "python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind(\"\(name)\")'"
      default: "ln -s /dev/zero '\(name)'"
      }
    let output = try await shell("bash", ["-c", script], in: folder.path)
    try #require(output.status == 0, "\(output.talk)")
  }

  @Test("an .actorignore that is no file", arguments: ["FIFO", "directory", "socket", "link"])
  func actorIgnore(_ kind: String) async throws {
    try await make(".actorignore", kind)
    #expect(refusal() == SourceTreeError(.ignoreFileNotRegular, path: Array(".actorignore".utf8)))
  }

  @Test(
    "nothing where a .gitignore is no file, and says so",
    arguments: ["FIFO", "directory", "socket", "own link"])
  func gitIgnore(_ kind: String) async throws {
    try folder.write("rules", "rules\n")
    if kind == "own link" {
      try folder.link(".gitignore", to: "rules")
    } else {
      try await make(".gitignore", kind)
    }
    let plan = try walked().get()
    #expect(plan.warnings.contains(WalkWarning(kind: .ignoreFileNotRegular, path: Array(".gitignore".utf8))))
    #expect(plan.entries.indices.contains { plan.path(of: $0) == Array("rules".utf8) })
  }

  /// Makes a file of `count` bytes that are not on the disk.
  private func sparse(_ name: String, _ count: Int) throws {
    try folder.write(name)
    let path = CString(folder(name))
    try #require(unsafe truncate(path.pointer, off_t(count)) == 0)
  }

  @Test(
    "an .actorignore of more than 100 MiB, and says so of a .gitignore", arguments: [100 << 20, 100 << 30])
  func largeIgnoreFiles(_ count: Int) throws {
    let isTooLarge = count > 100 << 20
    try sparse(".gitignore", count)
    let warning = WalkWarning(kind: .ignoreFileTooLarge, path: Array(".gitignore".utf8))
    #expect(try walked().get().warnings.contains(warning) == isTooLarge)
    try sparse(".actorignore", count)
    #expect(refusal()?.code == (isTooLarge ? .ignoreFileTooLarge : .ignoreFileNotText))
  }

  @Test("a link to a path that the system cannot say")
  func deepLink() async throws {
    // A path has at most 4,096 bytes; the directories are made one from the other.
    let script = """
      import os
      for i in range(30):
          os.mkdir('d' * 199)
          os.chdir('d' * 199)
      open('file', 'w').close()
      os.symlink('file', 'link')
      """
    let output = try await shell("python3", ["-c", script], in: folder.path)
    try #require(output.status == 0, "\(output.talk)")
    let error = try #require(refusal())
    #expect(error.code == .linkTooDeep && error.target == Array("file".utf8), "\(error)")
    #expect(error.path.count == 30 * 200 + 4)
    _ = try await shell("rm", ["-rf", folder("d" + String(repeating: "d", count: 198))])
  }

  @Test("a .gitignore above that is no file, and says so")
  func gitIgnoreAbove() async throws {
    try await git(["init", "-q"], in: folder.path)
    try await make(".gitignore", "FIFO")
    try folder.write("project/file")
    let plan = try Walk.plan(Array(folder("project").utf8), options: WalkOptions())
    #expect(plan.warnings == [WalkWarning(kind: .ignoreFileNotRegular, path: Array("../.gitignore".utf8))])
  }

  @Test("a name that is not UTF-8, of a file and of a directory", arguments: [false, true])
  func names(_ isDirectory: Bool) throws {
    let directory = try Descriptor.open(CString(folder.path), as: .directory)
    let name: [UInt8] = [0x61, 0xFF, 0x62]
    if isDirectory {
      try directory.makeDirectory(name, mode: 0o700)
    } else {
      _ = try directory.create(name, mode: 0o600)
    }
    #expect(refusal() == SourceTreeError(.nameNotUTF8, path: name))
  }

  @Test(
    "a path that is longer than a zip can say, of a file and of a directory",
    arguments: [(65_534, false), (65_535, false), (65_534, true), (65_535, true)])
  func longPath(_ count: Int, _ isDirectory: Bool) async throws {
    let script = """
      import os, sys
      rest = int(sys.argv[1])
      while rest > 255:
        os.mkdir("d" * 200); os.chdir("d" * 200); rest -= 201
      (os.mkdir if sys.argv[2] == "directory" else os.mknod)("x" * rest)
      """
    let kind = isDirectory ? "directory" : "file"
    let made = try await shell("python3", ["-c", script, String(count), kind], in: folder.path)
    #expect(made.status == 0, "\(made.talk)")
    let isTooLong = count > 65_534
    #expect((refusal()?.code == .pathTooLong) == isTooLong)
    if isTooLong { #expect(refusal()?.path.count == count) }
    // Longer than the file manager can say.
    _ = try await shell("rm", ["-rf", folder("d" + String(repeating: "d", count: 199))])
  }

  @Test("a path of a commit that is longer than a zip can say", arguments: [65_534, 65_535])
  func longCommitPath(_ count: Int) async throws {
    try await git(["init", "-q"], in: folder.path)
    let script = #"""
      import subprocess, sys
      def git(words, text=""):
        return subprocess.run(["git"] + words, input=text.encode(), capture_output=True, check=True).stdout.decode().strip()
      rest, names = int(sys.argv[1]), []
      while rest > 255: names.append("d" * 200); rest -= 201
      object, line = git(["hash-object", "-w", "--stdin"], "x"), "100644 blob %s\t" + "x" * rest
      for name in reversed(names + [None]):
        object = git(["mktree"], line % object + "\n") if name is None else git(["mktree"], "040000 tree %s\t%s\n" % (object, name))
      print(git(["-c", "user.name=a", "-c", "user.email=a@b", "commit-tree", "-m", "x", object]))
      """#
    let made = try await shell("python3", ["-c", script, String(count)], in: folder.path)
    try #require(made.status == 0, "\(made.talk)")
    let (directory, commit) = (Array(folder.path.utf8), String(made.text.dropLast()))
    let code = await Threads.run { () -> SourceTreeError.Code? in
      do throws(SourceTreeError) {
        let source = try CommitSource(
          commit, directory: directory, followsExternalLinks: false,
          variables: ["PATH": "/usr/local/bin:/usr/bin:/bin"],
          spoolDirectories: [directory])
        _ = try source.plan(WalkOptions())
        return nil
      } catch {
        return error.code
      }
    }
    #expect(code == (count > 65_534 ? .pathTooLong : nil))
  }

  @Test("a commit where there is no repository")
  func noRepository() async throws {
    let directory = Array(folder.path.utf8)
    let error = await Threads.run { () -> SourceTreeError? in
      do throws(SourceTreeError) {
        _ = try CommitSource(
          "HEAD", directory: directory, followsExternalLinks: false, variables: ["PATH": "/usr/bin:/bin"],
          spoolDirectories: [])
        return nil
      } catch {
        return error
      }
    }
    #expect(error?.code == .noRepository && error?.path == directory)
  }
}
