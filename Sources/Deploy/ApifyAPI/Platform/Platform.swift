// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// The Apify platform, as far as a deploy needs it: the seam between what is decided and what is sent.
///
/// `ApifyClient` implements it over HTTP; the tests have an implementation in memory, by the emulator's
/// rules. One suite holds both to the same contract.
///
/// Each call throws `APIError` for whatever the platform answered or the network did; `CancellationError`
/// where the task was cancelled; and, as it is, what the source of a request's body or the reader of a record
/// throws. An absent Actor, version, build or record is nil, never an error.
package protocol Platform: Sendable {
  /// The root of the API; it makes the addresses of records.
  var root: APIRoot { get }

  /// The time in seconds since 1970, which lies between what the platform's last answer said and what the
  /// clock of this machine says: either may be wrong.
  var time: ClosedRange<Int> { get }

  /// Has `secrets` left out of what errors repeat of the platform's answers, as those that a request carries
  /// are.
  func hide(_ secrets: [String])

  /// The owner of the token.
  func currentUser() async throws -> User

  /// The Actor that `reference` names.
  func actor(_ reference: ActorReference) async throws -> ApifyActor?

  /// Creates an Actor that belongs to the owner of the token. A lost answer creates no second one.
  func createActor(_ new: NewActor) async throws -> ApifyActor

  /// A version with its source.
  func version(actor: ActorReference, number: String) async throws -> ActorVersion?

  /// Creates a version. After a lost answer, a version that `isOurs` is taken for the one that the call
  /// created.
  func createVersion(
    actor: ActorReference, number: String, body: RequestBody, isOurs: (ActorVersion) -> Bool
  ) async throws -> ActorVersion

  /// Changes the properties of a version that `body` has; the others keep their values.
  ///
  /// - Parameter isUpdated: judges the version before the request is sent again: whether this call has
  ///   changed it already. Throws where others have changed it. nil sends the request again in any case.
  @discardableResult
  func updateVersion(
    actor: ActorReference, number: String, body: RequestBody, isUpdated: ((ActorVersion) throws -> Bool)?
  ) async throws -> ActorVersion

  /// Sets one variable of a version, and leaves the others alone. A lost answer sets it no less.
  ///
  /// - Parameters:
  ///   - isNew: whether the version had no such variable when it was looked at.
  ///   - isSet: judges the variable before the request is sent again: whether this call has set it already.
  ///     Throws where others have changed it. nil sends the request again in any case.
  func setVariable(
    _ variable: EnvironmentVariable, isNew: Bool, actor: ActorReference, number: String,
    isSet: ((EnvironmentVariable) throws -> Bool)?
  ) async throws

  /// Removes one variable of a version, where it is there.
  ///
  /// - Parameter check: throws, before the request is sent again, where others have changed the variable.
  func removeVariable(
    _ name: String, actor: ActorReference, number: String, check: ((EnvironmentVariable) throws -> Void)?
  ) async throws

  /// Starts a build of a version; never a second one after a lost answer.
  ///
  /// - Parameters:
  ///   - tag: the tag that the build gets; nil for the version's own.
  ///   - last: the newest build that there was before, where it is known: it is not taken for this one.
  func startBuild(
    actor: ActorReference, version: String, tag: String?, after last: String?
  ) async throws -> Build

  /// A build, with the version that it was made of.
  func build(id: String) async throws -> Build?

  /// The newest builds of an Actor, without their versions; the newest first.
  func builds(of actor: ActorReference, limit: Int) async throws -> [Build]

  /// Aborts a build.
  @discardableResult
  func abortBuild(id: String) async throws -> Build

  /// Calls `onLine` with each line of the log of a build or run while it grows, but for the first `known`
  /// ones. The log may end before its build does, or never.
  func followLog(build id: String, skipping known: Int, onLine: (String) async -> Void) async throws

  /// Calls `onLine` with each line of the log of a build or run, as far as it has come.
  func readLog(of id: String, onLine: (String) async -> Void) async throws

  /// Starts a run of `build`, which has succeeded; never a second one after a lost answer. A run costs money.
  ///
  /// - Parameters:
  ///   - input: what the Actor gets as its input, with its type; nil for none.
  ///   - limit: how long it may take, in whole seconds; nil for as long as the Actor's own runs.
  func startRun(
    actor: ActorReference, build: Build, input: RequestBody?, limit: Duration?
  ) async throws -> Run

  /// The newest runs of an Actor, the newest first.
  func runs(of actor: ActorReference, limit: Int) async throws -> [Run]

  /// A run.
  func run(id: String) async throws -> Run?

  /// Aborts a run.
  @discardableResult
  func abortRun(id: String) async throws -> Run

  /// Points `tag` of an Actor at the build `id`.
  ///
  /// - Parameter isSet: judges the Actor before the request is sent again: whether this call has moved the
  ///   tag already. Throws where others have moved it. nil sends the request again in any case.
  @discardableResult
  func setTag(
    _ tag: String, to id: String, actor: ActorReference, isSet: ((ApifyActor) throws -> Bool)?
  ) async throws -> ApifyActor

  /// The store called `name` of the token's owner; created where it is missing.
  func getOrCreateStore(name: String) async throws -> KeyValueStore

  /// Writes a record, in place of one that is there.
  func putRecord(store: String, key: String, body: RequestBody) async throws

  /// The end of a record: its last `count` bytes, or all of a shorter one; nil where there is no record.
  func recordTail(store: String, key: String, count: Int) async throws -> RecordTail?

  /// The keys of a store's records that begin with `prefix`; nil where there is no such store.
  func recordKeys(store: String, prefix: String) async throws -> [String]?

  /// Removes a record, where it is there.
  func removeRecord(store: String, key: String) async throws

  /// Reads a record from beginning to end.
  ///
  /// - Parameters:
  ///   - onBegin: called before the first byte, and again where the read begins anew after a failure.
  ///   - onBytes: called with the bytes in order.
  /// - Returns: the number of bytes; nil where there is no record.
  func readRecord(
    store: String, key: String, onBegin: () throws -> Void, onBytes: (RawSpan) throws -> Void
  ) async throws -> Int?

  /// Closes the connections; no call follows.
  func shutdown() async
}

