// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import FoundationEssentials
import Git
import SourceTree
import TestSupport
import Testing

/// `git check-ignore -v` is the oracle of a single path's verdict, and the walk of the whole tree another.
///
/// `ACTORPUSH_EXPLAIN_PAIRS=5000 swift test --filter PathWalkOracleTests` tries more paths, and
/// `ACTORPUSH_DIFFERENTIAL_SEED` others.
@Suite("The verdict on one path, against git and the walk")
struct PathWalkOracleTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let pairs = Int(environment["ACTORPUSH_EXPLAIN_PAIRS"] ?? "") ?? 600
  private static let firstSeed = Int(environment["ACTORPUSH_DIFFERENTIAL_SEED"] ?? "") ?? 1
  private static let parts = 4
  private static let pairsEach = 50

  /// Without the ignore file of the user who runs the tests.
  private static var options: WalkOptions {
    var environment = GitEnvironment()
    environment.systemConfig = nil
    return WalkOptions(recordsExcluded: true, git: environment)
  }

  @Test(
    "names the line that git names, of paths that exist and of those that do not", arguments: 0..<parts)
  func agreesWithGit(_ part: Int) async throws {
    let template = try TemporaryFolder()
    try await git(["init", "-q", "--template="], in: template.path)
    var (decided, absent, below) = (0, 0, 0)
    let repositories = max(1, Self.pairs / Self.pairsEach / Self.parts)
    for index in 0..<repositories {
      let seed = Self.firstSeed + 1000 * part + index
      var repository = try await RandomRepository(seed: seed, template: template)
      let paths = (0..<Self.pairsEach).map { _ in repository.anyPath() }
      let top = repository.folder.path
      let tracked = Set(try await git(["ls-files", "-z"], in: top).split(separator: 0).map(Array.init))
      let output = try await git(
        ["check-ignore", "-v", "-n", "-z", "--no-index", "--stdin"], in: top,
        input: Array(paths.joined(separator: "\0").utf8))
      let fields = output.split(separator: 0, omittingEmptySubsequences: false)
      try #require(fields.count == 4 * paths.count + 1)
      var walk = try PathWalk(Array(top.utf8), options: Self.options)
      for (index, path) in paths.enumerated() {
        let verdict = try walk.verdict(on: Array(path.utf8), isDirectory: false)
        let words = fields[(4 * index)..<(4 * index + 3)].map { String(decoding: $0, as: UTF8.self) }
        let expected = words[0].isEmpty ? nil : "\(words[0]):\(words[1]): \(words[2])"
        #expect(Self.line(verdict) == expected, "seed \(seed), \(path)")
        let isOut = expected != nil && !words[2].hasPrefix("!")
        // Where capitals are small letters, another name may be tracked, too.
        let isOther: Bool
        if case .rule(.tracked)? = verdict.reasons.last?.cause {
          isOther = tracked.contains { Self.lowered($0) == Self.lowered(verdict.path) }
        } else {
          isOther = false
        }
        let isTracked = tracked.contains(verdict.path) || isOther
        let holdsTracked = tracked.contains { $0.starts(with: verdict.path + [UInt8(ascii: "/")]) }
        #expect(
          verdict.isIncluded == (!isOut || isTracked || (holdsTracked && verdict.kind == .directory)),
          "seed \(seed), \(path)")
        decided += isOut ? 1 : 0
        absent += verdict.kind == .absent ? 1 : 0
        below += verdict.reasons.contains { $0.path != verdict.path } ? 1 : 0
      }
    }
    // The paths must have something to say.
    let count = repositories * Self.pairsEach
    #expect(
      decided > count / 8 && absent > count / 8 && below > count / 20, "\(decided), \(absent), \(below)")
  }

  private static func lowered(_ path: [UInt8]) -> [UInt8] {
    path.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
  }

  /// What `git check-ignore -v` would show: the pattern that decides, be it about a directory above that is
  /// left out, or about the path itself.
  private static func line(_ verdict: PathVerdict) -> String? {
    let last = verdict.reasons.last { reason in
      if case .rule(.pattern) = reason.cause { true } else { false }
    }
    guard let last, last.excludes || last.path == verdict.path, case .rule(let rule) = last.cause else {
      return nil
    }
    return rule.description
  }

  @Test("is that of the walk of the whole tree, with .actorignore, too", arguments: 0..<parts)
  func agreesWithWalk(_ part: Int) async throws {
    let template = try TemporaryFolder()
    try await git(["init", "-q", "--template="], in: template.path)
    var broughtBack = 0
    for index in 0..<max(1, Self.pairs / 300) {
      let seed = Self.firstSeed + 1000 * part + 500 + index
      var repository = try await RandomRepository(seed: seed, template: template)
      for directory in [""] + repository.trees.map({ $0 + "/" }) {
        try repository.writeActorIgnore(in: directory)
        let root = Array(repository.folder(directory).utf8)
        let plan = try Walk.plan(root, options: Self.options)
        var walk = try PathWalk(root, options: Self.options)
        for entry in plan.entries.indices {
          let verdict = try walk.verdict(on: plan.path(of: entry), isDirectory: false)
          let shown = "seed \(seed), \(directory), \(String(decoding: verdict.path, as: UTF8.self))"
          #expect(verdict.isIncluded && verdict.reasons.last?.excludes != true, "\(shown)")
          #expect((verdict.kind == .directory) == plan.entries[entry].isDirectory, "\(shown)")
          if let rule = plan.rule(of: entry) {
            #expect(Self.rule(verdict) == rule.description, "\(shown)")
          }
          broughtBack += verdict.reasons.contains(where: \.excludes) ? 1 : 0
        }
        for excluded in plan.excluded {
          let verdict = try walk.verdict(on: excluded.path, isDirectory: false)
          let shown = "seed \(seed), \(directory), \(String(decoding: verdict.path, as: UTF8.self))"
          #expect(!verdict.isIncluded && Self.rule(verdict) == excluded.rule.description, "\(shown)")
          let below = try walk.verdict(on: excluded.path + Array("/x/y".utf8), isDirectory: false)
          #expect(!excluded.isDirectory || !below.isIncluded || below.reasons.count > 1, "\(shown)/x/y")
        }
      }
    }
    #expect(broughtBack > 0)
  }

  private static func rule(_ verdict: PathVerdict) -> String? {
    guard case .rule(let rule)? = verdict.reasons.last?.cause else { return nil }
    return rule.description
  }
}
