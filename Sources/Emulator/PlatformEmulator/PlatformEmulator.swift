// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Synchronization

/// The Apify API on this machine's loopback interface, for tests and for those who have no account yet.
///
/// It listens on 127.0.0.1 and nowhere else: there is nothing to configure about that. Stopped, it can be started again, and still
/// knows what it knew.
///
/// ```swift
/// let emulator = try PlatformEmulator()
/// let address = try await emulator.start()
/// // ... talk to address.baseURL with the token emulator.users[0].token ...
/// await emulator.stop()
/// ```
package final class PlatformEmulator: Sendable {
  /// What can be chosen.
  package struct Configuration: Sendable {
    /// The port; 0 for any that is free.
    package var port = 0
    /// The accounts. Those of the data directory are there too.
    package var users: [UserPreset] = [UserPreset()]
    /// Where the state is kept; nil to keep it in memory only.
    package var dataDirectory: String?
    /// How many requests the log holds; older ones go.
    package var requestLogLimit = 1000
    /// Called with each request when its answer is ready.
    package var onRequest: (@Sendable (RequestRecord) -> Void)?
    /// How builds go, unless a test says otherwise.
    package var build = BuildScript()
    /// The clock of the platform.
    package var clock: @Sendable () -> Timestamp = { Timestamp.now }
    /// How the platform waits: for a build to take its time, for a tag to move, for `waitForFinish` and for the delay of a fault. A
    /// test that gives a function of its own decides when time passes.
    package var sleep: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }

    package init() {}
  }

  /// An account to begin with.
  package struct UserPreset: Sendable {
    /// The name of the account.
    package var username: String
    /// Its token; nil for one that is made up, or that the data directory has.
    package var token: String?
    /// Whether the token may only read.
    package var isReadOnly: Bool

    package init(username: String = "local-dev", token: String? = nil, isReadOnly: Bool = false) {
      self.username = username
      self.token = token
      self.isReadOnly = isReadOnly
    }
  }

  /// Where it listens.
  package struct Address: Equatable, Sendable {
    /// The port.
    package let port: Int
    /// The root of the API, without `/v2` and without a slash at the end.
    package var baseURL: String { "http://127.0.0.1:\(port)" }
  }

  let store: PlatformStore
  let log: RequestLog
  let faults: FaultInjector
  let contents: RecordContents
  let runner: BuildRunner
  let address = ListeningAddress()
  let configuration: Configuration
  let server = Mutex<RunningServer?>(nil)
  /// Keeps other emulators out of the data directory.
  private let lock: OpenFile?

  /// An emulator that does not listen yet.
  ///
  /// - Throws: ``EmulatorError`` where the data directory can't be used.
  package init(configuration: Configuration = Configuration()) throws(EmulatorError) {
    self.configuration = configuration
    log = RequestLog(limit: configuration.requestLogLimit)
    faults = FaultInjector(sleep: configuration.sleep)
    var directory: DataDirectory?
    var lock: OpenFile?
    var state = PlatformState()
    if let path = configuration.dataDirectory {
      let opened = try DataDirectory(path: path, lock: &lock)
      state = try opened.load()
      directory = opened
    }
    self.lock = lock
    for preset in configuration.users {
      let known = state.users.first { $0.username == preset.username }
      let token = preset.token ?? known?.token ?? Identifier.makeToken()
      state.adopt(
        User(
          id: known?.id ?? Identifier.make(), username: preset.username, token: token,
          isReadOnly: preset.isReadOnly))
    }
    try directory?.save(state.users)
    store = PlatformStore(state, directory: directory)
    contents = RecordContents(folder: directory?.recordFolder)
    contents.removeAll(except: Set(state.stores.values.flatMap { $0.records.values.map(\.contents) }))
    runner = BuildRunner(
      store: store, source: BuildSource(store: store, contents: contents, address: address),
      usual: configuration.build, clock: configuration.clock, sleep: configuration.sleep)
  }

  /// The accounts, with their tokens: those that were asked for first.
  package var users: [User] {
    let presets = configuration.users.map(\.username)
    let all = store.read { $0.users }
    let preset = presets.compactMap { name in all.first { $0.username == name } }
    return preset + all.filter { !presets.contains($0.username) }
  }

  /// What the platform knows now.
  package var state: PlatformState { store.read { $0 } }

  /// Changes what the platform knows, as somebody in the Console would: for edits that race with a push.
  @discardableResult
  package func edit<Outcome: Sendable>(
    _ body: (inout PlatformState) throws(PlatformError) -> Outcome
  ) throws(PlatformError) -> Outcome {
    try store.update(body)
  }
}
