// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ApifyAPI
import SourcePackage
import SourceTree
import SystemIO
import TestSupport
import Testing

@testable import Deploy

@Suite("The base that a version's provenance tells")
struct ProvenanceBaseTests {
  /// A repository: `first`, then `second` on main, which is checked out; `topic` from the first on.
  final class Repository: Sendable {
    let folder: TemporaryFolder
    let first: String
    let second: String
    let topic: String

    init() async throws {
      let folder = try TemporaryFolder()
      try await git(["init", "-q", "-b", "main"], in: folder.path)
      func commit(_ text: String) async throws -> String {
        try folder.write("main.js", text)
        try await git(["add", "-A"], in: folder.path)
        try await git(["commit", "-q", "-m", text], in: folder.path)
        return String(
          decoding: try await git(["rev-parse", "HEAD"], in: folder.path).dropLast(), as: UTF8.self)
      }
      first = try await commit("first")
      try await git(["checkout", "-q", "-b", "topic"], in: folder.path)
      topic = try await commit("topic")
      try await git(["checkout", "-q", "main"], in: folder.path)
      second = try await commit("second")
      self.folder = folder
    }

    func history() throws -> CommitHistory {
      try CommitHistory(
        of: ProjectLocation(Array(folder.path.utf8)), revision: nil, name: nil, branch: nil,
        options: WalkOptions(),
        variables: ["PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": "/nonexistent"],
        spoolDirectories: [Array(folder.path.utf8)], cancellation: CancellationFlag())
    }
  }

  /// What is pushed, what the version holds now, and what that means.
  enum Row: String, CaseIterable, CustomTestStringConvertible {
    case nothingSaid = "nothing is said"
    case unchanged = "a commit that led here, unchanged since"
    case otherHistory = "a commit of another branch, unchanged since"
    case unknownCommit = "a commit that is not known here"
    case ownFiles = "nothing is said, and a commit that led here has the files"
    case uncommittedOwnFiles = "uncommitted work that a commit has by now"
    case uncommitted = "uncommitted work, unchanged since"
    case edited = "a commit that led here, edited on the platform since"
    case editedElsewhere = "a commit of another branch, edited since"
    case editedUnknown = "a commit that is not known here, edited since"
    case editedUncommitted = "uncommitted work, edited since"
    case otherPackage = "a commit of another package than it says, edited since"
    case noCommit = "no commit"

    var testDescription: String { rawValue }
  }

  @Test("is", arguments: Row.allCases)
  func table(_ row: Row) async throws {
    let repository = try await Repository()
    let strange = String(repeating: "ab", count: 20)
    let (files, edited) = (["main.js": "first"], ["main.js": "edited"])
    let first = try Manifest.of(files)
    let (base, provenance, contents):
      (String, (commit: String?, isDirty: Bool, digest: String)?, [String: String]) =
        switch row {
        case .nothingSaid: ("unknown noCommit", nil, edited)
        case .ownFiles: ("manifest \(first.digest)", nil, files)
        case .uncommittedOwnFiles:
          ("manifest \(first.digest)", (repository.first, true, first.digest), files)
        case .noCommit: ("unknown noCommit", (nil, false, first.digest), edited)
        case .unchanged: ("manifest \(first.digest)", (repository.first, false, first.digest), files)
        case .otherHistory:
          ("elsewhere \(repository.topic) topic", (repository.topic, false, first.digest), files)
        case .unknownCommit: ("elsewhere \(strange) topic", (strange, false, first.digest), files)
        case .uncommitted:
          ("unknown uncommitted", (repository.first, true, try Manifest.of(edited).digest), edited)
        case .edited: ("manifest \(first.digest)", (repository.first, false, first.digest), edited)
        case .editedElsewhere:
          (
            "manifest \(try Manifest.of(["main.js": "topic"]).digest)",
            (repository.topic, false, try Manifest.of(["main.js": "topic"]).digest), edited
          )
        case .editedUnknown: ("lost", (strange, false, first.digest), edited)
        case .editedUncommitted: ("lost", (repository.first, true, first.digest), edited)
        case .otherPackage: ("lost", (repository.first, false, String(repeating: "0", count: 64)), edited)
        }
    var all = contents
    if let provenance {
      let file = Provenance(
        commit: provenance.commit, branch: "topic", isDirty: provenance.isDirty, digest: provenance.digest,
        tool: "test")
      all[Provenance.path] = String(decoding: file.contents, as: UTF8.self)
    }
    let remote = RemoteVersion(.files(all), root: .apify)
    // Calls of git block: not on the cooperative pool's threads, of which there may be two.
    let found = try await Threads.run { SourceComparison.Base(remote, try repository.history()) }
    #expect(Self.word(found) == base)
  }

  private static func word(_ base: SourceComparison.Base) -> String {
    switch base {
    case .unknown(let gap): "unknown \(gap)"
    case .manifest(let manifest): "manifest \(manifest.digest)"
    case .lost: "lost"
    case .elsewhere(let commit, let branch): "elsewhere \(commit) \(branch ?? "")"
    case .otherDirectory(let directory): "other directory \(directory)"
    case .lacking(let paths): "lacking \(paths)"
    }
  }
}
