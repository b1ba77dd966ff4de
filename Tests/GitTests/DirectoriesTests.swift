// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import FoundationEssentials
import Git
import SystemIO
import TestSupport
import Testing

@Suite("A .git")
struct DirectoriesTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func cause() -> BrokenGitFile.Cause? {
    do throws(BrokenGitFile) {
      _ = try GitDirectories(worktree: Array(folder.path.utf8))
      return nil
    } catch {
      return error.path == Array(folder(".git").utf8) ? error.cause : nil
    }
  }

  @Test(
    "that leads nowhere is an error that says where to",
    arguments: ["/nonexistent/.git", "here", ".", "a\nb", "a\r\n.git"])
  func leadsNowhere(_ target: String) throws {
    try folder.write(".git", "gitdir: \(target)\n")
    #expect(cause() == .leadsNowhere(Array(target.utf8)))
  }

  @Test("that is a link to nothing is an error that says where to")
  func brokenLink() throws {
    try folder.link(".git", to: "nowhere")
    #expect(cause() == .leadsNowhere(Array("nowhere".utf8)))
  }

  @Test("that is a file without the line is an error", arguments: ["", "rubbish\n", "gitdir:x", "GITDIR: x"])
  func malformed(_ text: String) throws {
    try folder.write(".git", text)
    #expect(cause() == .malformed)
  }

  @Test("that is a directory without a repository is none")
  func empty() throws {
    try folder.folder(".git")
    #expect(cause() == nil)
    #expect(try GitDirectories(worktree: Array(folder.path.utf8)) == nil)
  }

  @Test("of a commit needs a directory for temporary files, to tell what a checkout changes")
  func attributes() async throws {
    try await git(["init", "-q"], in: folder.path)
    let git = Git(repository: Array(folder(".git").utf8), variables: ["PATH": "/usr/bin:/bin"])
    let found = await Threads.run { () -> BlobSpool.Failure? in
      do throws(BlobSpool.Failure) {
        _ = try CommitAttributes(of: [], git, in: [Array("/nonexistent".utf8)])
        return nil
      } catch {
        return error
      }
    }
    guard case .system(let error)? = found else {
      Issue.record("\(String(describing: found))")
      return
    }
    #expect(error.isMissing)
  }
}
