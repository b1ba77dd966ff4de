// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import FoundationEssentials
import Git
import SystemIO
import TestSupport
import Testing

@testable import TreeMerge

/// git merges the same trees (git-merge-tree(1)). `ACTORPUSH_MERGES` says how many are tried.
@Suite("A merge of random trees", .serialized, .timeLimit(.minutes(10)))
struct GitMergeTests {
  private static let count =
    ProcessInfo.processInfo.environment["ACTORPUSH_MERGES"].flatMap { Int($0) } ?? 300
  private static let batch = 50

  @Test(
    "gives what git gives: the same files, and the same conflicts",
    arguments: Array(stride(from: 0, to: count, by: batch)))
  func git(_ first: Int) async throws {
    let repository = try TemporaryFolder()
    let cases = (first..<min(first + Self.batch, Self.count)).map { RandomMerge(seed: $0) }
    try await TestSupport.git(["init", "-q"], in: repository.path)
    var stream: [UInt8] = []
    for merge in cases { merge.append(to: &stream) }
    try await TestSupport.git(["fast-import", "--quiet"], in: repository.path, input: stream)
    let textMerge = TextMerge(
      in: [Array(repository.path.utf8)], variables: ["PATH": "/usr/local/bin:/usr/bin:/bin"])
    for merge in cases {
      let expected = try await GitMerge(merge, in: repository.path)
      let found = try await Threads.run { () throws(Git.Failure) in try merge.merged(by: textMerge) }
      // What lies below a path that is a file on one side and a directory on the other goes elsewhere.
      let roots = merge.clashes
      func root(_ path: String) -> String { roots.first { path == $0 || path.hasPrefix($0 + "/") } ?? path }
      let conflicts = Set(found.conflicts.map(root))
      #expect(conflicts == Set(expected.conflicts.map(root)), "seed \(merge.seed): \(merge)")
      let names = Set(found.files.keys).union(expected.files.keys)
      let differing = names.filter { name in
        // What git calls NAME~BRANCH is in conflict.
        !conflicts.contains(root(name)) && !name.contains("~") && found.files[name] != expected.files[name]
      }
      #expect(differing == [], "seed \(merge.seed): \(merge)")
    }
  }
}

/// What git makes of three commits.
private struct GitMerge {
  var files: [String: RandomMerge.File] = [:]
  let conflicts: [String]

  init(_ merge: RandomMerge, in repository: String) async throws {
    let output = try await shell(
      "git",
      [
        "-c", "merge.renames=false", "-c", "merge.directoryRenames=false", "merge-tree", "--write-tree", "-z",
        "--name-only", "--no-messages", "mine\(merge.seed)", "theirs\(merge.seed)",
      ], in: repository, environment: ["HOME": "/nonexistent"])
    guard output.status == 0 || output.status == 1 else { throw GitFailure(talk: output.talk) }
    let parts = output.bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    // A file that a directory keeps from its place is called NAME~BRANCH.
    conflicts = parts.dropFirst().map { name in String(name.prefix { $0 != "~" }) }
    let listing = try await TestSupport.git(["ls-tree", "-r", "-z", parts[0]], in: repository)
    var names: [(name: String, object: String, isExecutable: Bool)] = []
    for line in listing.split(separator: 0).map({ String(decoding: $0, as: UTF8.self) }) {
      let (head, name) = (line.prefix { $0 != "\t" }, line.drop { $0 != "\t" }.dropFirst())
      let words = head.split(separator: " ")
      names.append((String(name), String(words[2]), words[0] == "100755"))
    }
    let contents = try await TestSupport.git(
      ["cat-file", "--batch"], in: repository, input: Array(names.map { $0.object + "\n" }.joined().utf8))
    var rest = contents[...]
    for (name, _, isExecutable) in names {
      let head = String(decoding: rest.prefix { $0 != 0x0A }, as: UTF8.self)
      let count = Int(head.split(separator: " ").last ?? "") ?? 0
      rest = rest.dropFirst(head.utf8.count + 1)
      files[name] = RandomMerge.File(bytes: Array(rest.prefix(count)), isExecutable: isExecutable)
      rest = rest.dropFirst(count + 1)
    }
  }
}

/// That git could not merge.
private struct GitFailure: Error { let talk: String }