extension Platform {
  /// Changes the properties of a version that `body` has, whatever becomes of the version meanwhile.
  @discardableResult
  package func updateVersion(
    actor: ActorReference, number: String, body: RequestBody
  ) async throws -> ActorVersion {
    try await updateVersion(actor: actor, number: number, body: body, isUpdated: nil)
  }

  /// Changes the properties of a version that `update` has.
  @discardableResult
  package func updateVersion(
    actor: ActorReference, number: String, _ update: VersionUpdate
  ) async throws -> ActorVersion {
    try await updateVersion(actor: actor, number: number, body: .json(update))
  }

  /// Points `tag` of an Actor at the build `id`, whatever becomes of it meanwhile.
  @discardableResult
  package func setTag(_ tag: String, to id: String, actor: ActorReference) async throws -> ApifyActor {
    try await setTag(tag, to: id, actor: actor, isSet: nil)
  }

  /// Starts a run of `build` that may take as long as the Actor's own.
  package func startRun(actor: ActorReference, build: Build, input: RequestBody?) async throws -> Run {
    try await startRun(actor: actor, build: build, input: input, limit: nil)
  }

  /// Sets one variable of a version, whatever becomes of it meanwhile.
  package func setVariable(
    _ variable: EnvironmentVariable, isNew: Bool, actor: ActorReference, number: String
  ) async throws {
    try await setVariable(variable, isNew: isNew, actor: actor, number: number, isSet: nil)
  }

  /// Removes one variable of a version, whatever becomes of it meanwhile.
  package func removeVariable(_ name: String, actor: ActorReference, number: String) async throws {
    try await removeVariable(name, actor: actor, number: number, check: nil)
  }

  /// A record of at most `limit` bytes; nil where there is none, or a longer one.
  package func record(store: String, key: String, limit: Int) async throws -> [UInt8]? {
    var contents: [UInt8] = []
    do {
      let count = try await readRecord(store: store, key: key) {
        contents.removeAll()
      } onBytes: { bytes in
        guard bytes.byteCount <= limit - contents.count else { throw RecordTooLong() }
        contents.append(copying: bytes)
      }
      return count == nil ? nil : contents
    } catch is RecordTooLong {
      return nil
    }
  }
}

/// Ends the reading of a record that is longer than its reader takes.
private struct RecordTooLong: Error {}

extension Platform {
  /// Starts a build of a version of which it is not known what was built before.
  package func startBuild(actor: ActorReference, version: String, tag: String?) async throws -> Build {
    try await startBuild(actor: actor, version: version, tag: tag, after: nil)
  }
}
