// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ActorProject
import ApifyAPI
import Deploy
import Git
import Synchronization
import SystemIO
import TestSupport
import Testing

@testable import DeployHooks

/// A repository in a temporary directory, and what the hook is given in it.
struct HookFixture {
  let work: TemporaryFolder
  let state: TemporaryFolder
  let cancellation = CancellationFlag()
  let events = HookEventLog()

  /// A repository with these files, in one commit on main.
  init(_ files: [String: String]) async throws {
    work = try TemporaryFolder()
    state = try TemporaryFolder()
    try await git(["init", "-q", "-b", "main"], in: work.path)
    try await commit(files)
  }

  /// Adds a commit with these files; gives its name.
  @discardableResult
  func commit(_ files: [String: String]) async throws -> String {
    for (name, text) in files { try work.write(name, text) }
    try await git(["add", "-A"], in: work.path)
    try await git(["commit", "-q", "--allow-empty", "-m", "x"], in: work.path)
    return try await head()
  }

  /// Agrees to what the work tree deploys.
  func allow() async throws {
    let (path, state, context) = (Array(work.path.utf8), Array(state.path.utf8), context)
    try await Threads.run {
      let repository = path + Array("/.git".utf8)
      let git = Git(repository: repository, variables: context.variables)
      let clone = try DeployConsent.repository(of: repository)
      try DeployConsent(workTree: path, map: nil, git, context).keep(clone, in: state)
    }
  }

  func head() async throws -> String {
    String(decoding: try await git(["rev-parse", "HEAD"], in: work.path).dropLast(), as: UTF8.self)
  }

  /// What an operation may know, outside of a hook.
  var context: OperationContext {
    context(["PATH": "/usr/local/bin:/usr/bin:/bin", "GIT_CONFIG_NOSYSTEM": "1"])
  }

  /// The same in a hook: git has told it the repository, as it does in its hooks.
  var hookContext: OperationContext {
    context([
      "PATH": "/usr/local/bin:/usr/bin:/bin", "GIT_CONFIG_NOSYSTEM": "1", "GIT_DIR": work(".git"),
      "GIT_WORK_TREE": work.path,
    ])
  }

  private func context(_ variables: [String: String]) -> OperationContext {
    OperationContext(
      variables: variables, home: nil, stateDirectory: Array(state.path.utf8),
      spoolDirectories: [Array(state.path.utf8)], cancellation: cancellation)
  }

  /// Dependencies that connect to `platform`, or else must not connect.
  func dependencies(_ platform: (any Platform)? = nil) -> HookDependencies {
    HookDependencies(
      root: .apify, tool: "test",
      connect: { () throws(DeployError) in
        guard let platform else { throw .unexpected(Connected()) }
        return platform
      }, now: { 1_700_000_000_000 })
  }

  /// The targets of a push of main's commit to the branches `branches`.
  func targets(
    _ branches: String..., remote: String = "origin", map: String? = nil, isStrict: Bool = false
  ) async throws -> [DeployJob.Target] {
    let commit = try await head()
    return try await targets(branches.map { Self.ref("refs/heads/\($0)", commit) }, remote, map, isStrict)
  }

  /// The targets of a push of `refs`.
  func targets(
    _ refs: [PushedRef], _ remote: String = "origin", _ map: String? = nil, _ isStrict: Bool = false,
    consent: DeployConsent? = nil
  ) async throws -> [DeployJob.Target] {
    let (path, variables) = (Array(work.path.utf8), context.variables)
    let (context, dependencies, events) = (context, dependencies(), events)
    return try await Threads.run {
      let repository = try RepositoryLocation(of: path, variables: variables)
      let git = Git(repository: repository.directory, variables: variables)
      let agreed = try consent ?? DeployConsent(workTree: path, map: map, git, context)
      return try TargetFinder(
        repository: repository, map: map, context: context, dependencies: dependencies,
        consent: .given(agreed),
        isStrict: isStrict, refusals: RefusalLog(),
        events: { events.note($0) }
      ).targets(of: refs, remote: remote)
    }
  }

  static let zero = String(repeating: "0", count: 40)

  static func ref(_ name: String, _ object: String) -> PushedRef {
    PushedRef(localRef: name, localObject: object, remoteRef: name, remoteObject: zero)
  }
}

/// What a hook reported, in words.
final class HookEventLog: Sendable {
  private let state = Mutex<[String]>([])
  var words: [String] { state.withLock { $0 } }

  func note(_ event: HookEvent) {
    let word: String? =
      switch event {
      case .dryRun: "dry run"
      case .deleted(let reference): "deleted \(reference)"
      case .notABranch(let reference): "not a branch \(reference)"
      case .noMap(let branch): "no map \(branch)"
      case .unmapped(let branch, let remote): "unmapped \(branch) \(remote)"
      case .consentDamaged: "consent damaged"
      case .notDeployed(let target, .deploy(let error)):
        "not deployed \(target?.actor ?? "?"): \(Diagnosis(error).type)"
      case .notDeployed(_, let error): "not deployed: \(error)"
      case .notExamined: "not examined"
      case .scheduled(let target): "scheduled \(target.actor) \(target.version)"
      case .awaitingPush(let target): "awaiting \(target.reference)"
      case .waiting(let target): "waiting \(target.actor)"
      case .ended(let target, let result): "ended \(target.actor): \(result.state.rawValue)"
      case .timeElapsed(let target): "time elapsed \(target.actor)"
      case .deploy: nil
      }
    if let word { state.withLock { $0.append(word) } }
  }
}

/// That the platform was asked where it must not be.
private struct Connected: Error {}

extension DeployJob.Target {
  /// jane's shop from `folder` at `commit`.
  static func sample(
    folder: String = "/nowhere", commit: String = String(repeating: "1", count: 40), key: String = "k"
  ) -> DeployJob.Target {
    DeployJob.Target(
      reference: "refs/heads/main", commit: commit, branch: "main", folder: folder, actor: "jane/shop",
      version: "0.1", tag: nil, sourceType: .auto, builds: true, key: key)
  }
}

/// The program's own; Testing has a type of that name, too.
typealias ExitStatus = Deploy.ExitStatus
