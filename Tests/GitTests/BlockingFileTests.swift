// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import FoundationEssentials
import SystemIO
import TestSupport
import Testing

@testable import Git

/// git opens what it finds, and waits where that is a FIFO, or reads for ever where it is a device.
@Suite("A git that would wait")
struct BlockingFileTests {
  private let folder: TemporaryFolder

  init() async throws { folder = try await TemporaryFolder.withCommittedTree() }

  /// Puts a FIFO or a link to an endless device in the place of `path`.
  private func block(_ path: String, _ kind: String) throws {
    try? FileManager.default.removeItem(atPath: folder(path))
    if let slash = path.lastIndex(of: "/") { try folder.folder(String(path[..<slash])) }
    if kind == "a FIFO" {
      let name = CString(folder(path))
      #expect(unsafe mkfifo(name.pointer, 0o600) == 0)
    } else {
      try folder.link(path, to: "/dev/zero")
    }
  }

  /// Why git is not asked what HEAD is, once its repository is found; nil where it is asked.
  private func refusal(_ variables: [String: String] = [:], in tree: String = "tree") async throws
    -> BlockingFile?
  {
    let directory = Array(folder(tree).utf8)
    let all = plainVariables.merging(variables) { $1 }
    return try await blocking {
      do {
        let place = try RepositoryLocation(of: directory, variables: all)
        let git = Git(repository: place.directory, worktree: place.worktree, variables: all)
        _ = try git.output(["rev-parse", "HEAD"])
        return nil
      } catch RepositoryLocation.Failure.git(.blocking(let file), _) {
        return file
      } catch Git.Failure.blocking(let file) {
        // The repository itself was found without git.
        return file
      }
    }
  }

  static let files = [
    "HEAD", "config", "packed-refs", "refs/heads/main", "refs/heads/a/b", "index", "shallow", "commondir",
    "info/attributes", "info/grafts", "objects/info/alternates", "objects/pack/pack-1.idx", "logs/HEAD",
  ]

  @Test("for a file of its repository is not started", arguments: files, ["a FIFO", "a device"])
  func repository(_ file: String, _ kind: String) async throws {
    try block("tree/.git/" + file, kind)
    let found = try await refusal()
    #expect(found?.path == Array(folder("tree/.git/" + file).utf8) && found?.kind == kind)
  }

  @Test("for what lies in a linked work tree's repository, or in borrowed objects, is not started")
  func others() async throws {
    try await git(["worktree", "add", "-q", folder("linked"), "-b", "other"], in: folder("tree"))
    try block("tree/.git/worktrees/linked/index", "a FIFO")
    #expect(try await refusal() == nil)
    #expect(try await refusal(in: "linked") != nil)
    try folder.write("tree/.git/objects/info/alternates", folder("borrowed") + "\n")
    try block("borrowed/pack/pack-1.pack", "a FIFO")
    #expect(try await refusal()?.path == Array(folder("borrowed/pack/pack-1.pack").utf8))
  }

  @Test(
    "for a file that the configuration names is not started",
    arguments: ["include.path", "core.attributesFile", "includeIf.hasconfig:remote.*.url:x.path"])
  func named(_ key: String) async throws {
    try await git(["config", key, folder("named")], in: folder("tree"))
    try block("named", "a FIFO")
    #expect(try await refusal()?.path == Array(folder("named").utf8))
    try FileManager.default.removeItem(atPath: folder("named"))
    #expect(try await refusal() == nil)
  }

  @Test("for the user's configuration is not started, and for an empty one it is")
  func user() async throws {
    try block("global", "a FIFO")
    #expect(
      try await refusal(["GIT_CONFIG_GLOBAL": folder("global")])?.path == Array(folder("global").utf8))
    #expect(try await refusal(["GIT_CONFIG_GLOBAL": "/dev/null"]) == nil)
    try await git(["config", "include.path", "/dev/null"], in: folder("tree"))
    #expect(try await refusal() == nil)
  }

  @Test("for a HEAD above that makes a directory look like a repository is not started")
  func bare() async throws {
    try block("plain/HEAD", "a FIFO")
    #expect(try await refusal(in: "plain")?.path == Array(folder("plain/HEAD").utf8))
  }

  @Test("is started where the FIFO is a file of the project, or of a part that git does not read")
  func unread() async throws {
    for path in ["tree/pipe", "tree/.git/hooks/pipe", "tree/.git/modules/a/HEAD"] {
      try block(path, "a FIFO")
    }
    #expect(try await refusal() == nil)
  }

  @Test("for what is not known is ended when the time of an answer is over")
  func late() async throws {
    try folder.write("bin/git", "#!/bin/sh\nexec sleep 60\n")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder("bin/git"))
    let all = plainVariables.merging(["PATH": folder("bin") + ":" + searchPath]) { $1 }
    let directory = Array(folder("tree/.git").utf8)
    let start = ContinuousClock.now
    await #expect(throws: Git.Failure.tooLate(.milliseconds(200))) {
      try await blocking {
        try Git(repository: directory, variables: all).answering(within: .milliseconds(200)).output([
          "version"
        ])
      }
    }
    #expect(ContinuousClock.now - start < .seconds(30))
  }
}
