// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import EmulatorTesting
import FoundationEssentials
import PlatformEmulator
import PlatformModel
import TestSupport
import Testing

/// A repository with a remote, both in temporary folders, and pushes from one to the other for real.
struct HookRepository {
  let remote: TemporaryFolder
  let work: TemporaryFolder
  let program: Program

  /// A repository with an Actor, whose branch main goes to version 1.0, and whose hook is installed unless
  /// told otherwise.
  init(
    _ address: PlatformEmulator.Address?, map: String? = #"{"push": {"main": {"version": "1.0"}}}"#,
    installs: Bool = true
  ) async throws {
    remote = try TemporaryFolder()
    work = try TemporaryFolder.actor()
    program = Program(address)
    try await git(["init", "-q", "--bare", "-b", "main"], in: remote.path)
    try await git(["init", "-q", "-b", "main"], in: work.path)
    try await git(["remote", "add", "origin", remote.path], in: work.path)
    if let map { try work.write(".actor/actorpush.json", map) }
    try work.write("main.js", "1\n")
    try await commit()
    if installs { #expect(try await program("hook", "install", in: work).status == 0) }
  }

  /// A clone of the same remote on another machine, whose hook is installed.
  init(cloneOf other: HookRepository, _ address: PlatformEmulator.Address) async throws {
    remote = other.remote
    work = try TemporaryFolder()
    program = Program(address)
    try await git(["clone", "-q", remote.path, work.path], in: work.path)
    #expect(try await program("hook", "install", in: work).status == 0)
  }

  /// Commits all there is, and agrees to what it deploys unless told otherwise.
  @discardableResult
  func commit(allows: Bool = true) async throws -> String {
    try await git(["add", "-A"], in: work.path)
    try await git(["commit", "-q", "--allow-empty", "-m", "x"], in: work.path)
    if allows { #expect(try await program("hook", "allow", "-q", in: work).status == 0) }
    return try await head()
  }

  func head(_ revision: String = "HEAD") async throws -> String {
    String(decoding: try await git(["rev-parse", revision], in: work.path).dropLast(), as: UTF8.self)
  }

  /// `git push` with `arguments`, as a user with the program's environment runs it.
  func push(
    _ arguments: String..., in folder: String? = nil, with variables: [String: String] = [:]
  ) async throws -> Output {
    let own = ["GIT_CONFIG_NOSYSTEM": "1"].merging(program.environment) { $1 }.merging(variables) { $1 }
    let output = try await shell("git", ["push"] + arguments, in: folder ?? work.path, environment: own)
    #expect(!output.talk.contains(Program.token))
    return output
  }

  /// The deploys that there were, the newest first, once all have come to an end.
  func deploys(with variables: [String: String] = [:]) async throws -> [HookDeploys.Deploy] {
    var last = "no answer"
    return try await waitUntil("the end of all deploys", instead: { last }) {
      let output = try await program("hook", "status", "--json", in: work, with: variables)
      last = output.text + output.talk
      let deploys = try JSONDecoder().decode(HookDeploys.self, from: Data(output.bytes)).deploys
      return deploys.allSatisfy { $0.state != "running" } ? deploys : nil
    }
  }

  /// Why the last push was not deployed, where no version was known.
  func refusals() async throws -> [HookDeploys.Refusal] {
    let output = try await program("hook", "status", "--json", in: work)
    return try JSONDecoder().decode(HookDeploys.self, from: Data(output.bytes)).refusals
  }

  /// What was said about the last one.
  func messages() async throws -> String {
    try await deploys().first?.results?.map(\.message).joined(separator: "\n") ?? ""
  }

  /// How each of them ended, the newest first.
  func endings(with variables: [String: String] = [:]) async throws -> [String] {
    try await deploys(with: variables).flatMap { $0.results?.map(\.state) ?? [$0.state] }
  }
}

extension PlatformEmulator {
  /// The files of a version on the platform, by name.
  func texts(_ version: String = "1.0", of actor: String = "~my-actor") throws -> [String: String] {
    var files: [String: String] = [:]
    for file in try self.version(version, of: actor).files ?? [] {
      if case .file(_, let content) = file.kind { files[file.name] = content }
    }
    return files
  }
}

/// What `hook status --json` prints.
struct HookDeploys: Decodable {
  struct Deploy: Decodable {
    struct Result: Decodable {
      struct Actor: Decodable { let name: String }
      let actor: Actor
      let version: String
      let commit: String
      let state: String
      let message: String
      let help: String?
      let exitCode: Int32
    }
    struct Target: Decodable {
      let help: String?
    }
    let state: String
    let targets: [Target]
    let results: [Result]?
    let logFile: String
  }
  struct Hook: Decodable {
    let installed: Bool
    let description: String
  }
  struct Refusal: Decodable {
    let remote: String
    let reference: String
    let message: String
    let help: String?
  }
  let hook: Hook
  let deploys: [Deploy]
  let refusals: [Refusal]
}
