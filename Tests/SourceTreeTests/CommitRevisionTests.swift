// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import FoundationEssentials
import SourceTree
import TestSupport
import Testing

@Suite("A revision of which a package is made")
struct CommitRevisionTests {
  private let folder: TemporaryFolder

  init() async throws {
    folder = try TemporaryFolder()
    try await git(["init", "-q", "-b", "main"], in: folder.path)
  }

  private func commit() async throws {
    try await git(["add", "-A", "-f"], in: folder.path)
    try await git(["commit", "-q", "--allow-empty", "-m", "x"], in: folder.path)
  }

  private func refusal(of revision: String) async throws -> SourceTreeError? {
    let directory = Array(folder.path.utf8)
    let variables = [
      "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": "/nonexistent", "GIT_CONFIG_NOSYSTEM": "1",
    ]
    do {
      _ = try await blocking {
        try CommitSource(
          revision, directory: directory, followsExternalLinks: false, variables: variables,
          spoolDirectories: [Array("/tmp".utf8)])
      }
    } catch let error as SourceTreeError { return error }
    return nil
  }

  @Test("is one: a range has several", arguments: ["main..other", "main...other", "..other", "main^!"])
  func ranges(_ revision: String) async throws {
    try await commit()
    try await git(["branch", "other"], in: folder.path)
    try folder.write("file", "x")
    try await commit()
    #expect(try await refusal(of: revision)?.code == .noSuchCommit)
    #expect(try await refusal(of: "other") == nil)
  }

  @Test("that is not there, or is damaged, is no directory that is missing", arguments: ["HEAD", "main"])
  func damaged(_ revision: String) async throws {
    try folder.write("sub/file", "x")
    try await commit()
    let tree = String(
      decoding: try await git(["rev-parse", "HEAD:sub"], in: folder.path).dropLast(), as: UTF8.self)
    let object = ".git/objects/\(tree.prefix(2))/\(tree.dropFirst(2))"
    try FileManager.default.removeItem(atPath: folder(object))
    try folder.write(object, "garbage")
    let found = try #require(try await refusal(of: revision))
    #expect(found.code != .directoryNotFound && "\(found)".contains(tree), "\(found)")
    try folder.write(".git/refs/heads/main", String(repeating: "12", count: 20) + "\n")
    #expect(try await refusal(of: revision)?.code == .noSuchCommit)
  }
}
