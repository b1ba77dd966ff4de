// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import FuzzDriver
import Glibc

@testable import DeployHooks

/// Runs `git push` with words from a list, each one chosen by a byte, and holds what it did against what its
/// command line says, which the hook has copied. The words start no program but git's own.
struct PushJudge {
  /// Options of git itself, `push`, and its own: none that writes anywhere but to the two repositories here.
  private static let words = [
    "push", "origin", "main", "-n", "--dry-run", "--no-dry-run", "--dry", "--dr", "--dry-r", "--no-dry",
    "--no-dr", "--no-dry-ru", "--d", "--no-d", "-f", "-fn", "-nf", "-vn", "-q", "-v", "-4n", "-o", "-on",
    "-nox", "-fo", "-fon", "-no", "x", "--push-option", "--push-option=-n", "--pus", "--push",
    "--no-push-option", "--exec", "--exec=git-receive-pack", "git-receive-pack", "--receive-pack",
    "--receive-pack=git-receive-pack", "--rec", "--recurse-submodules", "--recurse-submodules=no", "--recur",
    "no", "--repo", "--repo=origin", "--rep", "--no-repo", "--force", "--forc", "--signed=no", "--no-signed",
    "--porcelain", "--progress", "--no-thin", "--thin", "--atomic", "--no-atomic", "--verbose", "--quiet",
    "-u", "--set-upstream", "--follow-tags", "--all", "--branches", "--", "--end-of-options", "-c", "a.b=c",
    "a.n=-n", "-C", ".", "--no-pager", "-p", "--git-dir", ".git", "--git-dir=.git", "--literal-pathspecs",
    "--no-replace-objects", "--no-optional-locks", "-n4", "-4", "-6", "-uf", "-un",
    "--ipv4", "--no-verbose", "--no-force", "--no-quiet", "--prune", "--no-prune", "--n", "--no",
  ]
  private static let longest = 9

  private let directory: String
  private var asked: Set<[String]> = []

  init(in directory: String) throws {
    self.directory = directory
    try git("init", "-q", "--bare", "remote.git")
    try git("-C", "remote.git", "config", "receive.advertisePushOptions", "true")
    try git("init", "-q", "-b", "main", "work")
    try git("-C", "work", "commit", "-q", "--allow-empty", "-m", "x")
    try git("-C", "work", "config", "push.default", "current")
    try git("-C", "work", "remote", "add", "origin", "\(directory)/remote.git")
    let hook = "\(directory)/work/.git/hooks/pre-push"
    try? makeDirectory("\(directory)/work/.git/hooks")
    let script = """
      #!/bin/sh
      printf %s "$1" >'\(directory)/to'
      cat /proc/$PPID/cmdline >'\(directory)/seen'

      """
    try writeFile(hook, Array(script.utf8))
    guard unsafe chmod(hook, 0o700) == 0 else { throw SystemFault("chmod") }
  }

  private func git(_ words: String...) throws {
    let (status, _, errors) = try Program.git(words, in: directory).run()
    require(status == 0, "git \(words.joined(separator: " ")): \(errors)")
  }

  /// The words that `input` chooses.
  static func line(_ input: [UInt8]) -> [String] {
    input.prefix(longest).map { words[Int($0) % words.count] }
  }

  /// Pushes as `input` says, unless that has been tried.
  mutating func check(_ input: [UInt8]) throws {
    let line = Self.line(input)
    guard line.contains("push"), asked.count < 200_000, asked.insert(line).inserted else { return }
    for file in ["seen", "remote.git/refs/heads/main", "work/.git/refs/remotes/origin/main"] {
      unsafe unlink("\(directory)/\(file)")
    }
    let push = Program(
      words: ["git"] + line, directory: "\(directory)/work",
      variables: [
        "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null", "HOME": directory, "LC_ALL": "C",
        "GIT_PAGER": "cat", "GIT_TERMINAL_PROMPT": "0",
      ])
    let (status, _, errors) = try push.run()
    // What git refuses says nothing; a dry run with push options may end by a signal, in git itself.
    guard let process = readFile("\(directory)/seen") else { return }
    // "." is a remote, too: the repository itself, which has all.
    guard let remote = readFile("\(directory)/to"), remote.elementsEqual("origin".utf8) else { return }
    guard let read = PushCommandLine(process: process) else { finding("no push: \(process.shown)") }
    let hasPushed = readFile("\(directory)/remote.git/refs/heads/main") != nil
    if hasPushed { require(!read.isDryRun, "git \(line) pushes, and is a dry run here") }
    if !hasPushed, status == 0 {
      require(read.isDryRun, "git \(line) pushes nothing, and is no dry run here: \(errors)")
    }
  }

  /// Lines to begin with, as their bytes.
  static let seeds: [[UInt8]] = [
    "push origin main", "push -n origin main", "-c a.b=c -C . push -fn origin main", "push -o -n origin main",
    "push --dry-run --no-dry-run origin", "push --repo origin -n", "push --exec git-receive-pack -n origin",
    "push --end-of-options origin main", "--git-dir .git push --pus -n origin main", "push -n -- origin main",
  ].map { line in
    line.split(separator: " ").compactMap { word in words.firstIndex { $0 == word }.map { UInt8($0) } }
  }
}
