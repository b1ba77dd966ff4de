// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import FoundationEssentials
import Git
import SourceTree
import SystemIO
import TestSupport
import Testing

/// git is the oracle: what `git ls-files` lists is in, and what `git check-ignore` names decided.
///
/// `ACTORPUSH_DIFFERENTIAL_TREES=20000 swift test --filter GitDifferentialTests` tries more trees, and
/// `ACTORPUSH_DIFFERENTIAL_SEED` others.
@Suite("The walk, against git itself")
struct GitDifferentialTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let trees = Int(environment["ACTORPUSH_DIFFERENTIAL_TREES"] ?? "") ?? 2000
  private static let firstSeed = Int(environment["ACTORPUSH_DIFFERENTIAL_SEED"] ?? "") ?? 1

  /// As many as there are parts of the trees: they are tried at the same time.
  private static let parts = 8

  @Test(
    "lists what git lists, for the rules that git names, in thousands of random trees", arguments: 0..<parts)
  func agreesWithGit(_ part: Int) async throws {
    let template = try TemporaryFolder()
    try await git(["init", "-q", "--template="], in: template.path)
    var listed = 0
    var decided = 0
    var unread = 0
    let repositories = max(Self.parts, Self.trees / RandomRepository.treesEach)
    var trees = 0
    for seed in stride(from: part, to: repositories, by: Self.parts) {
      let repository = try await RandomRepository(
        seed: Self.firstSeed + seed, template: template, isPlain: false)
      guard let counts = try await compare(repository, seed: Self.firstSeed + seed) else {
        unread += 1
        continue
      }
      listed += counts.listed
      decided += counts.decided
      trees += RandomRepository.treesEach
    }
    // The trees must have something to say.
    #expect(listed > 4 * trees)
    #expect(decided > trees / 2)
    #expect(unread <= 1 + repositories / 100)
  }

  /// Compares what is listed; nil where git cannot read the index that it has made: 2.39 spoils some that are
  /// split, and some that are sparse.
  private func compare(
    _ repository: RandomRepository, seed: Int
  ) async throws -> (listed: Int, decided: Int)? {
    let top = repository.folder.path
    let variables = repository.variables
    let words = ["ls-files", "-co", "--exclude-standard", "-z"]
    guard let output = try? await git(words, in: top, environment: variables) else { return nil }
    // What is tracked need not be on the disk.
    let listed = Set(
      output.split(separator: 0).map(Array.init).filter {
        Paths.status(Paths.join(Array(top.utf8), $0)) != nil
      })
    let trees = repository.trees.filter { FileManager.default.fileExists(atPath: top + "/" + $0) }
    // git may have to be asked: no thread of the cooperative pool may wait for it.
    let plans = try await Threads.run {
      Result { try ([""] + trees.map { "/" + $0 }).map { try plan(top + $0, variables) } }
    }.get()
    let whole = plans[0]
    // Where the tree is the user's home, git lists the user's own settings.
    let personal = whole.excluded.filter { $0.rule.description == "a personal file" }
    #expect(personal.isEmpty || repository.home == top, "seed \(seed)")
    let packaged = listed.filter { path in !personal.contains { $0.covers(path) } }
    #expect(listed.subtracting(packaged).allSatisfy(Self.isSetting), "seed \(seed)")
    #expect(Self.differing(files(whole), packaged) == [], "seed \(seed)")

    // `check-ignore --no-index` does not read what a sparse checkout has left in the index.
    try await repository.restoreIgnoreFiles()
    let check = try await git(
      ["check-ignore", "-v", "-z", "--no-index", "--stdin"], in: top, environment: variables,
      input: Array(repository.paths.joined(separator: "\0").utf8))
    let verdicts = Verdicts(check)
    for excluded in whole.excluded {
      guard case .pattern = excluded.rule, excluded.rule.description != "a personal file" else { continue }
      #expect(verdicts[excluded.path] == excluded.rule.description, "seed \(seed)")
    }

    // A tree pushed by itself, under the ignore files of the repository above it.
    for (tree, plan) in zip(trees, plans.dropFirst()) where verdicts[Array(tree.utf8)] == nil {
      let prefix = Array((tree + "/").utf8)
      let expected = Set(listed.filter { $0.starts(with: prefix) }.map { Array($0.dropFirst(prefix.count)) })
      #expect(Self.differing(files(plan), expected) == [], "seed \(seed), \(tree)")
    }
    return (listed.count, whole.excluded.count)
  }

  /// The plan with the rules of what is left out. It must hold the same as the plan without, which is decided
  /// on another way: the one by which push, pack and list go.
  private func plan(_ path: String, _ variables: [String: String]) throws -> Plan {
    let environment = GitEnvironment(variables: variables)
    let explained = try Walk.plan(
      Array(path.utf8), options: WalkOptions(recordsExcluded: true, git: environment))
    let quick = try Walk.plan(Array(path.utf8), options: WalkOptions(git: environment))
    #expect(Self.described(quick) == Self.described(explained), "\(path)")
    #expect(quick.excluded.isEmpty)
    return explained
  }

  private static func isSetting(_ path: [UInt8]) -> Bool {
    [".gitconfig", ".config/git/config", ".config/git/ignore"].contains(String(decoding: path, as: UTF8.self))
  }

  /// What is in one of the two alone: "+" in `files`, "-" in `expected`.
  private static func differing(_ files: Set<[UInt8]>, _ expected: Set<[UInt8]>) -> [String] {
    let more = files.subtracting(expected).map { "+" + String(decoding: $0, as: UTF8.self) }
    return (more + expected.subtracting(files).map { "-" + String(decoding: $0, as: UTF8.self) }).sorted()
  }

  /// Each entry with its kind and rule.
  private static func described(_ plan: Plan) -> [String] {
    plan.entries.indices.map { index in
      let rule = plan.rule(of: index)?.description ?? ""
      return "\(plan.path(of: index)) \(plan.entries[index].kind) \(rule)"
    }
  }

  private func files(_ plan: Plan) -> Set<[UInt8]> {
    Set(plan.entries.indices.filter { plan.entries[$0].kind != .directory }.map { plan.path(of: $0) })
  }
}

/// What `git check-ignore -v -z` said: for each path that is left out the file, line and pattern, as `Rule`
/// writes them.
private struct Verdicts {
  private var rules: [[UInt8]: String] = [:]

  init(_ output: [UInt8]) {
    let fields = output.split(separator: 0, omittingEmptySubsequences: false).map(Array.init)
    for start in stride(from: 0, to: fields.count - 3, by: 4)
    where fields[start + 2].first != UInt8(ascii: "!") {
      let parts = fields[start..<(start + 3)].map { String(decoding: $0, as: UTF8.self) }
      rules[fields[start + 3]] = "\(parts[0]):\(parts[1]): \(parts[2])"
    }
  }

  subscript(path: [UInt8]) -> String? { rules[path] }
}
