// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import ApifyAPI
internal import FoundationEssentials
package import PlatformEmulator
package import PlatformModel

/// The platform without a socket, a disk and a clock that has to be waited for.
///
/// A call goes through the rules that it goes through over HTTP: the request is JSON, decoded by
/// `PlatformModel`'s types; a view of the outcome is JSON, decoded as `ApifyAPI`'s model; a refusal is an
/// `APIError` of the same type, status and message. What holds for the emulator's server and for this is one
/// suite, `PlatformTests`.
///
/// Builds take no time: `startBuild` answers READY, and then the build goes on to its end, or to the first
/// gate of its script.
///
/// ```swift
/// let platform = try InMemoryPlatform()
/// platform.script(BuildScript(.fail))
/// platform.inject(.lostAnswer, into: .updateVersion)
/// platform.setHook { call in
///   if call.kind == .updateVersion { try platform.setFiles([], of: "0.1", "~my-actor") }
/// }
/// ```
package final class InMemoryPlatform: Platform, EditablePlatform {
  package let root: APIRoot
  package let store: PlatformStore
  let contents = MemoryContents()
  let controls = InMemoryControls()
  let scripts = BuildScripts()
  let runner: InMemoryBuilds
  private let owner: String
  private let clock: @Sendable () -> Timestamp

  /// A platform for the first of `users`.
  ///
  /// - Parameters:
  ///   - root: the root of the addresses of records. Nothing listens there.
  ///   - clock: the platform's time.
  package init(
    users: [PlatformModel.User] = [
      PlatformModel.User(id: Identifier.make(), username: "local-dev", token: Identifier.makeToken())
    ],
    root: String = "http://127.0.0.1:1",
    clock: @escaping @Sendable () -> Timestamp = { Timestamp.now }
  ) throws {
    self.root = try APIRoot(root)
    store = PlatformStore(PlatformState(users: users))
    owner = users.first?.id ?? ""
    self.clock = clock
    runner = InMemoryBuilds(
      store: store, contents: contents, scripts: scripts, root: self.root.description, clock: clock)
  }

  package var users: [PlatformModel.User] { store.read { $0.users } }
  package var now: Timestamp { clock() }
  package var time: ClosedRange<Int> {
    let seconds = Int(now.milliseconds / 1000)
    return seconds...seconds
  }

  /// The owner of the token.
  var user: PlatformModel.User {
    get throws(PlatformError) {
      guard let user = users.first(where: { $0.id == owner }) else { throw .unknownToken }
      return user
    }
  }

  package func shutdown() async {}
}

/// What tests ask for.
extension InMemoryPlatform {
  /// Adds a fault to the `number`th call of a kind from now on.
  package func inject(_ fault: CallFault, into kind: PlatformCall.Kind, number: Int = 1) {
    controls.add(fault, to: kind, number: number)
  }

  /// Calls `hook` before each call is carried out; nil for none. What it throws, the call throws.
  package func setHook(_ hook: (@Sendable (PlatformCall) async throws -> Void)?) { controls.setHook(hook) }

  /// The calls so far, also those that were refused.
  package var calls: [PlatformCall] { controls.calls }

  /// Scripts the next builds, one each: of the Actor with the id or name `actor`, or of any.
  package func script(_ scripts: BuildScript..., forActor actor: String? = nil) {
    self.scripts.add(scripts, actor: actor)
  }

  /// Scripts all builds that have no script of their own.
  package func setUsualBuild(_ script: BuildScript) { scripts.setUsual(script) }

  /// Scripts the next runs, one each.
  package func scriptRun(_ scripts: BuildScript...) { self.scripts.addRuns(scripts) }

  /// Lets the build or run `id` pass a gate that its script holds it at; it goes on at once.
  package func release(_ gate: BuildScript.Gate, of id: String) {
    scripts.release(gate, of: id)
    runner.goOn(id)
  }

  /// Adds a line to the log of the build or run `id`, as if that had written it.
  package func log(_ line: String, toBuild id: String) { runner.log(line, to: id) }

  /// The contents of the record `key` in the store called `name`; nil if there is none.
  package func record(_ key: String, in name: String) -> [UInt8]? {
    state.stores.values.first { $0.name == name }?.records[key].flatMap { contents[$0.contents] }
  }
}
