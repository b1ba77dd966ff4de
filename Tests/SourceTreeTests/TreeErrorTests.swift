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
