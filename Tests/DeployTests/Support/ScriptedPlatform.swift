// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ApifyAPI
import FoundationEssentials
import Synchronization

/// A platform that answers the questions about Actors and builds by closures, and notes its calls. Any other
/// call is an error: no
/// test that uses it expects one.
final class ScriptedPlatform: Platform {
  struct Unexpected: Error { let call: String }

  let root = APIRoot.apify
  let time = 0...0
  private let log = Mutex<[String]>([])

  let onActor: @Sendable (ActorReference) async throws -> ApifyActor?
  let onBuilds: @Sendable () async throws -> [Build]
  let onStart: @Sendable () async throws -> Build
  /// The argument counts the looks at a build, from 0.
  let onBuild: @Sendable (Int) async throws -> Build?
  /// The argument says how many lines are known; the lines go to the closure.
  let onLog: @Sendable (Int, (String) async -> Void) async throws -> Void
  let onAbort: @Sendable () async throws -> Build
  let onTag: @Sendable (_ tag: String, _ build: String) async throws -> ApifyActor

  init(
    actor: @escaping @Sendable (ActorReference) async throws -> ApifyActor? = { _ in
      throw Unexpected(call: "actor")
    },
    builds: @escaping @Sendable () async throws -> [Build] = { throw Unexpected(call: "builds") },
    start: @escaping @Sendable () async throws -> Build = { throw Unexpected(call: "startBuild") },
    build: @escaping @Sendable (Int) async throws -> Build? = { _ in throw Unexpected(call: "build") },
    log: @escaping @Sendable (Int, (String) async -> Void) async throws -> Void = { _, _ in },
    abort: @escaping @Sendable () async throws -> Build = { throw Unexpected(call: "abortBuild") },
    tag: @escaping @Sendable (String, String) async throws -> ApifyActor = { _, _ in
      throw Unexpected(call: "setTag")
    }
  ) {
    (onActor, onBuilds, onStart, onBuild, onLog, onAbort, onTag) = (
      actor, builds, start, build, log, abort, tag
    )
  }

  /// The calls, in order.
  var calls: [String] { log.withLock { $0 } }

  /// Notes a call; gives how many of the same came before it.
  @discardableResult
  private func note(_ call: String) -> Int {
    log.withLock { calls in
      defer { calls.append(call) }
      return calls.count { $0 == call }
    }
  }

  func actor(_ reference: ActorReference) async throws -> ApifyActor? {
    note("actor")
    return try await onActor(reference)
  }

  func builds(of actor: ActorReference, limit: Int) async throws -> [Build] {
    note("builds")
    return try await onBuilds()
  }

  func startBuild(
    actor: ActorReference, version: String, tag: String?, after last: String?
  ) async throws -> Build {
    note("startBuild")
    return try await onStart()
  }

  func hide(_ secrets: [String]) {}

  func build(id: String) async throws -> Build? { try await onBuild(note("build")) }

  func abortBuild(id: String) async throws -> Build {
    note("abortBuild")
    return try await onAbort()
  }

  func followLog(build id: String, skipping known: Int, onLine: (String) async -> Void) async throws {
    note("followLog")
    try await onLog(known, onLine)
  }

  func setTag(
    _ tag: String, to id: String, actor: ActorReference, isSet: ((ApifyActor) throws -> Bool)?
  ) async throws -> ApifyActor {
    note("setTag \(tag) \(id)")
    return try await onTag(tag, id)
  }

  func readLog(of id: String, onLine: (String) async -> Void) async throws {
    throw Unexpected(call: #function)
  }
  func startRun(
    actor: ActorReference, build: Build, input: RequestBody?, limit: Duration?
  ) async throws -> Run { throw Unexpected(call: #function) }
  func runs(of actor: ActorReference, limit: Int) async throws -> [Run] {
    throw Unexpected(call: #function)
  }
  func run(id: String) async throws -> Run? { throw Unexpected(call: #function) }
  func abortRun(id: String) async throws -> Run { throw Unexpected(call: #function) }
  func currentUser() async throws -> User { throw Unexpected(call: #function) }
  func createActor(_ new: NewActor) async throws -> ApifyActor { throw Unexpected(call: #function) }
  func version(actor: ActorReference, number: String) async throws -> ActorVersion? {
    throw Unexpected(call: #function)
  }
  func createVersion(
    actor: ActorReference, number: String, body: RequestBody, isOurs: (ActorVersion) -> Bool
  ) async throws -> ActorVersion { throw Unexpected(call: #function) }
  func updateVersion(
    actor: ActorReference, number: String, body: RequestBody, isUpdated: ((ActorVersion) throws -> Bool)?
  ) async throws -> ActorVersion { throw Unexpected(call: #function) }
  func setVariable(
    _ variable: EnvironmentVariable, isNew: Bool, actor: ActorReference, number: String,
    isSet: ((EnvironmentVariable) throws -> Bool)?
  ) async throws { throw Unexpected(call: #function) }
  func removeVariable(
    _ name: String, actor: ActorReference, number: String, check: ((EnvironmentVariable) throws -> Void)?
  ) async throws { throw Unexpected(call: #function) }
  func recordTail(store: String, key: String, count: Int) async throws -> RecordTail? {
    throw Unexpected(call: #function)
  }
  func recordKeys(store: String, prefix: String) async throws -> [String]? {
    throw Unexpected(call: #function)
  }
  func removeRecord(store: String, key: String) async throws { throw Unexpected(call: #function) }
  func getOrCreateStore(name: String) async throws -> KeyValueStore { throw Unexpected(call: #function) }
  func putRecord(store: String, key: String, body: RequestBody) async throws {
    throw Unexpected(call: #function)
  }
  func readRecord(
    store: String, key: String, onBegin: () throws -> Void, onBytes: (RawSpan) throws -> Void
  ) async throws -> Int? { throw Unexpected(call: #function) }
  func shutdown() async {}
}

extension Build {
  /// The build `id`, which is number 0.1.`id`.
  static func of(_ id: Int, _ status: BuildStatus) throws -> Build {
    let text = #"{"id":"b\#(id)","status":"\#(status.rawValue)","buildNumber":"0.1.\#(id)"}"#
    return try JSONDecoder().decode(Build.self, from: Data(text.utf8))
  }
}

extension ApifyActor {
  /// jane's Actor `a1`, whose tags mean these builds.
  static func of(tags: [String: Int] = [:]) throws -> ApifyActor {
    try of(tagged: tags.mapValues { ("b\($0)", "0.1.\($0)") })
  }

  /// The same with tags of builds of these ids and numbers.
  static func of(tagged: [String: (id: String, number: String)]) throws -> ApifyActor {
    let tagged = tagged.sorted { $0.key < $1.key }.map {
      #""\#($0.key)":{"buildId":"\#($0.value.id)","buildNumber":"\#($0.value.number)"}"#
    }
    let text =
      #"{"id":"a1","name":"shop","username":"jane","taggedBuilds":{\#(tagged.joined(separator: ","))}}"#
    return try JSONDecoder().decode(ApifyActor.self, from: Data(text.utf8))
  }
}

extension Run {
  /// A run of this id that is aborting.
  static func of(_ id: String) throws -> Run {
    let name = String(decoding: try JSONEncoder().encode(id), as: UTF8.self)
    return try JSONDecoder().decode(Run.self, from: Data(#"{"id":\#(name),"status":"ABORTING"}"#.utf8))
  }
}
