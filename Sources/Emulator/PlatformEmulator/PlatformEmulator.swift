// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import PlatformModel
internal import Synchronization

/// The Apify API on this machine's loopback interface, for tests and for trying actorpush without an account.
///
/// This target is `PlatformModel` over HTTP. `HTTP` reads requests and shows outcomes: `Endpoints` has the
/// handlers, a few lines each, without rules. `Storage` has the state behind a lock (`PlatformStore`), on
/// disk where a data directory is given, and the contents of records. `Builds` carries builds out, `Pages`
/// shows what was pushed. `Seam` is where `EmulatorTesting` plugs in to make all this misbehave; the program
/// `actorpush-emulator` leaves it empty.
///
/// It listens on 127.0.0.1 only. Stopped, it can be started again and still has its state.
///
/// ```swift
/// let emulator = try PlatformEmulator()
/// let address = try await emulator.start()
/// // ... requests to address.baseURL with the token emulator.users[0].token ...
/// await emulator.stop()
/// ```
package final class PlatformEmulator: Sendable {
  /// How an emulator is set up.
  package struct Configuration: Sendable {
    /// The port to listen on; 0 for any that is free.
    package var port = 0
    /// The accounts, beside those of the data directory.
    package var users: [UserPreset] = [UserPreset()]
    /// The directory of the state; nil to keep it in memory only.
    package var dataDirectory: String?
    /// The root of the addresses that clients know it by; nil where they reach it at its own.
    package var publicURL: String?
    /// How many requests the log holds; older ones are dropped.
    package var requestLogLimit = 1000
    /// Called with each request once its answer is ready.
    package var onRequest: (@Sendable (RequestRecord) -> Void)?
    /// How builds go.
    package var build = BuildCourse()
    /// How runs go.
    package var run = BuildCourse()
    /// The clock of the platform.
    package var clock: @Sendable () -> Timestamp = { Timestamp.now }
    /// How the platform waits: for a build to take its time, for a tag to move, for `waitForFinish` and for
    /// the delay of a fault. A test that gives a function of its own decides when time passes.
    package var sleep: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }

    package init() {}
  }

  /// An account to begin with.
  package struct UserPreset: Sendable {
    /// The name of the account.
    package var username: String
    /// Its token; nil for the one of the data directory, or a new one.
    package var token: String?
    /// Whether the token may only read.
    package var isReadOnly: Bool

    package init(username: String = "local-dev", token: String? = nil, isReadOnly: Bool = false) {
      self.username = username
      self.token = token
      self.isReadOnly = isReadOnly
    }
  }

  /// An address that an emulator listens at.
  package struct Address: Equatable, Sendable {
    /// The port.
    package let port: Int
    /// The root of the API, without `/v2` and without a slash at the end.
    package var baseURL: String { "http://127.0.0.1:\(port)" }
  }

  package let store: PlatformStore
  package let log: RequestLog
  package let contents: RecordContents
  package let runner: BuildRunner
  /// Where tests plug in.
  package let seam = Seam()
  let address = ListeningAddress()
  package let configuration: Configuration
  let server = Mutex<RunningServer?>(nil)
  /// Keeps other emulators out of the data directory.
  private let lock: DirectoryLock?

  /// An emulator that does not listen yet.
  ///
  /// - Throws: ``EmulatorError`` where the data directory can't be used.
  package init(configuration: Configuration = Configuration()) throws(EmulatorError) {
    self.configuration = configuration
    log = RequestLog(limit: configuration.requestLogLimit)
    var directory: DataDirectory?
    var lock: DirectoryLock?
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
    contents = RecordContents(directory: directory?.recordDirectory)
    contents.removeAll(except: Set(state.stores.values.flatMap { $0.records.values.map(\.contents) }))
    runner = BuildRunner(
      store: store,
      source: BuildSource(
        store: store, contents: contents, address: address, publicURL: configuration.publicURL),
      seam: seam, usual: configuration.build, usualRun: configuration.run, clock: configuration.clock,
      sleep: configuration.sleep)
  }

  /// The accounts, with their tokens; those of the configuration first.
  package var users: [User] {
    let presets = configuration.users.map(\.username)
    let all = store.read { $0.users }
    let preset = presets.compactMap { name in all.first { $0.username == name } }
    return preset + all.filter { !presets.contains($0.username) }
  }

}
