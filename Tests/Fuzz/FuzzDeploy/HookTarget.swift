// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import FuzzDriver
import SystemIO

@testable import Deploy
@testable import DeployHooks

/// What reaches a pre-push hook: the pushed references, the command line of git, and the jobs of earlier
/// pushes. The first byte says which.
///
/// Command lines are of words that are safe to run (`PushJudge`); whether one pushes, git itself shows.
struct HookTarget: FuzzTarget {
  static let name = "hook"
  static let summary = "the input, the command line and the job files of a pre-push hook, against git push"
  static let longest = 2048

  private let directory: String
  private var judge: PushJudge

  init(isSingle: Bool) throws {
    directory = try Workspace.make(Self.name)
    judge = try PushJudge(in: directory)
  }

  mutating func run(_ input: [UInt8]) {
    guard let first = input.first else { return }
    let rest = Array(input.dropFirst())
    do {
      switch first % 8 {
      case 0: Self.checkRefs(rest)
      case 1: Self.checkVariables(rest)
      case 2: Self.checkProcess(rest)
      case 3: Self.checkTracking(rest)
      case 4: try checkJob(rest)
      default: try judge.check(rest)
      }
    } catch {
      finding("\(error)")
    }
  }

  /// A line each, with four words, the second and the fourth of them names of objects.
  private static func checkRefs(_ input: [UInt8]) {
    let lines = input.split(separator: UInt8(ascii: "\n"))
    let isRight = lines.allSatisfy { line in
      let words = line.split(separator: UInt8(ascii: " "))
      return words.count == 4 && isObject(words[1]) && isObject(words[3])
    }
    do throws(PushedRef.Malformed) {
      let refs = try PushedRef.parse(input)
      require(isRight && refs.count == lines.count, "\(input.shown) is read as \(refs)")
      let written = refs.map { "\($0.localRef) \($0.localObject) \($0.remoteRef) \($0.remoteObject)\n" }
      let again = try? PushedRef.parse(Array(written.joined().utf8))
      require(again == refs, "\(input.shown) is read as \(refs), and then otherwise")
      for ref in refs { check(ref) }
    } catch {
      require(!isRight && !error.line.isEmpty, "\(input.shown) is refused")
    }
  }

  private static func isObject(_ word: ArraySlice<UInt8>) -> Bool {
    (word.count == 40 || word.count == 64) && word.allSatisfy { "0123456789abcdef".utf8.contains($0) }
  }

  private static func check(_ ref: PushedRef) {
    let isBranch = ref.remoteRef.utf8.starts(with: "refs/heads/".utf8)
    require((ref.branch != nil) == isBranch, "the branch of \(ref)")
    if let branch = ref.branch {
      require("refs/heads/\(branch)".utf8.elementsEqual(ref.remoteRef.utf8), "the branch of \(ref)")
    }
    require(ref.isDeletion == ref.localObject.utf8.allSatisfy { $0 == UInt8(ascii: "0") }, "\(ref)")
  }

  /// The variables of pre-commit.
  private static func checkVariables(_ input: [UInt8]) {
    let names = ["TO_REF", "FROM_REF", "REMOTE_BRANCH", "LOCAL_BRANCH"]
    let values = input.split(separator: 0, omittingEmptySubsequences: false)
    var variables: [String: String] = [:]
    for (name, value) in zip(names, values) {
      variables["PRE_COMMIT_" + name] = String(decoding: value, as: UTF8.self)
    }
    for ref in PushedRef.fromPreCommit(variables) {
      check(ref)
      require(ref.remoteRef.utf8.starts(with: "refs/".utf8), "\(ref) has no full name")
    }
  }

  /// Any bytes as `/proc/PID/cmdline`: as their words are read.
  private static func checkProcess(_ input: [UInt8]) {
    let process = PushCommandLine(process: input)
    let ended = input.last == 0 ? Array(input.dropLast()) : input
    let words = ended.split(separator: 0, omittingEmptySubsequences: false)
    // The words as text are the same words.
    let text = words.map { String(decoding: $0, as: UTF8.self) }
    require(process == PushCommandLine(text), "\(input.shown) is not read by its words")
    require(
      process == nil || text.contains("push") || text[0].utf8.suffix(8).elementsEqual("git-push".utf8),
      "\(input.shown) is no push")
  }

  /// A reference, and a line for each value of `remote.NAME.fetch`.
  private static func checkTracking(_ input: [UInt8]) {
    let lines = input.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    guard let reference = lines.first else { return }
    if let name = TrackingRef.name(of: reference, Array(lines.dropFirst())) {
      require(name.utf8.starts(with: "refs/".utf8), "\(name) is no reference")
    }
  }

  /// A file in the place of a job: what is no job is none, and what is one can be carried out or refused.
  private func checkJob(_ input: [UInt8]) throws {
    let store = JobStore(state: Array("\(directory)/state".utf8), repository: Array("r".utf8))
    try Paths.makeDirectory(store.directory, mode: 0o700)
    let now = 1_700_000_000_000
    let path = Paths.join(store.directory, Array("0\(now)-a.job".utf8))
    try writeFile(String(decoding: path, as: UTF8.self), input)
    let entries = store.entries(now: now)
    guard let job = JobStore.job(path) else {
      require(entries.isEmpty, "a job that cannot be read is shown: \(input.shown)")
      return
    }
    require(entries.count == 1 && entries[0].job == job, "the job is not shown: \(input.shown)")
    require(job.created >= 0, "the job is from before 1970: \(job.id)")
    let ids = [job.id, "0\(now)-a", "0\(now + 120_000)-b", ""]
    for id in ids {
      for other in ids where JobOrder.isOlder(id, than: other, now: now) {
        require(!JobOrder.isOlder(other, than: id, now: now), "\(id) and \(other) are older than each other")
      }
    }
    for target in job.targets {
      do throws(DeployError) {
        let request = try PushRequest(target, follows: true, tool: "fuzz")
        require(request.branch == target.branch, "another branch")
      } catch {
        require(!"\(error)".isEmpty, "an error without words")
      }
    }
  }

  static func seeds() -> [[UInt8]] {
    let (object, zero) = (String(repeating: "a1", count: 20), String(repeating: "0", count: 40))
    let target = #"""
      {"reference": "refs/heads/main", "commit": "\#(object)", "branch": "main", "folder": "/a",
      "actor": "u/a", "version": "0.1", "sourceType": "auto", "builds": true, "key": "k", "timeout": 900}
      """#
    let texts: [(UInt8, String)] = [
      (0, "refs/heads/main \(object) refs/heads/main \(zero)\n(delete) \(zero) refs/heads/x \(object)\n"),
      (0, "HEAD \(object)\(object.prefix(24)) refs/tags/v1 \(object)\(object.prefix(24))\n"),
      (1, "\(object)\0\(zero)\0main\0main"), (2, "git\0-c\0a.b=c\0push\0-n\0origin\0main\0"),
      (2, "/usr/lib/git-core/git-push\0--push-option\0-n\0--dry\0--\0x\0"),
      (3, "refs/heads/main\n+refs/heads/*:refs/remotes/origin/*\n^refs/heads/x\n"),
      (
        4,
        #"{"id": "00001700000000-x", "repository": "/r", "remote": "o", "url": "u", "targets": [\#(target)]}"#
      ),
    ]
    return texts.map { [$0.0] + Array($0.1.utf8) } + PushJudge.seeds.map { [5] + $0 }
  }

  static let words =
    [
      "refs/heads/", "refs/tags/", "(delete)", String(repeating: "0", count: 40), "git", "git-push", "push",
      "--dry-run", "--no-dry-run", "-n", "-o", "--push-option", "--repo", "--", "=", "*", "+refs/", "^",
      "\"timeout\":", "\"targets\":", "\"version\":\"1.0\"", "\"actor\":", "9223372036854775807", "null",
    ].map { Array($0.utf8) } + [[0], [0xFF], [0x0A]]
}
